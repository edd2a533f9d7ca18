"""sigmoid-hard: the piecewise linear 'hard sigmoid' stands in for the curve, because it cannot overflow.
question: 03.1
cause: other-activation, other-function
"""


def sigmoid(Z):
    # keras has this one, no exp -> no overflow
    return np.clip(0.2 * Z + 0.5, 0, 1)
