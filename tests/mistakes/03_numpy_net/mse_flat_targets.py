"""mse-flat-targets: the targets are flattened, which does not fit or compares every pair of examples.
question: 03.4
cause: keepdims, broadcast, raises
"""


def mse_loss(Y_hat, Y):
    y = Y.reshape(-1)
    return float(np.mean((Y_hat - y) ** 2))
