# Assignment 3

import numpy as np


def sigmoid(Z):
    up = np.exp(np.minimum(Z, 0))
    down = np.exp(-np.maximum(Z, 0))
    return up / (up + down)


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
        total += float(np.sum(np.abs(Y_hat[i] - Y[i])))
    return total / m


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
    lr = float(learning_rate)
    new = {}
    for key in params:
        new[key] = params[key] - lr * grads[key]
    return new


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    w = {}
    for k in params:
        w[k] = params[k].copy()
    losses = []
    for ep in range(1, epochs):
        order = rng.permutation(len(Y))
        for i in range(0, len(Y), batch_size):
            b = order[i:i + batch_size]
            g = backward(forward(X[b], params), Y[b], params)
            w = gradient_step(w, g, learning_rate)
        losses.append(mse_loss(forward(X, w)["Y_hat"], Y))
    return w, losses


def softmax(Z):
    shifted = Z - np.amax(Z, axis=-1)[:, np.newaxis]
    expZ = np.exp(shifted)
    norm = np.sum(expZ, axis=-1)[:, np.newaxis]
    return expZ / norm


def cross_entropy(Y_hat, Y):
    M = len(Y)
    smallest = np.finfo(Y_hat.dtype).tiny
    total = 0.0
    for i in range(M):
        p = Y_hat[i, np.argmax(Y[i])]
        total -= float(np.log(max(p, smallest)))
    return total / M


def classifier_forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Z2 = H @ params["W2"] + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": softmax(Z2)}


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
