import numpy as np


def sigmoid(Z):
    # only exp of numbers <= 0, so no overflow
    e = np.exp(-abs(Z))
    right_side = 1 / (1 + e)
    left_side = e / (1 + e)
    return np.where(Z >= 0, right_side, left_side)


def init_params(n, h, k, rng):
    params = {}
    params["W1"] = rng.uniform(size=(n, h))
    params["b1"] = np.zeros((1, h))
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
    updated = {k: v.copy() for k, v in params.items()}
    for k in updated:
        updated[k] -= learning_rate * grads[k]
    return updated


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    theta = {name: value.copy() for name, value in params.items()}
    history = []
    n_examples = len(X)
    n_batches = n_examples // batch_size
    for _ in range(epochs):
        order = rng.permutation(n_examples)
        for b in range(n_batches):
            rows = order[b * batch_size : (b + 1) * batch_size]
            theta = gradient_step(theta, backward(forward(X[rows], theta), Y[rows], theta), learning_rate)
        Y_now = forward(X, theta)["Y_hat"]
        history.append(mse_loss(Y_now, Y))
    return theta, history


def softmax(Z):
    top = Z.max(axis=1, keepdims=True)
    e = np.exp(Z - top)
    return e / e.sum(axis=1, keepdims=True)


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
