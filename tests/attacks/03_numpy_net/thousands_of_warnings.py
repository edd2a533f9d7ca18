"""Gives warnings by the ten thousand, all different, of categories with long names, from lines that do not exist.

aims: exhaust
"""

import warnings

import numpy as np


def warn(count, length):
    warnings.simplefilter("always")
    for number in range(count):
        kind = type(f"Warning{number}" + "W" * length, (RuntimeWarning,), {})
        warnings.warn_explicit("overflow " + "x" * length + str(number), kind, f"{number}/" * 50, 10**9 + number)


def sigmoid(Z):
    warn(20_000, 50)
    return np.zeros(Z.shape)


def softmax(Z):
    warn(10, 2_000_000)
    return np.zeros(Z.shape)


def mse_loss(Y_hat, Y):
    warn(3000, 3000)
    return 0.0


def backward(cache, Y, params):
    with np.errstate(all="warn"):
        for number in range(20_000):
            np.float64(number) / np.float64(0.0)
    return {name: np.zeros(value.shape) for name, value in params.items()}


class Endless(UserWarning):
    """A warning whose text is a new megabyte each time."""

    def __str__(self):
        return "y" * 1_000_000


def cross_entropy(Y_hat, Y):
    for _ in range(200):
        warnings.warn(Endless(), stacklevel=1)
    return 0.0
