"""w21_unpool_overwrite: a pixel that wins twice keeps one of both.

question: 11.7
means: = for +=
cause: accumulation
"""
import math

import keras
import numpy as np
import tensorflow as tf


def max_pool_backward(D, X, size, stride):
    grad = np.zeros_like(X)
    for m, i, j, c in np.ndindex(*D.shape):
        window = X[m, i * stride : i * stride + size, j * stride : j * stride + size, c]
        p, q = np.unravel_index(window.argmax(), window.shape)
        grad[m, i * stride + p, j * stride + q, c] = D[m, i, j, c]
    return grad
