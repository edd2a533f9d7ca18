"""mse-mean-over-outputs: the mean runs over all entries instead of over the examples.
question: 03.4
cause: mean-over-outputs
"""


def mse_loss(Y_hat, Y):
    return float(np.mean((Y_hat - Y) ** 2))
