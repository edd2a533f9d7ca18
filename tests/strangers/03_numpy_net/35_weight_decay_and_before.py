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
    W1, b1, W2, b2 = params["W1"], params["b1"], params["W2"], params["b2"]
    cache = {"X": X}
    cache["Z1"] = np.dot(X, W1) + b1
    cache["H"] = sigmoid(cache["Z1"])
    cache["Y_hat"] = np.dot(cache["H"], W2) + b2
    return cache


def mse_loss(Y_hat, Y):
    per_example = np.sum(np.square(Y_hat - Y), axis=1)
    return float(np.mean(per_example))


def backward(cache, Y, params):
    m = len(Y)
    err = cache["Y_hat"] - Y
    H = cache["H"]
    slope = H - H * H
    back = np.dot(err, params["W2"].T) * slope
    grads = {}
    grads["W2"] = np.dot(H.T, err) * 2 / m
    grads["b2"] = np.sum(err, axis=0).reshape(1, -1) * 2 / m
    grads["W1"] = np.dot(cache["X"].T, back) * 2 / m
    grads["b1"] = np.sum(back, axis=0).reshape(1, -1) * 2 / m
    return grads


def gradient_step(params, grads, learning_rate):
    lr = float(learning_rate)
    new = {}
    for key in params:
        new[key] = params[key] - lr * (grads[key] + 0.01 * params[key])
    return new


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    params = {k: np.array(p) for k, p in params.items()}
    M = X.shape[0]
    losses = []
    for epoch in range(epochs):
        perm = rng.permutation(M)
        X_shuf, Y_shuf = X[perm], Y[perm]
        losses.append(mse_loss(forward(X, params)["Y_hat"], Y))
        for lo in range(0, M, batch_size):
            xb = X_shuf[lo:lo + batch_size]
            yb = Y_shuf[lo:lo + batch_size]
            cache = forward(xb, params)
            grads = backward(cache, yb, params)
            params = gradient_step(params, grads, learning_rate)
    return params, losses


def softmax(Z):
    shifted = Z - np.amax(Z, axis=-1)[:, np.newaxis]
    expZ = np.exp(shifted)
    norm = np.sum(expZ, axis=-1)[:, np.newaxis]
    return expZ / norm


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
    d_Y = 2 * (Y_hat - Y) / len(Y)
    d_Z = d_Y.dot(W2.T) * H * (1 - H)
    grads = {}
    grads["W1"] = X.T.dot(d_Z)
    grads["b1"] = d_Z.sum(0)[None, :]
    grads["W2"] = H.T.dot(d_Y)
    grads["b2"] = d_Y.sum(0)[None, :]
    return grads
