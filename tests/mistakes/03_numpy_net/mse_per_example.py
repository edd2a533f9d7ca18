"""mse-per-example: one loss per example instead of their mean.
question: 03.4
cause: not-summed, missing-mean, shape, kind
"""


def mse_loss(Y_hat, Y):
    return np.sum((Y_hat - Y) ** 2, axis=1)
