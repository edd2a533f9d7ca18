"""w12_conv_bias_each_channel: the bias is added once for each channel.

question: 11.4
means: inside the loop over channels
cause: misplaced-factor, counted-once, repeated-step
"""
import math

import keras
import numpy as np
import tensorflow as tf


def conv2d(X, W, b, stride, padding):
    kh, kw, c, f = W.shape
    if padding == "same":
        X = np.pad(X, ((0, 0), same_padding(X.shape[1], kh, stride), same_padding(X.shape[2], kw, stride), (0, 0)))
    rows, columns = (X.shape[1] - kh) // stride + 1, (X.shape[2] - kw) // stride + 1
    Y = np.zeros((len(X), rows, columns, f))
    for i in range(rows):
        for j in range(columns):
            for d in range(c):
                window = X[:, i * stride : i * stride + kh, j * stride : j * stride + kw, d]
                Y[:, i, j] += np.einsum("mpq,pqf->mf", window, W[:, :, d]) + b
    return Y
