"""mse-absolute: absolute instead of squared errors.
question: 03.4
cause: other-function
"""


def mse_loss(Y_hat, Y):
    return float(np.sum(np.abs(Y_hat - Y)) / len(Y))
