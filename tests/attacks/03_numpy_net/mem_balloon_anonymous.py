"""Takes 1.4 GB of ordinary memory, 50 MB at a time, and writes to every page.

aims: exhaust
"""

import time

import numpy as np

HELD = []


def attack():
    end = time.monotonic() + 20
    # a second call must not take as much again
    while len(HELD) < 28:
        HELD.append(np.ones(50 * 2**20, np.uint8))
    while time.monotonic() < end:
        time.sleep(0.5)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
