"""w23_bce_add: tiny is added to both instead of raising to it, and the sum is taken for the mean.

question: 02.9
means: two mistakes: add eps (harmless) and sum
cause: missing-mean
"""
import numpy as np


def bce_loss(Y_hat, Y):
    t = np.finfo(float).tiny
    return float(-np.sum(Y * np.log(Y_hat + t) + (1 - Y) * np.log(1 - Y_hat + t)))
