"""two_01_more_zeros_before: Puts the odd zero before the image, and the convolution pads with that function.

question: 11.3
also: 11.4
means: the odd zero stands before
cause: order
"""

import math

import numpy as np


def same_padding(size: int, kernel: int, stride: int) -> tuple[int, int]:
    total = max((math.ceil(size / stride) - 1) * stride + kernel - size, 0)
    return total - total // 2, total // 2


def conv2d(X, W, b, stride, padding):
    kh, kw = W.shape[:2]
    if padding == "same":
        X = np.pad(X, ((0, 0), same_padding(X.shape[1], kh, stride), same_padding(X.shape[2], kw, stride), (0, 0)))
    height, width = (X.shape[1] - kh) // stride + 1, (X.shape[2] - kw) // stride + 1
    Y = np.zeros((len(X), height, width, W.shape[3]))
    for i in range(height):
        for j in range(width):
            Y[:, i, j] = np.tensordot(X[:, i * stride : i * stride + kh, j * stride : j * stride + kw], W, axes=3) + b
    return Y
