"""cross-entropy-large-epsilon: 0.01 is added to every probability.
question: 03.9
cause: epsilon, constant, extra-term
"""


def cross_entropy(Y_hat, Y):
    return float(-np.sum(Y * np.log(Y_hat + 0.01)) / len(Y))
