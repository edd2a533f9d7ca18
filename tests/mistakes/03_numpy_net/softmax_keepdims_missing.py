"""softmax-keepdims-missing: the row sums have lost an axis.
question: 03.8
cause: keepdims, raises
"""


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1)
