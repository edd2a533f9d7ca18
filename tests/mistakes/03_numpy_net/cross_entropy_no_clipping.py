"""cross-entropy-no-clipping: a probability of 0 for the true class gives infinity, for another class nan.
question: 03.9
cause: epsilon, not-finite
"""


def cross_entropy(Y_hat, Y):
    return float(-np.sum(Y * np.log(Y_hat)) / len(Y))
