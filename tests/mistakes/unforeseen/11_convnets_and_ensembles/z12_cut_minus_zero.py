"""z12_cut_minus_zero: Cuts the zeros off with a negative end, which leaves nothing where no zero stands after.

question: 11.5
means: slice to minus zero is empty
cause: shape
"""

import math

import numpy as np


def conv2d_backward(D, X, W, stride, padding):
    _, h, w, _ = X.shape
    kh, kw, _, _ = W.shape
    t = b = l = r = 0
    if padding == "same":
        rows = max((math.ceil(h / stride) - 1) * stride + kh - h, 0)
        cols = max((math.ceil(w / stride) - 1) * stride + kw - w, 0)
        t, l = rows // 2, cols // 2
        b, r = rows - t, cols - l
    padded = np.pad(X, ((0, 0), (t, b), (l, r), (0, 0)))
    grad_X = np.zeros(padded.shape)
    grad_W = np.zeros(W.shape)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            y, x = i * stride, j * stride
            d = D[:, i, j, :]
            grad_W += np.tensordot(padded[:, y : y + kh, x : x + kw], d, axes=(0, 0))
            grad_X[:, y : y + kh, x : x + kw] += np.tensordot(d, W, axes=(1, 3))
    if padding == "same":
        grad_X = grad_X[:, t:-b, l:-r, :]
    return {"X": grad_X, "W": grad_W, "b": D.sum(axis=(0, 1, 2))}
