"""z07_bias_each_channel: Loops over the channels and adds the bias for each of them.

question: 11.4
means: bias added once per channel
cause: misplaced-factor
"""

import numpy as np


def conv2d(X, W, b, stride, padding):
    M, h, w, c = X.shape
    kh, kw, _, f = W.shape
    if padding == "same":
        oh, ow = -(-h // stride), -(-w // stride)
        th, tw = max((oh - 1) * stride + kh - h, 0), max((ow - 1) * stride + kw - w, 0)
        X = np.pad(X, ((0, 0), (th // 2, th - th // 2), (tw // 2, tw - tw // 2), (0, 0)))
    else:
        oh, ow = (h - kh) // stride + 1, (w - kw) // stride + 1
    Y = np.zeros((M, oh, ow, f))
    for i in range(oh):
        for j in range(ow):
            window = X[:, i * stride : i * stride + kh, j * stride : j * stride + kw]
            for channel in range(c):
                Y[:, i, j] += np.tensordot(window[..., channel], W[:, :, channel], axes=2) + b
    return Y
