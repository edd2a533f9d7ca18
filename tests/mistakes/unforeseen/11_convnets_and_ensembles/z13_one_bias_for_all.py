"""z13_one_bias_for_all: Adds up D over the filters too, so all biases get the same gradient.

question: 11.5
means: bias gradient summed over filters
cause: axis, accumulation
"""

import numpy as np


def conv2d_backward(D, X, W, stride, padding):
    M, h, w, c = X.shape
    kh, kw, _, f = W.shape
    _, H, V, _ = D.shape
    top = left = rows = cols = 0
    if padding == "same":
        rows, cols = max((H - 1) * stride + kh - h, 0), max((V - 1) * stride + kw - w, 0)
        top, left = rows // 2, cols // 2
    Z = np.zeros((M, h + rows, w + cols, c))
    Z[:, top : top + h, left : left + w] = X
    dZ, dW = np.zeros(Z.shape), np.zeros(W.shape)
    for p in range(kh):
        for q in range(kw):
            rows_, cols_ = slice(p, p + (H - 1) * stride + 1, stride), slice(q, q + (V - 1) * stride + 1, stride)
            dW[p, q] = np.tensordot(Z[:, rows_, cols_], D, axes=([0, 1, 2], [0, 1, 2]))
            dZ[:, rows_, cols_] += D @ W[p, q].T
    return {"X": dZ[:, top : top + h, left : left + w], "W": dW, "b": np.full(f, D.sum())}
