"""cross-entropy-swapped: prediction and target have changed places.
question: 03.9
cause: arguments-swapped
"""


def cross_entropy(Y_hat, Y):
    logs = np.log(np.maximum(Y, np.finfo(Y.dtype).tiny))
    return float(-np.sum(Y_hat * logs) / len(Y))
