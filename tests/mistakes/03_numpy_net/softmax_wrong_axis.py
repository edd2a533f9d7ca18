"""softmax-wrong-axis: the columns sum to 1 instead of the rows.
question: 03.8
cause: axis
"""


def softmax(Z):
    E = np.exp(Z - Z.max(axis=0, keepdims=True))
    return E / E.sum(axis=0, keepdims=True)
