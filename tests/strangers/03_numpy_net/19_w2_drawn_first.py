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
    W2 = rng.uniform(0, 1, size=(h, k))
    W1 = rng.uniform(0, 1, size=(n, h))
    b1 = np.zeros((1, h))
    b2 = np.zeros((1, k))
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def forward(X, params):
    Z1 = X.dot(params["W1"]) + params["b1"]
    H = sigmoid(Z1)
    Y_hat = H.dot(params["W2"]) + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}


def mse_loss(Y_hat, Y):
    diff = Y_hat - Y
    M = Y.shape[0]
    return float((diff * diff).sum() / M)


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
    eta = float(learning_rate)
    W1 = params["W1"] - eta * grads["W1"]
    b1 = params["b1"] - eta * grads["b1"]
    W2 = params["W2"] - eta * grads["W2"]
    b2 = params["b2"] - eta * grads["b2"]
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    params = {k: np.array(p) for k, p in params.items()}
    M = X.shape[0]
    losses = []
    for epoch in range(epochs):
        perm = rng.permutation(M)
        X_shuf, Y_shuf = X[perm], Y[perm]
        for lo in range(0, M, batch_size):
            xb = X_shuf[lo:lo + batch_size]
            yb = Y_shuf[lo:lo + batch_size]
            cache = forward(xb, params)
            grads = backward(cache, yb, params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses


def softmax(Z):
    shifted = Z - np.amax(Z, axis=-1)[:, np.newaxis]
    expZ = np.exp(shifted)
    norm = np.sum(expZ, axis=-1)[:, np.newaxis]
    return expZ / norm


def cross_entropy(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    safe = np.maximum(Y_hat, tiny)
    return float(-(Y * np.log(safe)).sum() / Y.shape[0])


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
