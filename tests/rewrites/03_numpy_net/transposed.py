"""Thinks in columns, one column an example, and transposes at the door."""

import numpy as np


def sigmoid(Z):
    e = np.exp(np.where(Z < 0, Z, -Z))
    return np.where(Z < 0, e, np.ones_like(e)) / (1 + e)


def init_params(n, h, k, rng):
    return {
        "W1": rng.uniform(size=(n, h)),
        "W2": rng.uniform(size=(h, k)),
        "b1": np.zeros(h).reshape(1, h),
        "b2": np.zeros(k).reshape(1, k),
    }


def columns(params):
    return params["W1"].T, params["b1"].T, params["W2"].T, params["b2"].T


def rows(dw1, db1, dw2, db2):
    return {"W1": dw1.T.copy(), "b1": db1.T.copy(), "W2": dw2.T.copy(), "b2": db2.T.copy()}


def forward(X, params):
    w1, b1, w2, b2 = columns(params)
    x = X.T
    z = w1 @ x + b1
    a = sigmoid(z)
    y = w2 @ a + b2
    return {"X": x.T.copy(), "Z1": z.T.copy(), "H": a.T.copy(), "Y_hat": y.T.copy()}


def mse_loss(Y_hat, Y):
    e = (Y_hat - Y).T
    return float(np.trace(e @ e.T)) / e.shape[1]


def backprop(x, a, delta2, w2):
    delta1 = (w2.T @ delta2) * a * (1 - a)
    dw2 = delta2 @ a.T
    dw1 = delta1 @ x.T
    ones = np.ones((x.shape[1], 1), dtype=x.dtype)
    return rows(dw1, delta1 @ ones, dw2, delta2 @ ones)


def backward(cache, Y, params):
    y_hat, y = cache["Y_hat"].T, Y.T
    return backprop(cache["X"].T, cache["H"].T, 2 * (y_hat - y) / y.shape[1], params["W2"].T)


def gradient_step(params, grads, learning_rate):
    old, slope = columns(params), columns(grads)
    return rows(*(o - learning_rate * s for o, s in zip(old, slope)))


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    x, y = X.T, Y.T
    m = x.shape[1]
    losses = []
    for _ in range(epochs):
        order = rng.permutation(m)
        x_shuffled, y_shuffled = np.take(x, order, axis=1), np.take(y, order, axis=1)
        for first in range(0, m, batch_size):
            last = min(first + batch_size, m)
            x_batch, y_batch = x_shuffled[:, first:last], y_shuffled[:, first:last]
            cache = forward(x_batch.T, params)
            params = gradient_step(params, backward(cache, y_batch.T, params), learning_rate)
        losses += [mse_loss(forward(X, params)["Y_hat"], Y)]
    return params, losses


def softmax(Z):
    z = Z.T
    e = np.exp(z - z.max(axis=0))
    return (e / e.sum(axis=0)).T.copy()


def cross_entropy(Y_hat, Y):
    p, y = Y_hat.T, Y.T
    return float(-np.trace(y.T @ np.log(np.fmax(p, np.finfo(p.dtype).tiny)))) / y.shape[1]


def classifier_forward(X, params):
    cache = forward(X, params)
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def classifier_backward(cache, Y, params):
    p, y = cache["Y_hat"].T, Y.T
    return backprop(cache["X"].T, cache["H"].T, (p - y) / y.shape[1], params["W2"].T)


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    return backprop(X.T, H.T, 2 * (Y_hat - Y).T / X.shape[0], W2.T)
