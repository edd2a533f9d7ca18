"""Every product of arrays is an einsum."""

import numpy as np


def perceptron(X, w, b):
    return 1.0 * (np.einsum("mn,no->mo", X, w) >= -b)


def and_weights():
    return np.array([[1.0, 1.0]]).T, np.float64(-1.4)


def or_weights():
    return np.array([[1.0, 1.0]]).T, np.float64(-0.6)


def xor(X):
    W = np.array([[1.0, -1.0], [1.0, -1.0]])  # at least one, and not both
    hidden = (np.einsum("mn,nh->mh", X, W) + np.array([-0.5, 1.5]) >= 0).astype(np.float64)
    return (np.einsum("mh->m", hidden)[:, None] - 1.5 >= 0).astype(np.float64)


def sigmoid(z):
    return np.exp(-np.logaddexp(0, -z))


def error(x, y, w, b):
    gap = sigmoid(w * x + b) - y
    return float(np.einsum("m,m->", gap, gap) / 2)


def error_gradients(x, y, w, b):
    f = sigmoid(w * x + b)
    columns = np.stack([x, np.ones_like(x)])
    dw, db = np.einsum("pm,m,m,m->p", columns, f - y, f, 1 - f)
    return {"w": float(dw), "b": float(db)}


def descend(x, y, w, b, learning_rate, epochs):
    theta, errors = np.array([w, b]), []
    for _ in range(epochs):
        g = error_gradients(x, y, *theta)
        theta = theta - learning_rate * np.array([g["w"], g["b"]])
        errors.append(error(x, y, *theta))
    return float(theta[0]), float(theta[1]), errors


def predict_proba(X, w, b):
    return sigmoid(np.einsum("mn,no->mo", X, w) + b)


def bce_loss(Y_hat, Y):
    tiny = np.finfo(Y_hat.dtype).tiny
    logs = np.log(np.maximum(np.stack([Y_hat, 1 - Y_hat]), tiny))
    return float(-np.einsum("amo,amo->", np.stack([Y, 1 - Y]), logs) / len(Y))


def slide_loss(X, Y, w, b):
    N = len(X)
    fx = predict_proba(X, w, b)[:, 0]
    y = Y[:, 0]
    return float(sum(-(1 / N) * np.log(np.where(y == 0, 1 - fx, fx))))


def gradients(X, Y, w, b):
    D = predict_proba(X, w, b) - Y
    return {"w": np.einsum("mn,mo->no", X, D) / len(X), "b": float(np.einsum("mo->", D) / len(X))}


def standardize(train, test):
    M = len(train)
    mean = np.einsum("mn->n", train) / M
    centred = train - mean
    deviation = np.sqrt(np.einsum("mn,mn->n", centred, centred) / M)
    deviation = np.where(deviation == 0, 1, deviation)
    return np.einsum("mn,n->mn", centred, 1 / deviation), np.einsum("mn,n->mn", test - mean, 1 / deviation)


def train(X, Y, learning_rate, epochs, batch_size, rng):
    w, b, losses = np.zeros((X.shape[1], 1)), 0.0, []
    for _ in range(epochs):
        order = rng.permutation(X.shape[0])
        for rows in np.split(order, range(batch_size, len(order), batch_size)):
            g = gradients(X[rows], Y[rows], w, b)
            w, b = w - learning_rate * g["w"], b - learning_rate * g["b"]
        losses.append(bce_loss(predict_proba(X, w, b), Y))
    return w, b, losses
