"""Windows as views of the image, einsum, and gradients that go over the filter's pixels instead of the places."""

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view


def _zeros(X, kernel, stride, padding):
    if padding != "same":
        return ((0, 0), (0, 0), (0, 0), (0, 0))
    return ((0, 0), *(same_padding(n, k, stride) for n, k in zip(X.shape[1:3], kernel)), (0, 0))


def conv2d(X, W, b, stride, padding):
    padded = np.pad(X, _zeros(X, W.shape[:2], stride, padding))
    windows = sliding_window_view(padded, W.shape[:2], axis=(1, 2))[:, ::stride, ::stride]
    return np.einsum("mijcpq,pqcf->mijf", windows, W, optimize=True) + b


def conv2d_backward(D, X, W, stride, padding):
    zeros = _zeros(X, W.shape[:2], stride, padding)
    padded = np.pad(X, zeros)
    rows, columns = D.shape[1:3]
    dX, dW = np.zeros(padded.shape), np.empty(W.shape)
    for p in range(W.shape[0]):
        for q in range(W.shape[1]):
            seen = np.s_[:, p : p + stride * rows : stride, q : q + stride * columns : stride]
            # the last stride may reach over the end: cut to as many as there are outputs
            seen = (slice(None), np.arange(rows)[:, None] * stride + p, np.arange(columns) * stride + q)
            dW[p, q] = np.einsum("mijc,mijf->cf", padded[seen], D)
            np.add.at(dX, seen, np.einsum("mijf,cf->mijc", D, W[p, q]))
    _, (top, _), (left, _), _ = zeros
    return dict(X=dX[:, top:, left:][:, : X.shape[1], : X.shape[2]], W=dW, b=np.einsum("mijf->f", D))


def max_pool(X, size, stride):
    return sliding_window_view(X, (size, size), axis=(1, 2))[:, ::stride, ::stride].max(axis=(-1, -2))


def max_pool_backward(D, X, size, stride):
    windows = sliding_window_view(X, (size, size), axis=(1, 2))[:, ::stride, ::stride]
    winners = windows.reshape(*windows.shape[:4], -1).argmax(axis=-1)
    m, i, j, c = np.indices(D.shape)
    grad = np.zeros_like(X)
    np.add.at(grad, (m, i * stride + winners // size, j * stride + winners % size, c), D)
    return grad


def shift_images(images, most, rng):
    M, h, w, _ = images.shape
    padded = np.pad(images, [(0, 0), (most, most), (most, most), (0, 0)])
    top = rng.integers(2 * most + 1, size=M)
    left = rng.integers(2 * most + 1, size=M)
    rows, columns = top[:, None] + np.arange(h), left[:, None] + np.arange(w)
    return padded[np.arange(M)[:, None, None], rows[:, :, None], columns[:, None, :]]


def ten_crop(images, size, mirror):
    h, w = images.shape[1:3]
    middle = (h - size) // 2, (w - size) // 2
    five = np.array(
        [
            images[:, :size, :size],
            images[:, :size, w - size :],
            images[:, h - size :, :size],
            images[:, h - size :, w - size :],
            images[:, middle[0] : middle[0] + size, middle[1] : middle[1] + size],
        ]
    )
    return np.vstack([five, np.flip(five, axis=3)]) if mirror else five


def predict_tta(model, views):
    V, M = views.shape[:2]
    P = model.predict(views.reshape(V * M, *views.shape[2:]), verbose=0)
    return P.reshape(V, M, -1).mean(axis=0)
