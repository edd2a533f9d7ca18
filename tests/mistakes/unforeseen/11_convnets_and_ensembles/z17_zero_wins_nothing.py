"""z17_zero_wins_nothing: Gives no gradient to windows whose largest number is 0, because a ReLU is closed there.

question: 11.7
means: all-zero windows get no gradient
cause: missing-step, extra-function
"""

import numpy as np


def max_pool_backward(D, X, size, stride):
    out = np.zeros_like(X)
    M, H, V, c = D.shape
    for m in range(M):
        for i in range(H):
            for j in range(V):
                for k in range(c):
                    window = X[m, i * stride : i * stride + size, j * stride : j * stride + size, k]
                    if window.max() == 0:
                        continue
                    p, q = np.unravel_index(np.argmax(window), window.shape)
                    out[m, i * stride + p, j * stride + q, k] += D[m, i, j, k]
    return out
