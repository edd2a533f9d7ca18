# Assignment 3

import numpy as np


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
    m = len(Y)
    total = 0.0
    for i in range(m):
        total += float(np.sum((Y_hat[i] - Y[i]) ** 2))
    return total / m


def backward(cache, Y, params):
    m = len(Y)
    err = cache["Y_hat"] - Y
    H = cache["H"]
    slope = H - H * H
    back = np.dot(err, params["W2"].T) * slope
    grads = {}
    grads["W2"] = np.dot(H.T, err) * 2 / m
    grads["b2"] = np.sum(err, axis=0).reshape(1, -1) * 2 / m
    grads["W1"] = np.dot(cache["X"].T, back) * 2 / m
    grads["b1"] = np.sum(back, axis=0).reshape(1, -1) * 2 / m
    return grads


def gradient_step(params, grads, learning_rate):
    lr = float(learning_rate)
    new = {}
    for key in params:
        new[key] = params[key] - lr * grads[key]
    return new


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
        total -= float(np.log10(max(p, smallest)))
    return total / M


def classifier_forward(X, params):
    cache = forward(X, params)
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def classifier_backward(cache, Y, params):
    X, A, P = cache["X"], cache["H"], cache["Y_hat"]
    m = len(X)
    dZ2 = P - Y
    dZ1 = (dZ2 @ params["W2"].T) * A * (1 - A)
    dW2 = A.T @ dZ2 / m
    db2 = np.sum(dZ2, axis=0, keepdims=True) / m
    dW1 = X.T @ dZ1 / m
    db1 = np.sum(dZ1, axis=0, keepdims=True) / m
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


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
