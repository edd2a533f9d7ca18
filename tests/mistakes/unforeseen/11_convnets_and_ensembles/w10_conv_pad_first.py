"""w10_conv_pad_first: the odd zero comes first, through a formula of its own.

question: 11.4
means: rounded up in front
cause: order, wrong-value
"""
import math

import keras
import numpy as np
import tensorflow as tf


def conv2d(X, W, b, stride, padding):
    kh, kw = W.shape[:2]
    if padding == "same":
        pads = []
        for n, k in ((X.shape[1], kh), (X.shape[2], kw)):
            total = max((math.ceil(n / stride) - 1) * stride + k - n, 0)
            pads.append((math.ceil(total / 2), total // 2))
        X = np.pad(X, ((0, 0), *pads, (0, 0)))
    windows = np.lib.stride_tricks.sliding_window_view(X, (kh, kw), axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("mijcpq,pqcf->mijf", windows, W) + b
