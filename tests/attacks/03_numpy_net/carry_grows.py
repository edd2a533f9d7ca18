"""What its functions give grows whenever the reference asks for it again: megabytes for each step of a training.

aims: exhaust
"""

import numpy as np

ASKED = []


def much():
    ASKED.append(1)
    return np.ones((min(len(ASKED), 40), 2**16))


def forward(X, params):
    return {"X": X, "Z1": much(), "H": much(), "Y_hat": np.zeros((len(X), params["b2"].shape[1]))}


def mse_loss(Y_hat, Y):
    return 0.0


def backward(cache, Y, params):
    return {name: np.zeros_like(value) for name, value in params.items()} | {f"x{n}": much() for n in range(8)}


def gradient_step(params, grads, learning_rate):
    return dict(params) | {f"x{n}": much() for n in range(8)}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    return params, [0.0] * epochs
