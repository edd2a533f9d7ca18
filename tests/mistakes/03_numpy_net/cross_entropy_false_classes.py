"""cross-entropy-false-classes: only the wrong classes are counted.
question: 03.9
cause: partial-loss, missing-term, extra-term
"""


def cross_entropy(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    return float(-np.sum((1 - Y) * np.log(np.maximum(1 - Y_hat, tiny))) / len(Y))
