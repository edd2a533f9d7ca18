"""z11_mean_over_examples: Divides the gradients of filters and biases by the number of images, although D has everything in it.

question: 11.5
means: filters and bias averaged over images
cause: mean-twice, averaged
"""

import numpy as np


def conv2d_backward(D, X, W, stride, padding):
    M, h, w, _ = X.shape
    kh, kw = W.shape[:2]
    H, V = D.shape[1:3]
    th = tw = 0
    if padding == "same":
        th, tw = max((H - 1) * stride + kh - h, 0), max((V - 1) * stride + kw - w, 0)
    P = np.pad(X, ((0, 0), (th // 2, th - th // 2), (tw // 2, tw - tw // 2), (0, 0)))
    dP, dW = np.zeros_like(P), np.zeros_like(W)
    for i in range(H):
        for j in range(V):
            place = np.s_[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            dW += np.einsum("mpqc,mf->pqcf", P[place], D[:, i, j])
            dP[place] += np.einsum("mf,pqcf->mpqc", D[:, i, j], W)
    dX = dP[:, th // 2 : th // 2 + h, tw // 2 : tw // 2 + w]
    return {"X": dX, "W": dW / M, "b": D.sum(axis=(0, 1, 2)) / M}
