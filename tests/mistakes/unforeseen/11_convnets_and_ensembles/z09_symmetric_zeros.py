"""z09_symmetric_zeros: Puts k // 2 zeros at both ends, as other libraries do, and cuts the map to the size.

question: 11.4
means: equal padding on both ends
cause: wrong-value, not-used
"""

import numpy as np


def conv2d(X, W, b, stride, padding):
    kh, kw = W.shape[:2]
    h, w = X.shape[1:3]
    if padding == "same":
        ph, pw = kh // 2, kw // 2
        X = np.pad(X, ((0, 0), (ph, ph), (pw, pw), (0, 0)))
        height, width = int(np.ceil(h / stride)), int(np.ceil(w / stride))
    else:
        height, width = (h - kh) // stride + 1, (w - kw) // stride + 1
    Y = np.empty((len(X), height, width, W.shape[3]))
    for i in range(height):
        for j in range(width):
            window = X[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            Y[:, i, j] = np.einsum("mpqc,pqcf->mf", window, W) + b
    return Y
