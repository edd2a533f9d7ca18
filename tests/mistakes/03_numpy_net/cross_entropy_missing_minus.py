"""cross-entropy-missing-minus: the minus is missing, the loss is negative.
question: 03.9
cause: sign
"""


def cross_entropy(Y_hat, Y):
    logs = np.log(np.maximum(Y_hat, np.finfo(Y_hat.dtype).tiny))
    return float(np.sum(Y * logs) / len(Y))
