"""z14_zeros_kept: Returns the gradient of the image with its zeros around it.

question: 11.5
means: padding not cut off the X gradient
cause: shape, missing-step
"""

import numpy as np


def conv2d_backward(D, X, W, stride, padding):
    kh, kw = W.shape[:2]
    if padding == "same":
        pads = []
        for n, k in zip(X.shape[1:3], (kh, kw)):
            total = max((-(-n // stride) - 1) * stride + k - n, 0)
            pads.append((total // 2, total - total // 2))
        X = np.pad(X, [(0, 0), *pads, (0, 0)])
    dX = np.zeros_like(X)
    dW = np.zeros_like(W)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            a, b = i * stride, j * stride
            for m in range(len(X)):
                for f in range(W.shape[3]):
                    dW[..., f] += X[m, a : a + kh, b : b + kw] * D[m, i, j, f]
                    dX[m, a : a + kh, b : b + kw] += W[..., f] * D[m, i, j, f]
    return {"X": dX, "W": dW, "b": D.sum((0, 1, 2))}
