"""Homework 03."""
import numpy as np


def sigmoid(Z):
    up = np.exp(np.minimum(Z, 0))
    down = np.exp(-np.maximum(Z, 0))
    return up / (up + down)


def init_params(n, h, k, rng):
    out = {}
    for layer, (rows, cols) in enumerate([(n, h), (h, k)], start=1):
        out[f"W{layer}"] = rng.uniform(size=(rows, cols))
        out[f"b{layer}"] = np.zeros((1, cols))
    return out


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
    m = float(len(Y))
    resid = cache["Y_hat"] - Y
    d_out = 1 / m * resid
    d_hid = (d_out @ params["W2"].T) * (cache["H"] * (1 - cache["H"]))
    return {
        "W1": cache["X"].T @ d_hid,
        "b1": np.sum(d_hid, axis=0),
        "W2": cache["H"].T @ d_out,
        "b2": np.sum(d_out, axis=0, keepdims=True),
    }


def gradient_step(params, grads, learning_rate):
    lr = float(learning_rate)
    new = {}
    for key in params:
        new[key] = params[key] - lr * grads[key]
    return new


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
    top = Z.max(axis=1, keepdims=True)
    e = np.exp(Z - top)
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(Y_hat, Y):
    P = np.clip(Y_hat, np.finfo(Y_hat.dtype).tiny, None)
    losses = -np.sum(Y * np.log(P), axis=1)
    return float(losses.mean())


def classifier_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Z2 = H @ params["W2"] + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": softmax(Z2)}


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
