"""mse-spectral-norm: np.linalg.norm(E, 2) of a matrix is its largest singular value, not the root of the sum of squares.
question: 03.4
cause: other-function
"""


def mse_loss(Y_hat, Y):
    M = Y.shape[0]
    # squared 2-norm of the error
    return float(np.linalg.norm(Y_hat - Y, 2) ** 2 / M)
