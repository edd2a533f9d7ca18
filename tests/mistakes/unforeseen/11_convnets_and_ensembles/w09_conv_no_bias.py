"""w09_conv_no_bias: the bias is forgotten.

question: 11.4
means: forgotten
cause: missing-term
"""
import math

import keras
import numpy as np
import tensorflow as tf


def conv2d(X, W, b, stride, padding):
    kh, kw = W.shape[:2]
    if padding == "same":
        X = np.pad(X, ((0, 0), same_padding(X.shape[1], kh, stride), same_padding(X.shape[2], kw, stride), (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("mijcpq,pqcf->mijf", windows, W)
