"""sigmoid-sign: the minus in the exponent is missing, so the curve falls.
question: 03.1
cause: sign
"""


def sigmoid(Z):
    clipped = np.clip(Z, -500, 500)
    return 1 / (1 + np.exp(clipped))
