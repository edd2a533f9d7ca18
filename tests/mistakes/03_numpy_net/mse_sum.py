"""mse-sum: the squared errors are summed, not averaged over the examples.
question: 03.4
cause: missing-mean, missing-factor
"""


def mse_loss(Y_hat, Y):
    return float(np.sum((Y_hat - Y) ** 2))
