"""cross-entropy-mean-over-classes: the mean runs over examples and classes.
question: 03.9
cause: mean-over-outputs
"""


def cross_entropy(Y_hat, Y):
    logs = np.log(np.maximum(Y_hat, np.finfo(Y_hat.dtype).tiny))
    return float(-np.mean(Y * logs))
