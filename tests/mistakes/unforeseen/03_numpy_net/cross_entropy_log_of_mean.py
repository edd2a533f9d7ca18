"""cross-entropy-log-of-mean: the logarithm of the mean probability instead of the mean of the logarithms.
question: 03.9
cause: order
"""


def cross_entropy(Y_hat, Y):
    p_true = np.sum(Y_hat * Y, axis=1)
    p = max(p_true.mean(), np.finfo(Y_hat.dtype).tiny)
    return float(-np.log(p))
