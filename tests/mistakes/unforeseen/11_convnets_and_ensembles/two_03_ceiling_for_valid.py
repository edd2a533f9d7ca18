"""two_03_ceiling_for_valid: Rounds the places of "valid" up, and max pooling loops over that many places.

question: 11.1
also: 11.6
means: ceiling instead of floor for valid
cause: rounding
"""

import math

import numpy as np


def output_size(size: int, kernel: int, stride: int, padding: str) -> int:
    if padding == "valid":
        return math.ceil((size - kernel) / stride) + 1
    return math.ceil(size / stride)


def max_pool(X, size, stride):
    M, h, w, c = X.shape
    height, width = output_size(h, size, stride, "valid"), output_size(w, size, stride, "valid")
    out = np.full((M, height, width, c), -np.inf)
    for i in range(height):
        for j in range(width):
            for row in X[:, i * stride : i * stride + size, j * stride : j * stride + size].reshape(M, -1, c).swapaxes(0, 1):
                out[:, i, j] = np.maximum(out[:, i, j], row)
    return out
