"""Homework 03."""
import numpy as np


def sigmoid(Z):
    res = np.zeros(Z.shape)
    big = Z >= 0
    res[big] = 1 / (1 + np.exp(-Z[big]))
    small_exp = np.exp(Z[~big])
    res[~big] = small_exp / (small_exp + 1)
    return res


def init_params(n, h, k, rng):
    W1 = rng.uniform(0, 1, size=(n, h))
    W2 = rng.uniform(0, 1, size=(h, k))
    b1 = np.zeros((1, h))
    b2 = np.zeros((1, k))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def forward(X, params):
    z = np.matmul(X, params['W1'])
    z = z + params['b1']
    a = sigmoid(z)
    out = np.matmul(a, params['W2'])
    out = out + params['b2']
    return {'X': X, 'Z1': z, 'H': a, 'Y_hat': out}


def mse_loss(Y_hat, Y):
    per_example = np.sum(np.square(Y_hat - Y), axis=1)
    return float(np.mean(per_example))


def backward(cache, Y, params):
    grads = {name: np.zeros_like(value) for name, value in params.items()}
    M = len(Y)
    for i in range(M):
        x = cache["X"][i : i + 1]
        a = cache["H"][i : i + 1]
        d2 = 2 * (cache["Y_hat"][i : i + 1] - Y[i : i + 1]) / M
        d1 = d2 @ params["W2"].T * a * (1 - a)
        grads["W2"] += a.T @ d2
        grads["b2"] = d2
        grads["W1"] += x.T @ d1
        grads["b1"] += d1
    return grads


def gradient_step(params, grads, learning_rate):
    updated = {k: v.copy() for k, v in params.items()}
    for k in updated:
        updated[k] -= learning_rate * grads[k]
    return updated


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
