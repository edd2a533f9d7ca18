"""z10_float32_maps: Fills an array of float32, because networks compute with float32.

question: 11.4
means: result stored in float32
cause: dtype
"""

import math

import numpy as np


def conv2d(X, W, b, stride, padding):
    M, h, w, _ = X.shape
    kh, kw, _, f = W.shape
    if padding == "same":
        height, width = math.ceil(h / stride), math.ceil(w / stride)
        down = max((height - 1) * stride + kh - h, 0)
        right = max((width - 1) * stride + kw - w, 0)
        X = np.pad(X, ((0, 0), (down // 2, down - down // 2), (right // 2, right - right // 2), (0, 0)))
    else:
        height, width = (h - kh) // stride + 1, (w - kw) // stride + 1
    Y = np.zeros((M, height, width, f), dtype=np.float32)
    for i in range(height):
        for j in range(width):
            Y[:, i, j] = np.tensordot(X[:, i * stride :, j * stride :][:, :kh, :kw], W, axes=3) + b
    return Y
