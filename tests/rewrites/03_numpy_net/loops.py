"""Every sum is a loop, as one would write it straight from the formulas."""

import math

import numpy as np


def sigmoid(Z):
    out = np.zeros(Z.shape, dtype=Z.dtype)
    for index in np.ndindex(*Z.shape):
        z = float(Z[index])
        if z >= 0:
            out[index] = 1.0 / (1.0 + math.exp(-z))
        else:
            out[index] = math.exp(z) / (1.0 + math.exp(z))
    return out


def init_params(n, h, k, rng):
    W1 = rng.uniform(size=(n, h))
    W2 = rng.uniform(size=(h, k))
    return {"W1": W1, "W2": W2, "b1": np.zeros([1, h]), "b2": np.zeros([1, k])}


def forward(X, params):
    M, n = X.shape
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    h, k = W2.shape
    Z1 = np.zeros((M, h), dtype=X.dtype)
    for i in range(M):
        for j in range(h):
            total = b1[0, j]
            for a in range(n):
                total = total + X[i, a] * W1[a, j]
            Z1[i, j] = total
    H = sigmoid(Z1)
    Y_hat = np.zeros((M, k), dtype=X.dtype)
    for i in range(M):
        for c in range(k):
            total = b2[0, c]
            for j in range(h):
                total = total + H[i, j] * W2[j, c]
            Y_hat[i, c] = total
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}


def mse_loss(Y_hat, Y):
    M, k = Y.shape
    loss = 0.0
    for i in range(M):
        for c in range(k):
            loss += (float(Y_hat[i, c]) - float(Y[i, c])) ** 2
    return loss / M


def backward(cache, Y, params):
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    W2 = params["W2"]
    M, k = Y.shape
    n = X.shape[1]
    h = H.shape[1]
    grads = {key: np.zeros_like(params[key]) for key in ("W1", "b1", "W2", "b2")}
    for i in range(M):
        delta_out = []
        for c in range(k):
            delta_out.append(2 * (Y_hat[i, c] - Y[i, c]) / M)
            grads["b2"][0, c] += delta_out[c]
        for j in range(h):
            delta = 0
            for c in range(k):
                grads["W2"][j, c] += H[i, j] * delta_out[c]
                delta += delta_out[c] * W2[j, c]
            delta *= H[i, j] * (1 - H[i, j])
            grads["b1"][0, j] += delta
            for a in range(n):
                grads["W1"][a, j] += X[i, a] * delta
    return grads


def gradient_step(params, grads, learning_rate):
    new = {}
    for key in params:
        new[key] = np.empty_like(params[key])
        for index in np.ndindex(*params[key].shape):
            new[key][index] = params[key][index] - learning_rate * grads[key][index]
    return new


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    M = X.shape[0]
    losses = []
    for _epoch in range(epochs):
        order = rng.permutation(M)
        position = 0
        while position < M:
            rows = []
            while position < M and len(rows) < batch_size:
                rows.append(order[position])
                position += 1
            X_batch = np.array([X[r] for r in rows])
            Y_batch = np.array([Y[r] for r in rows])
            cache = forward(X_batch, params)
            params = gradient_step(params, backward(cache, Y_batch, params), learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses


def softmax(Z):
    P = np.zeros_like(Z)
    for i in range(Z.shape[0]):
        largest = max(float(z) for z in Z[i])
        exps = [math.exp(float(z) - largest) for z in Z[i]]
        for c in range(Z.shape[1]):
            P[i, c] = exps[c] / sum(exps)
    return P


def cross_entropy(Y_hat, Y):
    tiny = float(np.finfo(Y_hat.dtype).tiny)
    total = 0.0
    for p_row, y_row in zip(Y_hat, Y):
        for p, y in zip(p_row, y_row):
            if y > 0:
                total -= float(y) * math.log(max(float(p), tiny))
    return total / len(Y)


def classifier_forward(X, params):
    cache = forward(X, params)
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def classifier_backward(cache, Y, params):
    X, H, P = cache["X"], cache["H"], cache["Y_hat"]
    M = len(X)
    grads = {key: np.zeros_like(value) for key, value in params.items()}
    for i in range(M):
        d2 = (P[i] - Y[i]) / M
        d1 = np.zeros_like(H[i])
        for j in range(len(d1)):
            d1[j] = sum(d2 * params["W2"][j]) * H[i, j] * (1 - H[i, j])
        grads["W2"] += np.outer(H[i], d2)
        grads["b2"] += d2
        grads["W1"] += np.outer(X[i], d1)
        grads["b1"] += d1
    return grads


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    params = {
        "W1": W1,
        "b1": np.zeros((1, W1.shape[1]), dtype=W1.dtype),
        "W2": W2,
        "b2": np.zeros((1, W2.shape[1]), dtype=W2.dtype),
    }
    return backward({"X": X, "Z1": Z, "H": H, "Y_hat": Y_hat}, Y, params)
