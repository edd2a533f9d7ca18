"""w20_unpool_mask: every pixel that equals the maximum gets the gradient.

question: 11.7
means: a mask of ==
cause: repeated-step
"""
import math

import keras
import numpy as np
import tensorflow as tf


def max_pool_backward(D, X, size, stride):
    grad = np.zeros_like(X)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            place = np.s_[:, i * stride : i * stride + size, j * stride : j * stride + size]
            mask = X[place] == X[place].max(axis=(1, 2), keepdims=True)
            grad[place] += mask * D[:, i : i + 1, j : j + 1]
    return grad
