"""softmax-twice: the softmax of the softmax.
question: 03.8
cause: extra-activation, repeated-step
"""


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    P = E / E.sum(axis=1, keepdims=True)
    E = np.exp(P)
    return E / E.sum(axis=1, keepdims=True)
