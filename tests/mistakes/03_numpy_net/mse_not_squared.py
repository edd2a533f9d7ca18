"""mse-not-squared: the errors are not squared and cancel.
question: 03.4
cause: missing-function
"""


def mse_loss(Y_hat, Y):
    return float(np.sum(Y_hat - Y) / len(Y))
