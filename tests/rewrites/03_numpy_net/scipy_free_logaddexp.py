"""Works with logarithms wherever an exponential could overflow, through np.logaddexp."""

import numpy as np


def log_sigmoid(Z):
    return -np.logaddexp(np.zeros_like(Z), -Z)


def sigmoid(Z):
    return np.exp(log_sigmoid(Z))


def log_softmax(Z):
    return Z - np.logaddexp.reduce(Z, axis=1, keepdims=True)


def softmax(Z):
    return np.exp(log_softmax(Z))


def init_params(n, h, k, rng):
    W1, W2 = (rng.uniform(size=shape) for shape in ((n, h), (h, k)))
    return {"W1": W1, "b1": np.zeros((1, h)), "W2": W2, "b2": np.zeros((1, k))}


def forward(X, params):
    Z1 = np.dot(X, params["W1"]) + params["b1"]
    H = sigmoid(Z1)
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": np.dot(H, params["W2"]) + params["b2"]}


def mse_loss(Y_hat, Y):
    E = np.ravel(Y_hat - Y)
    return float(np.vdot(E, E) / len(Y))


def backward(cache, Y, params):
    scale = 2.0 / len(Y)
    D2 = scale * (cache["Y_hat"] - Y)
    # the derivative of the sigmoid as sigma(z) sigma(-z): no cancellation in 1 - H
    D1 = np.dot(D2, params["W2"].T) * np.exp(log_sigmoid(cache["Z1"]) + log_sigmoid(-cache["Z1"]))
    return {
        "W2": np.dot(cache["H"].T, D2),
        "b2": np.add.reduce(D2, axis=0, keepdims=True),
        "W1": np.dot(cache["X"].T, D1),
        "b1": np.add.reduce(D1, axis=0, keepdims=True),
    }


def gradient_step(params, grads, learning_rate):
    return {name: np.subtract(params[name], np.multiply(learning_rate, grads[name])) for name in grads}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    M = len(X)
    number_of_batches = int(np.ceil(M / batch_size))
    losses = []
    for _ in range(epochs):
        order = rng.permutation(M)
        for b in range(number_of_batches):
            rows = order[b * batch_size : min((b + 1) * batch_size, M)]
            grads = backward(forward(X[rows], params), Y[rows], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
    return params, losses


def cross_entropy(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    logs = np.full_like(Y_hat, np.log(tiny))
    np.log(Y_hat, out=logs, where=Y_hat > tiny)
    return float(np.sum(-Y * logs, axis=1).mean())


def classifier_forward(X, params):
    cache = forward(X, params)
    return dict(cache, Y_hat=softmax(cache["Y_hat"]))


def classifier_backward(cache, Y, params):
    # 2 (P − Y) / M is what backward makes of its output error: half of its result is the gradient wanted here
    return {name: grad / 2 for name, grad in backward(cache, Y, params).items()}


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    return backward({"X": X, "Z1": Z, "H": H, "Y_hat": Y_hat}, Y, {"W1": W1, "W2": W2})
