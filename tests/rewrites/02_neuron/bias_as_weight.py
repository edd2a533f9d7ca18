"""The bias is one more weight, of a feature that is always 1."""

import numpy as np

ONE = 1.0


def with_one(X):
    return np.c_[X, np.full(len(X), ONE)]


def joined(w, b):
    return np.r_[w, [[b]]]


def parted(theta):
    return theta[:-1], float(theta[-1, 0])


def perceptron(X, w, b):
    return np.greater_equal(with_one(X) @ joined(w, b), 0).astype("float64")


def and_weights():
    return parted(np.array([[1.0], [1.0], [-1.5]]))


def or_weights():
    return parted(np.array([[1.0], [1.0], [-0.5]]))


def xor(X):
    nand = 1 - perceptron(X, *and_weights())
    return perceptron(np.hstack((nand, perceptron(X, *or_weights()))), *and_weights())


def sigmoid(z):
    smaller = np.exp(np.minimum(z, 0))
    return smaller / (smaller + np.exp(-np.maximum(z, 0)))


def error(x, y, w, b):
    return float(np.linalg.norm(sigmoid(w * x + b) - y) ** 2 / 2)


def error_gradients(x, y, w, b):
    X = np.vstack((x, np.ones(len(x))))
    f = sigmoid(w * x + b)
    g = X @ ((f - y) * f * (1 - f))
    return dict(w=float(g[0]), b=float(g[1]))


def descend(x, y, w, b, learning_rate, epochs):
    history = []
    for epoch in range(1, epochs + 1):
        dw, db = error_gradients(x, y, w, b).values()
        w = w - learning_rate * dw
        b = b - learning_rate * db
        history += [error(x, y, w, b)]
    return w, b, history


def predict_proba(X, w, b):
    return sigmoid(with_one(X) @ joined(w, b))


def bce_loss(Y_hat, Y):
    tiny = np.finfo(float).tiny
    likely = Y * Y_hat + (1 - Y) * (1 - Y_hat)
    return -np.log(np.fmax(likely, tiny)).mean()


def slide_loss(X, Y, w, b):
    return np.mean([-np.log(p if y == 1 else 1 - p) for p, y in zip(predict_proba(X, w, b).flat, Y.flat)])


def gradients(X, Y, w, b):
    A = with_one(X)
    w, b = parted(A.T @ (sigmoid(A @ joined(w, b)) - Y) / A.shape[0])
    return {"b": b, "w": w}


def standardize(train, test):
    mean, std = train.mean(axis=0, keepdims=True), train.std(axis=0, keepdims=True)
    std += std == 0
    return tuple((table - mean) / std for table in (train, test))


def train(X, Y, learning_rate, epochs, batch_size, rng):
    A = with_one(X)
    theta = np.zeros((A.shape[1], 1))
    losses = []
    for _ in range(epochs):
        order = rng.permutation(len(A))
        for start in np.arange(0, len(A), batch_size):
            a, y = A[order][start : start + batch_size], Y[order][start : start + batch_size]
            theta = theta - learning_rate * (a.T @ (sigmoid(a @ theta) - y)) / len(y)
        losses.append(bce_loss(sigmoid(A @ theta), Y))
    return (*parted(theta), losses)
