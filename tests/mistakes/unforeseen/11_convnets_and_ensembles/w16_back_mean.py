"""w16_back_mean: filters and biases are averaged over the images.

question: 11.5
means: as the mean of a loss
cause: averaged, mean-twice
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
            dW += np.einsum("mpqc,mf->pqcf", X[:, a : a + kh, b : b + kw], D[:, i, j]) / len(X)
            dX[:, a : a + kh, b : b + kw] += np.einsum("mf,pqcf->mpqc", D[:, i, j], W)
    cut = dX[:, rows[0] : rows[0] + h, columns[0] : columns[0] + w]
    return {"X": cut, "W": dW, "b": D.sum(axis=(1, 2)).mean(axis=0)}
