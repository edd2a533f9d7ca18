"""Returns the wanted dict with 300,000 further keys, each almost one of the wanted names, as a speller must compare them.

aims: exhaust
"""

import numpy as np


def crowd(wanted, count):
    """The wanted names with wrong values among names that differ from them by a letter or two."""
    found = {f"{name}{number:x}": 0.0 for number in range(count // len(wanted)) for name in wanted}
    return found | dict.fromkeys(wanted, 0.0)


def forward(X, params):
    return crowd(("X", "Z1", "H", "Y_hat"), 300_000)


def classifier_forward(X, params):
    return {f"Y_hat{'_' * number}": np.zeros(1) for number in range(3000)}


def backward(cache, Y, params):
    return crowd(tuple(params), 200_000)


def classifier_backward(cache, Y, params):
    return {f"W{number}": np.zeros((1, 1)) for number in range(3, 60_000)}


def gradient_step(params, grads, learning_rate):
    for number in range(50_000):
        params[f"W{number}"] = grads[f"b{number}"] = learning_rate
    return crowd(tuple("W1 b1 W2 b2".split()), 1000)


def init_params(n, h, k, rng):
    return crowd(("W1", "b1", "W2", "b2"), 250_000)


# and the names of the module itself
globals().update({f"sigmoid_{number}": number for number in range(50_000)})
