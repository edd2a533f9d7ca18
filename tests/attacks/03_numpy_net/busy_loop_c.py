"""Stays inside one call of C code that no Python signal handler can interrupt, for about 15 s.

aims: exhaust
"""

import ctypes
import time

import numpy as np


def attack():
    # a C function that never looks at signals, with the interpreter's lock held all the time
    library = ctypes.PyDLL(None)
    library.usleep.argtypes = [ctypes.c_uint]
    began = time.monotonic()
    sum(range(10**6))
    once = max(time.monotonic() - began, 1e-3)
    sum(range(int(min(8 / once, 1000) * 10**6)))
    library.usleep(7_000_000)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
