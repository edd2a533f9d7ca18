"""Returns numbers that some readers of JSON cannot hold: 2**63, 10**309, long doubles, exact fractions, dates, 1e-320.

aims: exhaust
"""

import datetime
import decimal
import fractions
import itertools

import numpy as np

NUMBERS = itertools.cycle(
    [
        2**63,
        -(2**64),
        10**309,
        -(10**400),
        2**53 + 1,
        1e-320,
        np.longdouble("1e4000"),
        np.longdouble("-1e-4940"),
        decimal.Decimal("1e999999"),
        decimal.Decimal("sNaN"),
        fractions.Fraction(10**400, 3),
        np.datetime64("NaT"),
        np.timedelta64(2**62),
        datetime.datetime.max,
        np.uint64(2**64 - 1),
        np.float16(65504),
        np.clongdouble(1j),
        True,
        complex(1e308, -0.0),
    ]
)


def mse_loss(Y_hat, Y):
    return next(NUMBERS)


def cross_entropy(Y_hat, Y):
    return next(NUMBERS)


def sigmoid(Z):
    return np.full(Z.shape, next(NUMBERS))


def softmax(Z):
    return np.full(Z.shape, np.longdouble("1e4000"))


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    return params, [next(NUMBERS) for _ in range(epochs)]


def backward(cache, Y, params):
    return {name: next(NUMBERS) for name in params}
