"""z15_starts_at_zero: Starts the search for the largest number at 0, so windows of negative numbers give 0.

question: 11.6
means: maximum starts at zero
cause: start-value
"""

import numpy as np


def max_pool(X, size, stride):
    M, h, w, c = X.shape
    height, width = (h - size) // stride + 1, (w - size) // stride + 1
    out = np.zeros((M, height, width, c))
    for i in range(height):
        for j in range(width):
            for p in range(size):
                for q in range(size):
                    out[:, i, j] = np.maximum(out[:, i, j], X[:, i * stride + p, j * stride + q])
    return out
