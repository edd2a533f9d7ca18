import numpy as np
from numpy.random import default_rng


def sigmoid(Z):
    out = np.empty_like(Z)
    pos = Z >= 0
    out[pos] = 1 / (1 + np.exp(-Z[pos]))
    ez = np.exp(Z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def init_params(n, h, k, rng):
    W1 = rng.uniform(0, 1, size=(n, h))
    W2 = rng.uniform(0, 1, size=(h, k))
    b1 = np.zeros((1, h))
    b2 = np.zeros((1, k))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def affine(A, W, b):
    return A @ W + b


def forward(X, params):
    pre = affine(X, params["W1"], params["b1"])
    hidden = sigmoid(pre)
    scores = affine(hidden, params["W2"], params["b2"])
    return dict(X=X, Z1=pre, H=hidden, Y_hat=scores)


def mse_loss(Y_hat, Y):
    diff = Y_hat - Y
    M = Y.shape[0]
    return float((diff * diff).sum() / M)


def backward(cache, Y, params):
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    M = len(Y)
    for i in range(M):
        x = cache["X"][i : i + 1]
        a = cache["H"][i : i + 1]
        d2 = 2 * (cache["Y_hat"][i : i + 1] - Y[i : i + 1]) / M
        d1 = d2 @ params["W2"].T * a * (1 - a)
        grads["W2"] += a.T @ d2
        grads["b2"] += d2
        grads["W1"] += x.T @ d1
        grads["b1"] += d1
    return grads


def gradient_step(params, grads, learning_rate):
    step = float(learning_rate)
    result = {name: value.copy() for name, value in params.items()}
    for name in ("W1", "W2"):
        result[name] = result[name] - step * grads[name] / np.linalg.norm(grads[name])
    return result


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    current = dict((key, params[key].copy()) for key in params)
    losses = []
    for e in range(epochs):
        idx = rng.permutation(X.shape[0])
        start = 0
        while start < len(idx):
            chosen = idx[start:start + batch_size]
            out = forward(X[chosen], current)
            g = backward(out, Y[chosen], current)
            current = gradient_step(current, g, learning_rate)
            start += batch_size
        full = forward(X, current)
        losses.append(mse_loss(full["Y_hat"], Y))
    return current, losses


def softmax(Z):
    P = np.zeros_like(Z)
    for i in range(len(Z)):
        row = np.exp(Z[i] - np.max(Z[i]))
        P[i] = row / np.sum(row)
    return P


def cross_entropy(Y_hat, Y):
    M = len(Y)
    smallest = np.finfo(Y_hat.dtype).tiny
    total = 0.0
    for i in range(M):
        p = Y_hat[i, np.argmax(Y[i])]
        total -= float(np.log(max(p, smallest)))
    return total / M


def classifier_forward(X, params):
    cache = forward(X, params)
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def classifier_backward(cache, Y, params):
    M = Y.shape[0]
    H = cache["H"]
    d_scores = (cache["Y_hat"] - Y) / M
    d_hidden = d_scores.dot(params["W2"].T)
    d_pre = d_hidden * H * 1 - H
    return {
        "W1": cache["X"].T.dot(d_pre),
        "b1": d_pre.sum(axis=0, keepdims=True),
        "W2": H.T.dot(d_scores),
        "b2": d_scores.sum(axis=0, keepdims=True),
    }


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    M = X.shape[0]
    d_Y = 2 * (Y_hat - Y) / M
    d_H = d_Y.dot(W2.T)
    d_W2 = H.T.dot(d_Y)
    d_b2 = np.sum(d_Y, axis=0, keepdims=True)
    d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
    d_W1 = X.T.dot(d_Z)
    d_b1 = np.sum(d_Z, axis=0, keepdims=True)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}
