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
    Z1 = X.dot(params["W1"]) + params["b1"]
    H = sigmoid(Z1)
    Y_hat = H.dot(params["W2"]) + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}


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
    d_b1 = d_Z.sum(axis=0, keepdims=True)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


def gradient_step(params, grads, learning_rate):
    lr = float(learning_rate)
    new = {}
    for key in params:
        new[key] = params[key] - lr * grads[key]
    return new


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
    shifted = Z - np.max(Z, axis=1, keepdims=True)
    log_norm = np.log(np.sum(np.exp(shifted), axis=0, keepdims=True))
    return np.exp(shifted - log_norm)


def cross_entropy(Y_hat, Y):
    P = np.clip(Y_hat, np.finfo(Y_hat.dtype).tiny, None)
    losses = -np.sum(Y * np.log(P), axis=1)
    return float(losses.mean())


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
