"""f20_bce_swap: Y and Y_hat change places.

question: 02.9
means: arguments exchanged
cause: arguments-swapped
"""
import numpy as np


def bce_loss(Y_hat, Y):
    t = np.finfo(float).tiny
    return float(-np.mean(Y_hat * np.log(np.maximum(Y, t)) + (1 - Y_hat) * np.log(np.maximum(1 - Y, t))))
