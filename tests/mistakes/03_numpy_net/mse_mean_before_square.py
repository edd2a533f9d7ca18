"""mse-mean-before-square: the errors are averaged before they are squared.
question: 03.4
cause: order
"""


def mse_loss(Y_hat, Y):
    return float(np.sum(np.mean(Y_hat - Y, axis=0) ** 2))
