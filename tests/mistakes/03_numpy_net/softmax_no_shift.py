"""softmax-no-shift: exp overflows for large scores.
question: 03.8
cause: unstable, not-finite
"""


def softmax(Z):
    return np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)
