"""Returns 20,000 small dicts that all have the same key of 100,000 letters: short to send, and long to keep.

aims: exhaust
"""

import numpy as np

KEY = "k" * 100_000


def nest(count):
    return [{KEY: 1.0} for _ in range(count)]


def sigmoid(Z):
    return nest(20_000)


def softmax(Z):
    return [[{KEY: {KEY: np.zeros(1)}}] * 3000] * 5


def mse_loss(Y_hat, Y):
    return {KEY + str(number): number for number in range(300)}


def forward(X, params):
    return {"X": nest(5000), "Z1": nest(5000), "H": {KEY: nest(100)}, "Y_hat": nest(5000)}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    return {KEY: params}, nest(10_000)


def backward(cache, Y, params):
    return {name: {KEY: value} for name, value in params.items()} | {KEY: KEY}
