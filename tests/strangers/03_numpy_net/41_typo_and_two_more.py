"""Homework 03."""
import numpy as np


def sigmoid(Z):
    out = np.empty_like(Z)
    pos = Z >= 0
    out[pos] = 1 / (1 + np.exp(-Z[pos]))
    ez = np.exp(Z[~pos])
    out[~pos] = ez / (1 + ez)
    return out


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = rng.uniform(size=(n, h))
    params["b1"] = np.zeros(h)
    params["W2"] = rng.uniform(size=(h, k))
    params["b2"] = np.zeros((1, k))
    return params


def affine(A, W, b):
    return A @ W + b


def forward(X, params):
    pre = affine(X, params["W1"], params["b1"])
    hidden = sigmoid(pre)
    scores = affine(hidden, params["W2"], params["b2"])
    return dict(X=X, Z1=pre, H=hidden, Y_hat=scores)


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
    current = dict((key, params[key].copy()) for key in params)
    losses = []
    for e in range(epochs):
        idx = rng.permutation(X.shape[0])
        start = 0
        while start < len(idx):
            chosen = idx[start:start + batch_size]
            out = forward(X[chosen], current)
            g = backward(out, Y[chosen], current)
            current = gradient_step(current, g, learning_rate)
            start += batch_size
        full = forward(X, current)
        losses.append(mse_loss(full["Y_hat"], Y))
    return current, losses


def softmax(Z):
    P = np.zeros_like(Z)
    for i in range(len(Z)):
        row = np.exp(Z[i] - np.max(Z[i]))
        P[i] = row / np.sum(row)
    return P


def cross_entropy(Y_hat, Y):
    P = np.clip(Y_hat, np.finfo(Y_hat.dtype).tiny, None)
    losses = -np.sum(Y * np.log(P), axis=1)
    return float(losses.sum())


def classifier_forward(X, params):
    cache = forward(X, params)
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def sum_over_examples(D):
    return D.sum(axis=0, keepdim=True)


def classifier_backward(cache, Y, params):
    H = cache["H"]
    D2 = (cache["Y_hat"] - Y) / len(Y)
    D1 = (D2 @ params["W2"].T) * H * (1 - H)
    return {"W1": cache["X"].T @ D1, "b1": sum_over_examples(D1), "W2": H.T @ D2, "b2": sum_over_examples(D2)}


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    d_Y = 2 * (Y_hat - Y) / len(Y)
    d_Z = d_Y.dot(W2.T) * H * (1 - H)
    grads = {}
    grads["W1"] = X.T.dot(d_Z)
    grads["b1"] = d_Z.sum(0)[None, :]
    grads["W2"] = H.T.dot(d_Y)
    grads["b2"] = d_Y.sum(0)[None, :]
    return grads
