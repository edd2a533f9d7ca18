"""w08_conv_true: a true convolution with a flipped filter.

question: 11.4
means: the textbook of signal processing
cause: reversed
"""
import math

import keras
import numpy as np
import tensorflow as tf


def conv2d(X, W, b, stride, padding):
    kh, kw = W.shape[:2]
    if padding == "same":
        X = np.pad(X, ((0, 0), same_padding(X.shape[1], kh, stride), same_padding(X.shape[2], kw, stride), (0, 0)))
    W = np.flip(W, axis=(0, 1))
    rows, columns = (X.shape[1] - kh) // stride + 1, (X.shape[2] - kw) // stride + 1
    Y = np.empty((len(X), rows, columns, W.shape[3]))
    for i in range(rows):
        for j in range(columns):
            Y[:, i, j] = np.einsum("mpqc,pqcf->mf", X[:, i * stride : i * stride + kh, j * stride : j * stride + kw], W)
    return Y + b
