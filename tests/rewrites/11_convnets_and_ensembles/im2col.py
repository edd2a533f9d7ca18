"""Images as columns of one matrix: a convolution is a product, and its way back is two."""

import numpy as np


def _geometry(X, kh, kw, stride, padding):
    h, w = X.shape[1:3]
    rows = columns = (0, 0)
    if padding == "same":
        rows, columns = same_padding(h, kh, stride), same_padding(w, kw, stride)
    height = (h + sum(rows) - kh) // stride + 1
    width = (w + sum(columns) - kw) // stride + 1
    return rows, columns, height, width


def _im2col(X, kh, kw, stride, padding):
    rows, columns, height, width = _geometry(X, kh, kw, stride, padding)
    padded = np.pad(X, ((0, 0), rows, columns, (0, 0)))
    parts = [
        padded[:, i * stride : i * stride + kh, j * stride : j * stride + kw].reshape(len(X), -1)
        for i in range(height)
        for j in range(width)
    ]
    return np.stack(parts, axis=1).reshape(len(X) * height * width, -1), height, width


def conv2d(X, W, b, stride, padding):
    kh, kw, c, f = W.shape
    matrix, height, width = _im2col(X, kh, kw, stride, padding)
    return (matrix @ W.reshape(-1, f) + b.reshape(1, -1)).reshape(len(X), height, width, f)


def conv2d_backward(D, X, W, stride, padding):
    kh, kw, c, f = W.shape
    matrix, height, width = _im2col(X, kh, kw, stride, padding)
    flat = D.reshape(-1, f)
    dW = (matrix.T @ flat).reshape(W.shape)
    windows = (flat @ W.reshape(-1, f).T).reshape(len(X), height, width, kh, kw, c)
    rows, columns, _, _ = _geometry(X, kh, kw, stride, padding)
    dX = np.zeros((len(X), X.shape[1] + sum(rows), X.shape[2] + sum(columns), c))
    for i in range(height):
        for j in range(width):
            dX[:, i * stride : i * stride + kh, j * stride : j * stride + kw] += windows[:, i, j]
    dX = dX[:, rows[0] : dX.shape[1] - rows[1], columns[0] : dX.shape[2] - columns[1]]
    return {"b": flat.sum(0), "W": dW, "X": dX}


def max_pool(X, size, stride):
    M, h, w, c = X.shape
    matrix, height, width = _im2col(X, size, size, stride, "valid")
    return matrix.reshape(M, height, width, size * size, c).max(axis=3)


def max_pool_backward(D, X, size, stride):
    grad = np.zeros(X.shape)
    for channel in range(X.shape[3]):
        for image in range(len(X)):
            for i in range(D.shape[1]):
                for j in range(D.shape[2]):
                    window = X[image, i * stride : i * stride + size, j * stride : j * stride + size, channel]
                    p, q = np.unravel_index(np.argmax(window), window.shape)
                    grad[image, i * stride + p, j * stride + q, channel] += D[image, i, j, channel]
    return grad
