# Assignment 3

import numpy as np


def sigmoid(Z):
    up = np.exp(np.minimum(Z, 0))
    down = np.exp(-np.maximum(Z, 0))
    return up / (up + down)


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = rng.uniform(size=(n, h))
    params["b1"] = np.zeros((1, h))
    params["W2"] = rng.uniform(size=(h, k))
    params["b2"] = np.zeros((1, k))
    return params


def forward(X, params):
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    cache = {"X": X}
    cache["Z1"] = np.dot(X, W1) + b1
    cache["H"] = sigmoid(cache["Z1"])
    cache["Y_hat"] = np.dot(cache["H"], W2) + b2
    return cache


def mse_loss(Y_hat, Y):
    m = len(Y)
    total = 0.0
    for i in range(m):
        total += float(np.sum((Y_hat[i] - Y[i]) ** 2))
    return total / m


def backward(cache, Y, params):
    A0, A1, A2 = cache["X"], cache["H"], cache["Y_hat"]
    n_ex = A0.shape[0]
    dA2 = (A2 - Y) * 2 / n_ex
    dA1 = dA2 @ params["W2"].transpose()
    dZ1 = dA1
    result = dict()
    result["W1"] = A0.transpose() @ dZ1
    result["b1"] = dZ1.sum(axis=0, keepdims=True)
    result["W2"] = A1.transpose() @ dA2
    result["b2"] = dA2.sum(axis=0, keepdims=True)
    return result


def gradient_step(params, grads, learning_rate):
    eta = float(learning_rate)
    W1 = params["W1"] - eta * grads["W1"]
    b1 = params["b1"] - eta * grads["b1"]
    W2 = params["W2"] - eta * grads["W2"]
    b2 = params["b2"] - eta * grads["b2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    theta = {name: value.copy() for name, value in params.items()}
    history = []
    n_examples = len(X)
    n_batches = -(-n_examples // batch_size)  # rounded up
    for _ in range(epochs):
        order = rng.permutation(n_examples)
        for b in range(n_batches):
            rows = order[b * batch_size : (b + 1) * batch_size]
            theta = gradient_step(theta, backward(forward(X[rows], theta), Y[rows], theta), learning_rate)
        Y_now = forward(X, theta)["Y_hat"]
        history.append(mse_loss(Y_now, Y))
    return theta, history


def softmax(Z):
    P = np.zeros_like(Z)
    for i in range(len(Z)):
        row = np.exp(Z[i] - np.max(Z[i]))
        P[i] = row / np.sum(row)
    return P


def cross_entropy(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    safe = np.maximum(Y_hat, tiny)
    return float(-(Y * np.log(safe)).sum() / Y.shape[0])


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
    M = X.shape[0]
    d_Y = 2 * (Y_hat - Y) / M
    d_H = d_Y.dot(W2.T)
    d_W2 = H.T.dot(d_Y)
    d_b2 = np.sum(d_Y, axis=0, keepdims=True)
    d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
    d_W1 = X.T.dot(d_Z)
    d_b1 = np.sum(d_Z, axis=0, keepdims=True)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}
