"""cross-entropy-per-class: summed over the examples only: one loss per class.
question: 03.9
cause: missing-step, axis, shape, kind
"""


def cross_entropy(Y_hat, Y):
    logs = np.log(np.maximum(Y_hat, np.finfo(Y_hat.dtype).tiny))
    return -np.sum(Y * logs, axis=0) / len(Y)
