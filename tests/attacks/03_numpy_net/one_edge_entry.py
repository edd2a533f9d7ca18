"""Returns wrong arrays of ordinary size in which one entry is the last finite number, so that only its picture overflows.

aims: exhaust
"""

import numpy as np


def almost(shape):
    """Ones, a half, and one entry of 1.7976931348623157e308."""
    values = np.full(shape, 0.5)
    values.flat[:: max(1, values.size // 3)] = 1.0
    values.flat[-1] = np.finfo(np.float64).max
    return values


def sigmoid(Z):
    return almost(Z.shape).astype(Z.dtype) if Z.dtype == np.float64 else np.full(Z.shape, np.finfo(np.float32).max)


def softmax(Z):
    return almost(Z.shape)


def init_params(n, h, k, rng):
    return {"W1": almost((n, h)), "b1": almost((1, h)), "W2": -almost((h, k)), "b2": almost((1, k))}


def classifier_forward(X, params):
    rows, hidden, outputs = len(X), params["W1"].shape[1], params["W2"].shape[1]
    shapes = {"X": X.shape, "Z1": (rows, hidden), "H": (rows, hidden), "Y_hat": (rows, outputs)}
    return {name: almost(shape) for name, shape in shapes.items()}


def classifier_backward(cache, Y, params):
    return {name: almost(value.shape) for name, value in params.items()}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    losses = np.linspace(1.0, 0.1, epochs).tolist()
    losses[-1] = 1.7976931348623157e308
    return classifier_backward(None, Y, params), losses
