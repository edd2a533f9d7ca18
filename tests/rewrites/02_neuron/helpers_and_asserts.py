"""Helpers, assertions of shapes, a class of settings, and everything in place on copies."""

from dataclasses import dataclass

import numpy as np

TINY = float(np.finfo(np.float64).tiny)


@dataclass
class Step:
    w: np.ndarray
    b: float


def scores(X, w, b):
    assert X.ndim == 2 and w.shape == (X.shape[1], 1), (X.shape, w.shape)
    result = np.matmul(X, w)
    result += b
    return result


def threshold(z):
    fired = np.zeros(z.shape)
    fired[z >= 0] = 1
    return fired


def perceptron(X, w, b):
    return threshold(scores(X, w, b))


def gate(bias):
    return np.ones((2, 1)), bias


def and_weights():
    return gate(-1.5)


def or_weights():
    return gate(-0.5)


def xor(X):
    hidden = np.empty((len(X), 2))
    for column, gate_weights in enumerate((or_weights, and_weights)):
        hidden[:, column : column + 1] = perceptron(X, *gate_weights())
    return perceptron(hidden, np.array([[2.0], [-2.0]]), -1.0)


def sigmoid(z):
    return 0.5 * (1 + np.tanh(0.5 * z))


def forward(x, w, b):
    return sigmoid(np.asarray(x * w + b))


def error(x, y, w, b):
    assert x.shape == y.shape
    residual = forward(x, w, b)
    residual -= y
    residual **= 2
    return residual.sum().item() / 2


def error_gradients(x, y, w, b):
    f = forward(x, w, b)
    common = f - y
    common *= f
    common *= 1 - f
    return {"b": common.sum().item(), "w": np.dot(common, x).item()}


def descend(x, y, w, b, learning_rate, epochs):
    place, errors = Step(w, b), [0.0] * epochs
    for number in range(epochs):
        slope = error_gradients(x, y, place.w, place.b)
        place = Step(place.w - learning_rate * slope["w"], place.b - learning_rate * slope["b"])
        errors[number] = error(x, y, place.w, place.b)
    return place.w, place.b, errors


def predict_proba(X, w, b):
    return sigmoid(scores(X, w, b))


def safe_log(p):
    return np.log(np.where(p < TINY, TINY, p))


def bce_loss(Y_hat, Y):
    assert Y_hat.shape == Y.shape
    terms = np.where(Y > 0.5, safe_log(Y_hat), safe_log(1.0 - Y_hat))
    return -terms.mean().item()


def slide_loss(X, Y, w, b):
    N = len(X)
    loss = 0
    for i in range(N):
        fx = predict_proba(X[i : i + 1], w, b).item()
        loss -= np.log(fx if Y[i, 0] else 1 - fx)
    return float(loss / N)


def gradients(X, Y, w, b):
    D = predict_proba(X, w, b)
    D -= Y
    D /= Y.size
    grads = {"w": np.matmul(X.transpose(), D), "b": D.sum().item()}
    assert grads["w"].shape == w.shape
    return grads


def standardize(train, test):
    results = []
    mean, std = np.average(train, axis=0), np.std(train, axis=0)
    flat = np.ptp(train, axis=0) == 0
    for table in (train, test):
        scaled = np.subtract(table, mean)
        scaled[:, ~flat] /= std[~flat]
        results.append(scaled)
    return results[0], results[1]


def batches(order, size):
    while order.size:
        yield order[:size]
        order = order[size:]


def train(X, Y, learning_rate, epochs, batch_size, rng):
    w, b = np.zeros_like(X[:1].T, dtype=float), 0.0
    losses = []
    for _ in range(epochs):
        for rows in batches(rng.permutation(Y.shape[0]), batch_size):
            grads = gradients(X[rows], Y[rows], w, b)
            w -= learning_rate * grads["w"]
            b -= learning_rate * grads["b"]
        losses.append(bce_loss(predict_proba(X, w, b), Y))
    return w, b, losses
