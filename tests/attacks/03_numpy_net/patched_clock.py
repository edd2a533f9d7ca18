"""Stops, slows and turns back every clock of Python, so that no time seems to pass.

aims: exhaust
"""

import time

import numpy as np

REAL = time.monotonic


def frozen(*ignored):
    return 0.0


def attack():
    for name in ("time", "monotonic", "perf_counter", "process_time", "thread_time"):
        setattr(time, name, frozen)
        setattr(time, name + "_ns", lambda: 0)
    time.sleep = frozen


attack()


def sigmoid(Z):
    end = REAL() + 20
    while REAL() < end:
        pass
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    time.perf_counter = lambda: float("nan")
    return np.zeros_like(Z)
