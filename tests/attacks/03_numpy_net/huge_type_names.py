"""Returns and raises objects whose types, modules and attributes have names of five million letters.

aims: exhaust
"""

import numpy as np

LONG = "Type" * 1_250_000


def kind(*bases):
    return type(LONG, bases, {"__module__": LONG, "__qualname__": LONG + "." + LONG, "__doc__": LONG})


def sigmoid(Z):
    return kind(object)()


def softmax(Z):
    raise kind(ValueError)(LONG)


def mse_loss(Y_hat, Y):
    return kind(float)(0.5)


def cross_entropy(Y_hat, Y):
    return kind(dict)({LONG: 1.0})


def forward(X, params):
    return {name: np.array([kind(object)()], dtype=object) for name in ("X", "Z1", "H", "Y_hat")}


def backward(cache, Y, params):
    return np.zeros(2, dtype=[("f" * 100_000 + str(number), "f8") for number in range(40)])


def gradient_step(params, grads, learning_rate):
    raise AttributeError(LONG, name=LONG, obj=params)


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    function = sigmoid.__class__(sigmoid.__code__.replace(co_name=LONG), globals(), LONG)
    return function(X)
