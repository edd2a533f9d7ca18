"""What no reference can use: iterators, classes, functions, dicts of objects and NaN, and what it is given is changed.

aims: exhaust
"""

import numpy as np


class Odd(dict):
    def __getitem__(self, key):
        return iter(self)


def forward(X, params):
    X[...] = np.nan
    return Odd(X=X, Z1=object(), H=lambda: X, Y_hat=(x for x in X))


def mse_loss(Y_hat, Y):
    return type("Loss", (float,), {"__float__": lambda self: 1 / 0})(0.0)


def backward(cache, Y, params):
    cache.clear()
    return {name: {name: {name: value}} for name, value in params.items()}


def gradient_step(params, grads, learning_rate):
    params.popitem()
    return [params, grads, gradient_step]


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    return {name: float("nan") for name in params}, [float("nan")] * epochs
