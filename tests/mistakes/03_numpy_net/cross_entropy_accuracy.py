"""cross-entropy-accuracy: the fraction of wrong answers instead of the loss.
question: 03.9
cause: other-function
"""


def cross_entropy(Y_hat, Y):
    return float(np.mean(Y_hat.argmax(axis=1) != Y.argmax(axis=1)))
