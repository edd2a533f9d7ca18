# Assignment 3

import numpy as np


def sigmoid(Z):
    """Logistic function of every entry."""
    shrunk = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1, shrunk) / (1 + shrunk)


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
    X, H = cache["X"], cache["H"]
    D2 = np.clip((cache["Y_hat"] - Y) * (2 / len(X)), -0.1, 0.1)
    D1 = np.einsum("ic,jc->ij", D2, params["W2"]) * (H * (1 - H))
    return {
        "W1": np.einsum("ia,ij->aj", X, D1),
        "b1": np.einsum("ij->j", D1)[None, :],
        "W2": np.einsum("ij,ic->jc", H, D2),
        "b2": np.einsum("ic->c", D2)[None, :],
    }


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
            theta = gradient_step(theta, backward(forward(X[rows], theta), Y[rows], theta), learning_rate / len(rows))
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
    grads["b2"] = d_Y.mean(0)[None, :]
    return grads
