"""w18_pool_zero_start: the maximum begins at zero.

question: 11.6
means: np.zeros and np.maximum
cause: start-value
"""
import math

import keras
import numpy as np
import tensorflow as tf


def max_pool(X, size, stride):
    M, h, w, c = X.shape
    rows, columns = (h - size) // stride + 1, (w - size) // stride + 1
    Y = np.zeros((M, rows, columns, c))
    for p in range(size):
        for q in range(size):
            part = X[:, p : p + stride * (rows - 1) + 1 : stride, q : q + stride * (columns - 1) + 1 : stride]
            Y = np.maximum(Y, part)
    return Y
