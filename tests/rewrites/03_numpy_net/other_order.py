"""The same algebra in another order: sums first and 1/M last, one-pass losses, biases as an extra row."""

import numpy as np


def sigmoid(Z):
    return np.reciprocal(1 + np.exp(-np.maximum(Z, -80))) * (Z > -80) + np.exp(np.minimum(Z, -80)) * (Z <= -80)


def init_params(n, h, k, rng):
    params = {}
    for index, (rows, columns) in enumerate([(n, h), (h, k)], start=1):
        params[f"W{index}"] = rng.uniform(size=(rows, columns))
        params[f"b{index}"] = params[f"W{index}"][:1] * 0
    return params


def with_ones(A):
    return np.concatenate([A, np.ones((A.shape[0], 1), dtype=A.dtype)], axis=1)


def forward(X, params):
    Z1 = with_ones(X) @ np.vstack([params["W1"], params["b1"]])
    H = sigmoid(Z1)
    Y_hat = with_ones(H) @ np.vstack([params["W2"], params["b2"]])
    return {"Y_hat": Y_hat, "H": H, "Z1": Z1, "X": X}


def mse_loss(Y_hat, Y):
    # the mean over all entries, times the number of outputs
    return float(np.mean((Y - Y_hat) ** 2) * Y.shape[1])


def gradients_of_sum(X, H, errors, W2):
    """Gradients for unscaled output errors; the last row of each product belongs to the bias."""
    hidden = (errors @ W2.T) * (H - H * H)
    layer1 = with_ones(X).T @ hidden
    layer2 = with_ones(H).T @ errors
    return {"W1": layer1[:-1], "b1": layer1[-1:], "W2": layer2[:-1], "b2": layer2[-1:]}


def backward(cache, Y, params):
    grads = gradients_of_sum(cache["X"], cache["H"], Y - cache["Y_hat"], params["W2"])
    M = cache["X"].shape[0]
    return {name: grad * -2 / M for name, grad in grads.items()}


def gradient_step(params, grads, learning_rate):
    new = {name: value.copy() for name, value in params.items()}
    for name in new:
        new[name] -= learning_rate * grads[name]
    return new


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    M = X.shape[0]
    losses = np.zeros(epochs)
    for epoch in range(epochs):
        order = rng.permutation(M)
        X_shuffled, Y_shuffled = X[order], Y[order]
        for step in range(-(-M // batch_size)):
            rows = slice(step * batch_size, (step + 1) * batch_size)
            cache = forward(X_shuffled[rows], params)
            params = gradient_step(params, backward(cache, Y_shuffled[rows], params), learning_rate)
        losses[epoch] = mse_loss(forward(X, params)["Y_hat"], Y)
    return params, losses.tolist()


def softmax(Z):
    shifted = Z - Z.max(axis=1, keepdims=True)
    return np.exp(shifted - np.log(np.exp(shifted).sum(axis=1, keepdims=True)))


def cross_entropy(Y_hat, Y):
    # the probability of the true class is the only one that Y lets through
    true_class = (Y_hat * Y).sum(axis=1)
    return float(np.mean(-np.log(np.maximum(true_class, np.finfo(true_class.dtype).tiny))))


def classifier_forward(X, params):
    cache = forward(X, params)
    return {"Y_hat": softmax(cache["Y_hat"]), "H": cache["H"], "Z1": cache["Z1"], "X": X}


def classifier_backward(cache, Y, params):
    grads = gradients_of_sum(cache["X"], cache["H"], Y - cache["Y_hat"], params["W2"])
    return {name: -grad / cache["X"].shape[0] for name, grad in grads.items()}


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    M = X.shape[0]
    d_Y = Y_hat - Y
    d_W2 = 2 / M * H.T.dot(d_Y)
    d_b2 = 2 / M * d_Y.sum(axis=0).reshape(1, -1)
    s = sigmoid(Z)
    d_Z = d_Y.dot(W2.T) * s * (1 - s)
    d_W1 = 2 / M * X.T.dot(d_Z)
    d_b1 = 2 / M * d_Z.sum(axis=0).reshape(1, -1)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}
