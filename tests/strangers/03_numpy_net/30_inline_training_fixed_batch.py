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
    out = {}
    for layer, (rows, cols) in enumerate([(n, h), (h, k)], start=1):
        out[f"W{layer}"] = rng.uniform(size=(rows, cols))
        out[f"b{layer}"] = np.zeros((1, cols))
    return out


def forward(X, params):
    z = np.matmul(X, params['W1'])
    z = z + params['b1']
    a = sigmoid(z)
    out = np.matmul(a, params['W2'])
    out = out + params['b2']
    return {'X': X, 'Z1': z, 'H': a, 'Y_hat': out}


def mse_loss(Y_hat, Y):
    m = len(Y)
    total = 0.0
    for i in range(m):
        total += float(np.sum((Y_hat[i] - Y[i]) ** 2))
    return total / m


def backward(cache, Y, params):
    M = Y.shape[0]
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    d_Y = 2 * (Y_hat - Y) / M
    d_W2 = H.T.dot(d_Y)
    d_b2 = d_Y.sum(axis=0, keepdims=True)
    d_H = d_Y.dot(params["W2"].T)
    d_Z = d_H * H * (1 - H)
    d_W1 = X.T.dot(d_Z)
    d_b1 = d_Z.sum(axis=0, keepdims=True)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


def gradient_step(params, grads, learning_rate):
    updated = {k: v.copy() for k, v in params.items()}
    for k in updated:
        updated[k] -= learning_rate * grads[k]
    return updated


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    P = {name: np.copy(value) for name, value in params.items()}
    lr = float(learning_rate)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            ids = order[start:start + batch_size]
            c = forward(X[ids], P)
            D2 = 2 * (c["Y_hat"] - Y[ids]) / batch_size
            D1 = (D2 @ P["W2"].T) * c["H"] * (1 - c["H"])
            P["W2"] = P["W2"] - lr * (c["H"].T @ D2)
            P["b2"] = P["b2"] - lr * D2.sum(axis=0, keepdims=True)
            P["W1"] = P["W1"] - lr * (c["X"].T @ D1)
            P["b1"] = P["b1"] - lr * D1.sum(axis=0, keepdims=True)
        losses.append(mse_loss(forward(X, P)["Y_hat"], Y))
    return P, losses


def softmax(Z):
    top = Z.max(axis=1, keepdims=True)
    e = np.exp(Z - top)
    return e / e.max(axis=1, keepdims=True)


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
    grads["b2"] = d_Y.sum(0)[None, :]
    return grads
