"""Never finishes loading: a loop of 20 s at import, in a class body and in a default argument.

aims: exhaust
"""

import time

import numpy as np


def forever():
    end = time.monotonic() + 20
    while time.monotonic() < end:
        pass
    return 0


class Body:
    """A class that takes its time."""

    value = forever()


def sigmoid(Z, waited=forever()):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


forever()
