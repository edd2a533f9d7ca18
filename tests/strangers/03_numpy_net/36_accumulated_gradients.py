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
    z = np.matmul(X, params['W1'])
    z = z + params['b1']
    a = sigmoid(z)
    out = np.matmul(a, params['W2'])
    return {'X': X, 'Z1': z, 'H': a, 'Y_hat': out}


def mse_loss(Y_hat, Y):
    m = len(Y)
    total = 0.0
    for i in range(m):
        total += float(np.sum((Y_hat[i] - Y[i]) ** 2))
    return total / m


def backward(cache, Y, params):
    X, H = cache["X"], cache["H"]
    D2 = (cache["Y_hat"] - Y) * (2 / len(X))
    D1 = np.einsum("ic,jc->ij", D2, params["W2"]) * (H * (1 - H))
    return {
        "W1": np.einsum("ia,ij->aj", X, D1),
        "b1": np.einsum("ij->j", D1)[None, :],
        "W2": np.einsum("ij,ic->jc", H, D2),
        "b2": np.einsum("ic->c", D2)[None, :],
    }


def gradient_step(params, grads, learning_rate):
    lr = float(learning_rate)
    new = {}
    for key in params:
        new[key] = params[key] - lr * grads[key]
    return new


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    net = {k: v.copy() for k, v in params.items()}
    g = {k: np.zeros_like(v) for k, v in params.items()}
    history = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for lo in range(0, len(X), batch_size):
            rows = order[lo : lo + batch_size]
            out = forward(X[rows], net)
            for key, val in backward(out, Y[rows], net).items():
                g[key] = g[key] + val
            net = gradient_step(net, g, learning_rate)
        history.append(mse_loss(forward(X, net)["Y_hat"], Y))
    return net, history


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
    d_Y = 2 * (Y_hat - Y) / len(Y)
    d_Z = d_Y.dot(W2.T) * H * (1 - H)
    grads = {}
    grads["W1"] = X.T.dot(d_Z)
    grads["b1"] = d_Z.sum(0)[None, :]
    grads["W2"] = H.T.dot(d_Y)
    grads["b2"] = d_Y.sum(0)[None, :]
    return grads
