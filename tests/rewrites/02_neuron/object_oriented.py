"""A neuron is an object; the graded functions only use it."""

import numpy as np


class Neuron:
    def __init__(self, w, b):
        self.w, self.b = w, b

    def score(self, X):
        return X.dot(self.w) + self.b

    def fires(self, X):
        return np.heaviside(self.score(X), 1.0)

    def probability(self, X):
        return Logistic.value(self.score(X))

    def gradient(self, X, Y):
        error = self.probability(X) - Y
        return {"w": np.dot(X.T, error) / X.shape[0], "b": np.mean(error)}

    def step(self, X, Y, rate):
        moved = self.gradient(X, Y)
        self.w = self.w - rate * moved["w"]
        self.b = self.b - rate * moved["b"]


class Logistic:
    @staticmethod
    def value(z):
        result = np.empty_like(z)
        high = z >= 0
        result[high] = 1 / (1 + np.exp(-z[high]))
        e = np.exp(z[~high])
        result[~high] = e / (1 + e)
        return result


class Scaler:
    def fit(self, X):
        self.mean = X.mean(0)
        self.std = X.std(0)
        self.std[self.std == 0] = 1.0
        return self

    def transform(self, X):
        return (X - self.mean) / self.std


def perceptron(X, w, b):
    return Neuron(w, b).fires(X)


def and_weights():
    return np.full((2, 1), 10.0), -15.0


def or_weights():
    return np.full((2, 1), 10.0), -5.0


def xor(X):
    either, both = Neuron(*or_weights()).fires(X), Neuron(*and_weights()).fires(X)
    return Neuron(np.array([[20.0], [-20.0]]), -10.0).fires(np.concatenate((either, both), axis=1))


def sigmoid(z):
    return Logistic.value(z)


def error(x, y, w, b):
    neuron = Neuron(np.array([[w]]), b)
    return 0.5 * float(np.square(neuron.probability(x[:, None])[:, 0] - y).sum())


def error_gradients(x, y, w, b):
    f = Neuron(np.array([[w]]), b).probability(x[:, None])[:, 0]
    delta = (f - y) * (f - f**2)
    return {"w": float(delta @ x), "b": float(delta.sum())}


def descend(x, y, w, b, learning_rate, epochs):
    errors = []
    while len(errors) < epochs:
        g = error_gradients(x, y, w, b)
        w, b = w - learning_rate * g["w"], b - learning_rate * g["b"]
        errors.append(error(x, y, w, b))
    return w, b, errors


def predict_proba(X, w, b):
    return Neuron(w, b).probability(X)


def bce_loss(Y_hat, Y):
    likely = np.where(Y == 1, Y_hat, 1 - Y_hat)
    return float(-np.log(np.clip(likely, np.finfo(np.float64).tiny, None)).mean())


def slide_loss(X, Y, w, b):
    return bce_loss(predict_proba(X, w, b), Y)


def gradients(X, Y, w, b):
    return Neuron(w, b).gradient(X, Y)


def standardize(train, test):
    scaler = Scaler().fit(train)
    return scaler.transform(train), scaler.transform(test)


def train(X, Y, learning_rate, epochs, batch_size, rng):
    neuron, losses = Neuron(np.zeros((X.shape[1], 1)), 0.0), []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        X_epoch, Y_epoch = X[order], Y[order]
        for i in range(0, len(X), batch_size):
            neuron.step(X_epoch[i : i + batch_size], Y_epoch[i : i + batch_size], learning_rate)
        losses.append(bce_loss(neuron.probability(X), Y))
    return neuron.w, neuron.b, losses
