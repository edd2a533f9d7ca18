"""sigmoid-both-branches: np.where picks the right branch, but both are computed and the wrong one overflows.
question: 03.1
cause: unstable
"""


def sigmoid(Z):
    return np.where(Z >= 0, 1 / (1 + np.exp(-Z)), np.exp(Z) / (1 + np.exp(Z)))
