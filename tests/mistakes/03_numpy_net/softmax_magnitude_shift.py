"""softmax-magnitude-shift: the largest absolute value is subtracted, very negative rows underflow.
question: 03.8
cause: unstable, not-finite
"""


def softmax(Z):
    E = np.exp(Z - np.abs(Z).max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)
