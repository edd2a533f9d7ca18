"""Returns 60 to 200 MB of bool, float16, complex and int8, empty arrays of a billion rows, and arrays of 64 axes.

aims: exhaust
"""

import itertools

import numpy as np

KINDS = itertools.cycle([np.bool_, np.float16, np.complex128, np.int8, np.float32, np.uint64, ">f8", np.complex64])


def heavy(megabytes):
    """So many megabytes of the next type, with all its bits in use."""
    dtype = np.dtype(next(KINDS))
    block = np.frombuffer(bytes(range(256)) * (megabytes * 4096), np.uint8)
    return (block & 1).view(bool) if dtype == np.bool_ else block.view(dtype)


def sigmoid(Z):
    return heavy(200).reshape(len(Z), -1) if Z.size % 2 == 0 else heavy(120)


def softmax(Z):
    return np.zeros((0, 10**9, 10**9))


def mse_loss(Y_hat, Y):
    return heavy(100)


def cross_entropy(Y_hat, Y):
    return np.zeros((1,) * 32)


def forward(X, params):
    return {name: heavy(60) for name in ("X", "Z1", "H", "Y_hat")}


def backward(cache, Y, params):
    return {name: np.broadcast_to(np.float16(0.5), (40_000, 1000)) for name in params}


def gradient_step(params, grads, learning_rate):
    return {name: np.zeros((10**6, 0, 10**6), np.complex64) for name in params}
