"""w15_back_uncut: the gradient of the zeros is not cut off.

question: 11.5
means: forgotten
cause: shape
"""
import math

import keras
import numpy as np
import tensorflow as tf


def conv2d_backward(D, X, W, stride, padding):
    kh, kw = W.shape[:2]
    h, w = X.shape[1:3]
    if padding == "same":
        X = np.pad(X, ((0, 0), same_padding(h, kh, stride), same_padding(w, kw, stride), (0, 0)))
    dX, dW = np.zeros(X.shape), np.zeros(W.shape)
    for i in range(D.shape[1]):
        for j in range(D.shape[2]):
            a, b = i * stride, j * stride
            dW += np.einsum("mpqc,mf->pqcf", X[:, a : a + kh, b : b + kw], D[:, i, j])
            dX[:, a : a + kh, b : b + kw] += np.einsum("mf,pqcf->mpqc", D[:, i, j], W)
    return {"X": dX, "W": dW, "b": D.sum(axis=(0, 1, 2))}
