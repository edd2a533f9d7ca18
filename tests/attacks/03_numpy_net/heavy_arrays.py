"""Returns float64 arrays of 60 to 240 MB where forty numbers were asked for: wide, long, and of the right rows.

aims: exhaust
"""

import itertools

import numpy as np

SIZES = itertools.cycle([7_500_000, 15_000_000, 30_000_000, 8_000_000])


def heavy(rows):
    """The right number of rows and far too many columns; every value differs from its neighbour."""
    columns = next(SIZES) // rows
    return np.resize(np.linspace(-1.0, 1.0, 1000), (rows, columns))


def sigmoid(Z):
    return heavy(len(Z))


def softmax(Z):
    return heavy(len(Z)).T


def mse_loss(Y_hat, Y):
    return np.zeros((250, 250, 250))


def cross_entropy(Y_hat, Y):
    return np.random.default_rng(0).normal(size=20_000_000)


def forward(X, params):
    return {name: np.full((len(X), 1_500_000 // len(X)), np.nan) for name in ("X", "Z1", "H", "Y_hat")}


def backward(cache, Y, params):
    return {name: heavy(len(value)) for name, value in params.items()}


def gradient_step(params, grads, learning_rate):
    return {name: np.resize(value, (1, 2_000_000)) for name, value in params.items()}
