"""mse-negative: the sign is wrong.
question: 03.4
cause: sign
"""


def mse_loss(Y_hat, Y):
    return -float(np.sum((Y_hat - Y) ** 2) / len(Y))
