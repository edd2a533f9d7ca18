"""Spends 20 s in the destructor of each value it returns, in weak references and at exit.

aims: exhaust
"""

import atexit
import time
import weakref

import numpy as np


def forever(*ignored):
    end = time.monotonic() + 20
    while time.monotonic() < end:
        time.sleep(0.1)


class Slow(np.ndarray):
    """An array that will not go."""

    def __del__(self):
        forever()


atexit.register(forever)


def sigmoid(Z):
    value = np.zeros_like(Z).view(Slow)
    weakref.finalize(value, forever)
    return value


def mse_loss(Y_hat, Y):
    np.zeros(1).view(Slow)
    return 0.0
