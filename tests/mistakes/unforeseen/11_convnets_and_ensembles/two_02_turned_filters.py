"""two_02_turned_filters: Turns the filters upside down, as in mathematics, on the way there and on the way back.

question: 11.4
also: 11.5
means: true convolution with flipped filters
cause: reversed
"""

import numpy as np


def zeros_around(X, W, stride, padding):
    pads = [(0, 0), (0, 0)]
    if padding == "same":
        pads = []
        for n, k in zip(X.shape[1:3], W.shape[:2]):
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            pads.append((total // 2, total - total // 2))
    return np.pad(X, [(0, 0), *pads, (0, 0)]), pads


def conv2d(X, W, b, stride, padding):
    P, _ = zeros_around(X, W, stride, padding)
    kh, kw = W.shape[:2]
    turned = W[::-1, ::-1]
    windows = np.lib.stride_tricks.sliding_window_view(P, (kh, kw), axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("mijcpq,pqcf->mijf", windows, turned) + b


def conv2d_backward(D, X, W, stride, padding):
    P, ((top, _), (left, _)) = zeros_around(X, W, stride, padding)
    kh, kw = W.shape[:2]
    turned = W[::-1, ::-1]
    dP, dW = np.zeros_like(P), np.zeros_like(W)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            y, x = i * stride, j * stride
            dW += np.einsum("mpqc,mf->pqcf", P[:, y : y + kh, x : x + kw], D[:, i, j])
            dP[:, y : y + kh, x : x + kw] += np.einsum("mf,pqcf->mpqc", D[:, i, j], turned)
    h, w = X.shape[1:3]
    return {"X": dP[:, top : top + h, left : left + w], "W": dW[::-1, ::-1], "b": D.sum(axis=(0, 1, 2))}
