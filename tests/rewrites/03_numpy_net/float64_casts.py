"""Computes in float64 whatever arrives, and casts back to the dtype of the arguments at the end."""

import numpy as np


def up(A):
    return np.asarray(A, dtype=np.float64)


def cast_dict(arrays, dtype):
    return {name: np.asarray(value, dtype=dtype) for name, value in arrays.items()}


def sigmoid(Z):
    Z64 = up(Z)
    out = np.empty(Z64.shape, dtype=np.float64)
    positive = Z64 >= 0
    out[positive] = 1.0 / (1.0 + np.exp(-Z64[positive]))
    small = np.exp(Z64[~positive])
    out[~positive] = small / (1.0 + small)
    return out.astype(np.asarray(Z).dtype)


def init_params(n, h, k, rng):
    W1 = up(rng.uniform(0.0, 1.0, size=(n, h)))
    W2 = up(rng.uniform(0.0, 1.0, size=(h, k)))
    b1, b2 = np.zeros((1, h), dtype=np.float64), np.zeros((1, k), dtype=np.float64)
    return {"W1": W1, "b1": b1, "W2": W2, "b2": b2}


def forward64(X, params):
    Z1 = np.add(np.matmul(up(X), up(params["W1"])), up(params["b1"]))
    H = sigmoid(Z1)
    Y_hat = np.add(np.matmul(H, up(params["W2"])), up(params["b2"]))
    return {"X": up(X), "Z1": Z1, "H": H, "Y_hat": Y_hat}


def forward(X, params):
    return cast_dict(forward64(X, params), X.dtype)


def mse_loss(Y_hat, Y):
    difference = np.subtract(up(Y_hat), up(Y))
    return float(np.square(difference).sum(axis=1).mean())


def backward64(X, H, delta2, W2):
    delta1 = np.multiply(np.matmul(delta2, np.transpose(W2)), np.multiply(H, np.subtract(1.0, H)))
    return {
        "W1": np.matmul(np.transpose(X), delta1),
        "b1": np.expand_dims(delta1.sum(axis=0), 0),
        "W2": np.matmul(np.transpose(H), delta2),
        "b2": np.expand_dims(delta2.sum(axis=0), 0),
    }


def backward(cache, Y, params):
    M = np.float64(Y.shape[0])
    delta2 = np.divide(2.0 * (up(cache["Y_hat"]) - up(Y)), M)
    grads = backward64(up(cache["X"]), up(cache["H"]), delta2, up(params["W2"]))
    return cast_dict(grads, params["W2"].dtype)


def gradient_step(params, grads, learning_rate):
    moved = {}
    for name, value in params.items():
        moved[name] = (up(value) - np.float64(learning_rate) * up(grads[name])).astype(value.dtype)
    return moved


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    dtype = params["W1"].dtype
    current = {name: np.array(value, dtype=np.float64, copy=True) for name, value in params.items()}
    X64, Y64 = up(X), up(Y)
    losses = []
    for _ in range(epochs):
        order = rng.permutation(X64.shape[0])
        for start in range(0, X64.shape[0], batch_size):
            chosen = order[start : start + batch_size]
            cache = forward64(X64[chosen], current)
            current = gradient_step(current, backward(cache, Y64[chosen], current), learning_rate)
        losses.append(mse_loss(forward64(X64, current)["Y_hat"], Y64))
    return cast_dict(current, dtype), losses


def softmax64(Z):
    e = np.exp(Z - np.amax(Z, axis=1, keepdims=True))
    return np.divide(e, np.sum(e, axis=1, keepdims=True))


def softmax(Z):
    return softmax64(up(Z)).astype(Z.dtype)


def cross_entropy(Y_hat, Y):
    floor = np.float64(np.finfo(Y_hat.dtype).tiny)
    logs = np.log(np.where(up(Y_hat) < floor, floor, up(Y_hat)))
    return float(-(up(Y) * logs).sum(axis=1).mean())


def classifier_forward(X, params):
    cache = forward64(X, params)
    cache["Y_hat"] = softmax64(cache["Y_hat"])
    return cast_dict(cache, X.dtype)


def classifier_backward(cache, Y, params):
    delta2 = (up(cache["Y_hat"]) - up(Y)) / np.float64(Y.shape[0])
    grads = backward64(up(cache["X"]), up(cache["H"]), delta2, up(params["W2"]))
    return cast_dict(grads, params["W2"].dtype)


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    d_Y = 2.0 * (up(Y_hat) - up(Y)) / np.float64(Y.shape[0])
    return cast_dict(backward64(up(X), up(H), d_Y, up(W2)), W2.dtype)
