"""Homework 03."""
import numpy as np


def sigmoid(Z):
    # only exp of numbers <= 0, so no overflow
    e = np.exp(-abs(Z))
    right_side = 1 / (1 + e)
    left_side = e / (1 + e)
    return np.where(Z >= 0, right_side, left_side)


def init_params(n, h, k, rng):
    W1 = rng.uniform(0, 1, size=(n, h))
    W2 = rng.uniform(0, 1, size=(h, k))
    b1 = np.zeros((1, h))
    b2 = np.zeros((1, k))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


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
    shifted = Z - np.amax(Z, axis=-1)[:, np.newaxis]
    expZ = np.exp(shifted)
    norm = np.sum(expZ, axis=-1)[:, np.newaxis]
    return expZ / norm


def cross_entropy(Y_hat, Y):
    guarded = np.maximum(Y_hat, np.finfo(Y_hat.dtype).tiny)
    return float(-np.sum(guarded * np.log(np.maximum(Y, np.finfo(Y_hat.dtype).tiny))) / len(Y))


def classifier_forward(X, params):
    cache = forward(X, params)
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def classifier_backward(cache, Y, params):
    prob = softmax(cache["Y_hat"])
    hidden = cache["H"]
    M = prob.shape[0]
    top = (prob - Y) / M
    low = top.dot(params["W2"].T) * (hidden - hidden ** 2)
    sum_rows = lambda D: D.sum(axis=0, keepdims=True)
    return {"W1": cache["X"].T.dot(low), "b1": sum_rows(low), "W2": hidden.T.dot(top), "b2": sum_rows(top)}


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    d_Y = 2 * (Y_hat - Y) / len(Y)
    d_Z = d_Y.dot(W2.T) * H * (1 - H)
    grads = {}
    grads["W1"] = X.T.dot(d_Z)
    grads["b1"] = d_Z.sum(0)[None, :]
    grads["W2"] = H.T.dot(d_Y)
    grads["b2"] = d_Y.sum(0)[None, :]
    return grads
