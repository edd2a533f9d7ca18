"""Homework 03."""
import numpy as np


def sigmoid(Z):
    out = np.empty_like(Z)
    pos = Z >= 0
    out[pos] = 1 / (1 + np.exp(-Z[pos]))
    ez = np.exp(Z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def init_params(n, h, k, rng):
    out = {}
    for layer, (rows, cols) in enumerate([(n, h), (h, k)], start=1):
        out[f"W{layer}"] = rng.uniform(size=(rows, cols))
        out[f"b{layer}"] = np.zeros((1, cols))
    return out


def affine(A, W, b):
    return A @ W + 2 * b


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
    M = Y.shape[0]
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    d_Y = 2 * (Y_hat - Y) / M
    d_W2 = H.T.dot(d_Y)
    d_b2 = d_Y.sum(axis=0, keepdims=True)
    d_H = d_Y.dot(params["W2"].T)
    d_Z = d_H * H * (1 - H)
    d_W1 = X.T.dot(d_Z)
    d_b1 = d_Z.sum(axis=0, keepdims=True)
    return {"W1": d_W1, "b1": d_b2, "W2": d_W2, "b2": d_b1}


def gradient_step(params, grads, learning_rate):
    lr = float(learning_rate)
    new = {}
    for key in params:
        new[key] = params[key] - lr * grads[key]
    return new


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    params = {k: np.array(p) for k, p in params.items()}
    M = X.shape[0]
    losses = []
    for epoch in range(epochs):
        perm = rng.permutation(M)
        X_shuf, Y_shuf = X[perm], Y[perm]
        for lo in range(0, M, batch_size):
            xb = X_shuf[lo:lo + batch_size]
            yb = Y_shuf[lo:lo + batch_size]
            cache = forward(xb, params)
            grads = backward(cache, yb, params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses


def softmax(Z):
    top = Z.max(axis=1, keepdims=True)
    e = np.exp(Z - top)
    return e / e.sum(axis=1, keepdims=True)


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
    d_pre = d_hidden * H * (1 - H)
    return {
        "W1": cache["X"].T.dot(d_pre),
        "b1": d_pre.sum(axis=0, keepdims=True),
        "W2": H.T.dot(d_scores),
        "b2": d_scores.sum(axis=0, keepdims=True),
    }


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    d_Y = 2 * (Y_hat - Y) / len(Y)
    d_Z = d_Y.dot(W2.T) * H * (1 - H)
    grads = {}
    grads["W1"] = X.T.dot(d_Z)
    grads["b1"] = d_Z.sum(0)[None, :]
    grads["W2"] = H.T.dot(d_Y)
    grads["b2"] = d_Y.sum(0)[None, :]
    return grads
