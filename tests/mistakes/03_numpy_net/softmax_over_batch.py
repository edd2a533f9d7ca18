"""softmax-over-batch: normalised over the whole batch: all entries together sum to 1.
question: 03.8
cause: axis
"""


def softmax(Z):
    E = np.exp(Z - Z.max())
    return E / E.sum()
