"""cross-entropy-binary: the binary cross-entropy, summed over the classes.
question: 03.9
cause: extra-term, other-function
"""


def cross_entropy(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    true = Y * np.log(np.maximum(Y_hat, tiny))
    false = (1 - Y) * np.log(np.maximum(1 - Y_hat, tiny))
    return float(-np.sum(true + false) / len(Y))
