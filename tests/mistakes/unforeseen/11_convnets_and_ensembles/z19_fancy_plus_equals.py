"""z19_fancy_plus_equals: Adds with fancy indexing and +=, which counts a pixel that wins several windows only once.

question: 11.7
means: repeated index counted only once
cause: accumulation
"""

import numpy as np


def max_pool_backward(D, X, size, stride):
    M, H, V, c = D.shape
    windows = np.lib.stride_tricks.sliding_window_view(X, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    best = windows.reshape(M, H, V, c, size * size).argmax(axis=-1)
    m, i, j, k = np.indices(D.shape)
    dX = np.zeros_like(X)
    dX[m, i * stride + best // size, j * stride + best % size, k] += D
    return dX
