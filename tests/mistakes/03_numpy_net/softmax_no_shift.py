"""softmax-no-shift: exp overflows for large scores.
question: 03.8
"""


def softmax(Z):
    return np.exp(Z) / np.sum(np.exp(Z), axis=1, keepdims=True)
