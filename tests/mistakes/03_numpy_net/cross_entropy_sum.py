"""cross-entropy-sum: the sum over the examples instead of the mean.
question: 03.9
cause: missing-mean, missing-factor
"""


def cross_entropy(Y_hat, Y):
    logs = np.log(np.maximum(Y_hat, np.finfo(Y_hat.dtype).tiny))
    return float(-np.sum(Y * logs))
