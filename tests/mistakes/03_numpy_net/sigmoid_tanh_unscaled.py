"""sigmoid-tanh-unscaled: tanh shifted to (0, 1) without halving the score.
question: 03.1
cause: missing-factor, factor-two, other-function
"""


def sigmoid(Z):
    return (1 + np.tanh(Z)) / 2
