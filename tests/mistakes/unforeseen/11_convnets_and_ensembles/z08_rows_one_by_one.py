"""z08_rows_one_by_one: Moves the window by the stride along the columns, and by one along the rows.

question: 11.4
means: stride forgotten for rows
cause: not-used, missing-factor
"""

import numpy as np


def conv2d(X, W, b, stride, padding):
    M, h, w, c = X.shape
    kh, kw, c, f = W.shape
    if padding == "same":
        H, V = -(-h // stride), -(-w // stride)
        rows, cols = max((H - 1) * stride + kh - h, 0), max((V - 1) * stride + kw - w, 0)
        X = np.pad(X, [(0, 0), (rows // 2, rows - rows // 2), (cols // 2, cols - cols // 2), (0, 0)])
    else:
        H, V = (h - kh) // stride + 1, (w - kw) // stride + 1
    out = np.zeros((M, H, V, f))
    for i in range(H):
        for j in range(V):
            out[:, i, j, :] = np.tensordot(X[:, i : i + kh, j * stride : j * stride + kw, :], W, axes=3) + b
    return out
