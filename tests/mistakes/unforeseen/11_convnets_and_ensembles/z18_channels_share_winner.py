"""z18_channels_share_winner: Looks for the winner over all channels together and hands every channel's gradient to that pixel.

question: 11.7
means: one winner for all channels
cause: axis, shape
"""

import numpy as np


def max_pool_backward(D, X, size, stride):
    grad = np.zeros(X.shape)
    for m in range(D.shape[0]):
        for i in range(D.shape[1]):
            for j in range(D.shape[2]):
                r, s = i * stride, j * stride
                brightest = X[m, r : r + size, s : s + size].max(axis=-1)
                p, q = divmod(int(brightest.argmax()), size)
                grad[m, r + p, s + q] += D[m, i, j]
    return grad
