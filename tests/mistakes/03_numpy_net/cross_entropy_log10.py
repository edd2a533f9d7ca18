"""cross-entropy-log10: base-10 logarithm.
question: 03.9
cause: logarithm, other-function
"""


def cross_entropy(Y_hat, Y):
    logs = np.log10(np.maximum(Y_hat, np.finfo(Y_hat.dtype).tiny))
    return float(-np.sum(Y * logs) / len(Y))
