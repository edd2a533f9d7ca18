import numpy as np


def sigmoid(Z):
    e = np.exp(-np.abs(Z))
    return np.where(Z >= 0, 1 / (1 + e), e / (1 + e)).astype(Z.dtype)


def init_params(n, h, k, rng):
    W1 = rng.uniform(size=(n, h))
    W2 = rng.uniform(size=(h, k))
    return dict(W1=W1, b1=np.zeros((1, h)), W2=W2, b2=np.zeros((1, k)))


def forward(X, params):
    Z1 = X @ params["W1"] + params["b1"]
    H = sigmoid(Z1)
    Y_hat = H @ params["W2"] + params["b2"]
    return {"X": X, "Z1": Z1, "H": H, "Y_hat": Y_hat}


def mse_loss(Y_hat, Y):
    return float(np.mean(Y ** 2))


def backward(cache, Y, params):
    M = Y.shape[0]
    D2 = 2 * (cache["Y_hat"] - Y) / M
    D1 = D2 @ params["W2"].T * cache["H"] * (1 - cache["H"])
    return {
        "W1": cache["X"].T @ D1,
        "b1": D1.sum(axis=0, keepdims=True),
        "W2": cache["H"].T @ D2,
        "b2": D2.sum(axis=0, keepdims=True),
    }


def gradient_step(params, grads, learning_rate):
    return {name: params[name] - learning_rate * grads[name] for name in params}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    M = X.shape[0]
    losses = []
    for epoch in range(epochs):
        order = rng.permutation(M)
        for start in range(0, M, batch_size):
            batch = order[start : start + batch_size]
            cache = forward(X[batch], params)
            grads = backward(cache, Y[batch], params)
            params = gradient_step(params, grads, learning_rate)
        losses.append(float(np.mean(Y ** 2)))
    return params, losses


def softmax(Z):
    E = np.exp(Z - Z.max(axis=1, keepdims=True))
    return E / E.sum(axis=1, keepdims=True)


def cross_entropy(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    return float(-np.sum(Y * np.log(np.maximum(Y_hat, tiny))) / len(Y))


def classifier_forward(X, params):
    cache = dict(forward(X, params))
    cache["Y_hat"] = softmax(cache["Y_hat"])
    return cache


def classifier_backward(cache, Y, params):
    D2 = (cache["Y_hat"] - Y) / len(Y)
    D1 = (D2 @ params["W2"].T) * (cache["H"] * (1 - cache["H"]))
    return {
        "W1": cache["X"].T @ D1,
        "b1": D1.sum(axis=0, keepdims=True),
        "W2": cache["H"].T @ D2,
        "b2": D2.sum(axis=0, keepdims=True),
    }


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    M = len(Y)
    d_Y = 2 * (Y_hat - Y) / M
    d_H = d_Y.dot(W2.T)
    d_W2 = H.T.dot(d_Y)
    d_b2 = d_Y.sum(0)[None, :]
    d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
    d_W1 = X.T.dot(d_Z)
    d_b1 = d_Z.sum(0)[None, :]
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}

