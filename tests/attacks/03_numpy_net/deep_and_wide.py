"""Returns values nested as deep as is allowed and far deeper, each level as wide as is allowed, and shared by its parents.

aims: exhaust
"""

import numpy as np


def tower(depth, wrap):
    value = 0.0
    for _ in range(depth):
        value = wrap(value)
    return value


def sigmoid(Z):
    return tower(100_000, lambda value: [value])


def softmax(Z):
    # ten times the same object on each level: 10**16 on the wire
    return tower(16, lambda value: [value] * 10)


def mse_loss(Y_hat, Y):
    return tower(30, lambda value: {"a": value, "b": value})


def cross_entropy(Y_hat, Y):
    circle = []
    circle += [circle, {"again": circle}]
    return circle


def forward(X, params):
    return tower(20, lambda value: {str(number): value if number == 7 else [0.0] * 2000 for number in range(20)})


def backward(cache, Y, params):
    return {name: tower(31, lambda value: (value, np.zeros((1,) * 32))) for name in params}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    return tower(500, lambda value: {"W1": value}), tower(5, lambda value: [value] * 60)
