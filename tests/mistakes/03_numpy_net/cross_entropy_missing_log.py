"""cross-entropy-missing-log: the probability of the true class itself, without the logarithm.
question: 03.9
cause: missing-function
"""


def cross_entropy(Y_hat, Y):
    return float(-np.sum(Y * Y_hat) / len(Y))
