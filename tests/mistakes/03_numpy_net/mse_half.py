"""mse-half: an extra factor of one half.
question: 03.4
cause: factor-half
"""


def mse_loss(Y_hat, Y):
    return float(np.sum((Y_hat - Y) ** 2) / (2 * len(Y)))
