"""Layers are objects that remember their input; the graded functions only wire them together."""

import numpy as np


class Dense:
    def __init__(self, W, b):
        self.W = W
        self.b = b

    def forward(self, inputs):
        self.inputs = inputs
        return inputs @ self.W + self.b

    def backward(self, upstream):
        self.dW = self.inputs.T @ upstream
        self.db = upstream.sum(0, keepdims=True)
        return upstream @ self.W.T


class Sigmoid:
    def forward(self, inputs):
        self.outputs = np.exp(-np.logaddexp(0, -inputs))
        return self.outputs

    def backward(self, upstream):
        return upstream * self.outputs * (1 - self.outputs)


class MeanSquaredError:
    @staticmethod
    def value(predicted, target):
        return float(((predicted - target) ** 2).sum() / predicted.shape[0])

    @staticmethod
    def slope(predicted, target):
        return 2 * (predicted - target) / predicted.shape[0]


class CrossEntropy:
    @staticmethod
    def value(predicted, target):
        tiny = np.finfo(predicted.dtype).tiny
        safe = np.where(predicted > tiny, predicted, tiny)
        return float(-(target * np.log(safe)).sum() / predicted.shape[0])

    @staticmethod
    def slope(predicted, target):
        """With respect to the scores, softmax included."""
        return (predicted - target) / predicted.shape[0]


class Network:
    def __init__(self, params):
        self.first = Dense(params["W1"], params["b1"])
        self.activation = Sigmoid()
        self.second = Dense(params["W2"], params["b2"])

    def run(self, X):
        Z1 = self.first.forward(X)
        H = self.activation.forward(Z1)
        return {"X": X, "Z1": Z1, "H": H, "Y_hat": self.second.forward(H)}

    def restore(self, X, H):
        self.first.inputs = X
        self.activation.outputs = H
        self.second.inputs = H

    def gradients(self, upstream):
        upstream = self.second.backward(upstream)
        upstream = self.activation.backward(upstream)
        self.first.backward(upstream)
        return {"W1": self.first.dW, "b1": self.first.db, "W2": self.second.dW, "b2": self.second.db}


class Batches:
    def __init__(self, X, Y, batch_size, rng):
        self.X, self.Y, self.batch_size, self.rng = X, Y, batch_size, rng

    def __iter__(self):
        order = self.rng.permutation(len(self.X))
        while len(order):
            batch, order = order[: self.batch_size], order[self.batch_size :]
            yield self.X[batch], self.Y[batch]


def sigmoid(Z):
    return Sigmoid().forward(Z)


def init_params(n, h, k, rng):
    first, second = Dense(rng.uniform(size=(n, h)), np.zeros((1, h))), Dense(rng.uniform(size=(h, k)), np.zeros((1, k)))
    return {"W1": first.W, "b1": first.b, "W2": second.W, "b2": second.b}


def forward(X, params):
    return Network(params).run(X)


def mse_loss(Y_hat, Y):
    return MeanSquaredError.value(Y_hat, Y)


def backward(cache, Y, params):
    network = Network(params)
    network.restore(cache["X"], cache["H"])
    return network.gradients(MeanSquaredError.slope(cache["Y_hat"], Y))


def gradient_step(params, grads, learning_rate):
    return {key: params[key] - learning_rate * grads[key] for key in ["W1", "b1", "W2", "b2"]}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    batches = Batches(X, Y, batch_size, rng)
    losses = []
    for _ in range(epochs):
        for X_batch, Y_batch in batches:
            network = Network(params)
            Y_hat = network.run(X_batch)["Y_hat"]
            grads = network.gradients(MeanSquaredError.slope(Y_hat, Y_batch))
            params = gradient_step(params, grads, learning_rate)
        losses.append(MeanSquaredError.value(Network(params).run(X)["Y_hat"], Y))
    return params, losses


def softmax(Z):
    e = np.exp(Z - Z.max(1, keepdims=True))
    return e / e.sum(1, keepdims=True)


def cross_entropy(Y_hat, Y):
    return CrossEntropy.value(Y_hat, Y)


def classifier_forward(X, params):
    return {key: softmax(value) if key == "Y_hat" else value for key, value in forward(X, params).items()}


def classifier_backward(cache, Y, params):
    network = Network(params)
    network.restore(cache["X"], cache["H"])
    return network.gradients(CrossEntropy.slope(cache["Y_hat"], Y))


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    network = Network({"W1": W1, "b1": 0, "W2": W2, "b2": 0})
    network.restore(X, H)
    return network.gradients(MeanSquaredError.slope(Y_hat, Y))
