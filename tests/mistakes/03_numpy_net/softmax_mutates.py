"""softmax-mutates: the maximum is subtracted from the caller's array.
question: 03.8
cause: changes-argument
"""


def softmax(Z):
    Z -= Z.max(axis=1, keepdims=True)
    E = np.exp(Z)
    return E / E.sum(axis=1, keepdims=True)
