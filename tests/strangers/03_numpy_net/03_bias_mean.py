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


def affine(A, W, b):
    return A @ W + b


def forward(X, params):
    pre = affine(X, params["W1"], params["b1"])
    hidden = sigmoid(pre)
    scores = affine(hidden, params["W2"], params["b2"])
    return dict(X=X, Z1=pre, H=hidden, Y_hat=scores)


def mse_loss(Y_hat, Y):
    per_example = np.sum(np.square(Y_hat - Y), axis=1)
    return float(np.mean(per_example))


def backward(cache, Y, params):
    M = Y.shape[0]
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    d_Y = 2 * (Y_hat - Y) / M
    d_W2 = H.T.dot(d_Y)
    d_b2 = d_Y.sum(axis=0, keepdims=True)
    d_H = d_Y.dot(params["W2"].T)
    d_Z = d_H * H * (1 - H)
    d_W1 = X.T.dot(d_Z)
    d_b1 = d_Z.mean(axis=0, keepdims=True)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


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
    top = Z.max(axis=1, keepdims=True)
    e = np.exp(Z - top)
    return e / e.sum(axis=1, keepdims=True)


def cross_entropy(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    safe = np.maximum(Y_hat, tiny)
    return float(-(Y * np.log(safe)).sum() / Y.shape[0])


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
    d_Y = 2 * (Y_hat - Y) / len(Y)
    d_Z = d_Y.dot(W2.T) * H * (1 - H)
    grads = {}
    grads["W1"] = X.T.dot(d_Z)
    grads["b1"] = d_Z.sum(0)[None, :]
    grads["W2"] = H.T.dot(d_Y)
    grads["b2"] = d_Y.sum(0)[None, :]
    return grads
