"""w17_back_overwrite: a pixel keeps the gradient of its last window only.

question: 11.5
means: = for +=
cause: accumulation
"""
import math

import keras
import numpy as np
import tensorflow as tf


def conv2d_backward(D, X, W, stride, padding):
    kh, kw = W.shape[:2]
    h, w = X.shape[1:3]
    rows = columns = (0, 0)
    if padding == "same":
        rows, columns = same_padding(h, kh, stride), same_padding(w, kw, stride)
    X = np.pad(X, ((0, 0), rows, columns, (0, 0)))
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            a, b = i * stride, j * stride
            dW += np.einsum("mpqc,mf->pqcf", X[:, a : a + kh, b : b + kw], D[:, i, j])
            dX[:, a : a + kh, b : b + kw] = np.einsum("mf,pqcf->mpqc", D[:, i, j], W)
    cut = dX[:, rows[0] : rows[0] + h, columns[0] : columns[0] + w]
    return {"X": cut, "W": dW, "b": np.einsum("mijf->f", D)}
