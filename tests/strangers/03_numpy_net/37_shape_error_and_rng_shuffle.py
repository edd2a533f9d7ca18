# Assignment 3

import numpy as np


def sigmoid(Z):
    # only exp of numbers <= 0, so no overflow
    e = np.exp(-abs(Z))
    right_side = 1 / (1 + e)
    left_side = e / (1 + e)
    return np.where(Z >= 0, right_side, left_side)


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = rng.uniform(size=(n, h))
    params["b1"] = np.zeros((1, h))
    params["W2"] = rng.uniform(size=(h, k))
    params["b2"] = np.zeros((1, k))
    return params


def forward(X, params):
    Z1 = X.dot(params["W1"]) + params["b1"]
    H = sigmoid(Z1)
    Y_hat = H.dot(params["W2"]) + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}


def mse_loss(Y_hat, Y):
    m = len(Y)
    total = 0.0
    for i in range(m):
        total += float(np.sum((Y_hat[i] - Y[i]) ** 2))
    return total / m


def backward(cache, Y, params):
    X, H, W2 = cache["X"], cache["H"], params["W2"]
    err = 2 * (cache["Y_hat"] - Y) / len(Y)
    hid = (err @ W2) * H * (1 - H)
    return {
        "W1": X.T @ hid, "b1": hid.sum(axis=0, keepdims=True),
        "W2": H.T @ err, "b2": err.sum(axis=0, keepdims=True),
    }


def gradient_step(params, grads, learning_rate):
    eta = float(learning_rate)
    W1 = params["W1"] - eta * grads["W1"]
    b1 = params["b1"] - eta * grads["b1"]
    W2 = params["W2"] - eta * grads["W2"]
    b2 = params["b2"] - eta * grads["b2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    net = {k: v.copy() for k, v in params.items()}
    n_rows = len(X)
    losses = []
    for _ in range(epochs):
        order = np.arange(n_rows)
        rng.shuffle(X)
        for lo in range(0, n_rows, batch_size):
            now = order[lo : lo + batch_size]
            cache = forward(X[now], net)
            net = gradient_step(net, backward(cache, Y[now], net), learning_rate)
        losses.append(mse_loss(forward(X, net)["Y_hat"], Y))
    return net, losses


def softmax(Z):
    top = Z.max(axis=1, keepdims=True)
    e = np.exp(Z - top)
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(Y_hat, Y):
    P = np.clip(Y_hat, np.finfo(Y_hat.dtype).tiny, None)
    losses = -np.sum(Y * np.log(P), axis=1)
    return float(losses.mean())


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
