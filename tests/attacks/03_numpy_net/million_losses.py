"""Returns a list of a million numbers where eight were asked for, then of integers of 400 digits, texts and pairs.

aims: exhaust
"""

import itertools

import numpy as np

KINDS = itertools.cycle(
    [
        [0.1] * 1_000_000,
        [10**400] * 50_000,
        ["0.5"] * 500_000,
        [[0.1, 0.2]] * 300_000,
        [None, True, 1.5] * 200_000,
        [np.float64(0.25)] * 400_000,
        [np.zeros(1)] * 100_000,
    ]
)


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    return params, next(KINDS)


def sigmoid(Z):
    return next(KINDS)


def softmax(Z):
    return next(KINDS)


def mse_loss(Y_hat, Y):
    return next(KINDS)


def backward(cache, Y, params):
    return {name: next(KINDS) for name in params}


def init_params(n, h, k, rng):
    return {name: next(KINDS) for name in ("W1", "b1", "W2", "b2")}
