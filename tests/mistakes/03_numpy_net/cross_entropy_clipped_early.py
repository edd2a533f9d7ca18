"""cross-entropy-clipped-early: probabilities are clipped at 1e-7, which hides confident mistakes.
question: 03.9
cause: epsilon, constant
"""


def cross_entropy(Y_hat, Y):
    return float(-np.sum(Y * np.log(np.clip(Y_hat, 1e-7, 1))) / len(Y))
