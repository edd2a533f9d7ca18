"""One class holds the geometry, and all functions ask it."""

from dataclasses import dataclass

import numpy as np


@dataclass
class Sliding:
    """Windows of an axis."""

    size: int
    kernel: int
    stride: int
    padding: str

    @property
    def places(self):
        return -(-self.size // self.stride) if self.padding == "same" else 1 + (self.size - self.kernel) // self.stride

    @property
    def zeros(self):
        if self.padding == "valid":
            return 0, 0
        total = max(0, self.kernel + self.stride * (self.places - 1) - self.size)
        return total // 2, (total + 1) // 2

    def __iter__(self):
        return iter(slice(i * self.stride, i * self.stride + self.kernel) for i in range(self.places))

    def cut(self):
        return slice(self.zeros[0], self.zeros[0] + self.size)


def output_size(size, kernel, stride, padding):
    return Sliding(size, kernel, stride, padding).places


def same_padding(size, kernel, stride):
    return Sliding(size, kernel, stride, "same").zeros


def layer_counts(shape, kernel, filters, stride, padding):
    h, w = (Sliding(n, kernel, stride, padding).places for n in shape[:2])
    products = int(np.prod([kernel, kernel, shape[2]]))
    weights = products * filters
    return {"height": h, "width": w, "depth": filters, "products": products, "parameters": weights + filters}


def _axes(X, W, stride, padding):
    return [Sliding(n, k, stride, padding) for n, k in zip(X.shape[1:3], W.shape[:2], strict=True)]


def _padded(X, axes):
    return np.pad(X, [(0, 0), axes[0].zeros, axes[1].zeros, (0, 0)])


def conv2d(X, W, b, stride, padding):
    axes = _axes(X, W, stride, padding)
    padded = _padded(X, axes)
    maps = [[np.einsum("mpqc,pqcf->mf", padded[:, i, j], W) for j in axes[1]] for i in axes[0]]
    return np.array(maps).transpose(2, 0, 1, 3) + b


def conv2d_backward(D, X, W, stride, padding):
    axes = _axes(X, W, stride, padding)
    padded = _padded(X, axes)
    d_X, d_W = np.zeros(padded.shape), np.zeros(W.shape)
    for down, i in enumerate(axes[0]):
        for across, j in enumerate(axes[1]):
            delta = D[:, down, across]
            d_W += np.einsum("mpqc,mf->pqcf", padded[:, i, j], delta)
            d_X[:, i, j] += np.einsum("mf,pqcf->mpqc", delta, W)
    return {"X": d_X[:, axes[0].cut(), axes[1].cut()], "W": d_W, "b": D.sum(0).sum(0).sum(0)}


def max_pool(X, size, stride):
    rows, columns = (Sliding(n, size, stride, "valid") for n in X.shape[1:3])
    return np.array([[X[:, i, j].max((1, 2)) for j in columns] for i in rows]).transpose(2, 0, 1, 3)


def max_pool_backward(D, X, size, stride):
    rows, columns = (Sliding(n, size, stride, "valid") for n in X.shape[1:3])
    grad = np.zeros_like(X)
    for down, i in enumerate(rows):
        for across, j in enumerate(columns):
            window = X[:, i, j]
            taken = np.zeros((len(X), X.shape[3]), bool)
            best = window.max(axis=(1, 2))
            for p in range(size):
                for q in range(size):
                    wins = (window[:, p, q] == best) & ~taken
                    taken |= wins
                    grad[:, i, j][:, p, q] += np.where(wins, D[:, down, across], 0)
    return grad
