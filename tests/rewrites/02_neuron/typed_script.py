#!/usr/bin/env python3
"""A typed script with a main function and self-checks that run only when it is started by hand."""

from __future__ import annotations

import sys

import numpy as np

Array = np.ndarray


def perceptron(X: Array, w: Array, b: float) -> Array:
    return np.array([[float(row @ w[:, 0] + b >= 0)] for row in X])


def and_weights() -> tuple[Array, float]:
    return np.array([[2], [2]]), -3


def or_weights() -> tuple[Array, float]:
    return np.array([[2], [2]]), -1


def xor(X: Array) -> Array:
    hidden = np.block([[perceptron(X, *or_weights()), perceptron(X, *and_weights())]])
    return perceptron(hidden, *(np.array([[5.0], [-7.0]]), -1.0))


def sigmoid(z: Array) -> Array:
    positive = 1 / (1 + np.exp(-np.abs(z)))
    return np.where(z >= 0, positive, np.exp(np.minimum(z, 0)) * positive)


def neuron(x: Array, w: float, b: float) -> Array:
    return sigmoid(w * x + b)


def error(x: Array, y: Array, w: float, b: float) -> float:
    return sum(0.5 * float(gap) ** 2 for gap in neuron(x, w, b) - y)


def error_gradients(x: Array, y: Array, w: float, b: float) -> dict[str, float]:
    f = neuron(x, w, b)
    d = np.multiply.reduce([f - y, f, 1 - f])
    return {"w": float(np.vdot(d, x)), "b": float(np.add.reduce(d))}


def descend(
    x: Array, y: Array, w: float, b: float, learning_rate: float, epochs: int
) -> tuple[float, float, list[float]]:
    errors: list[float] = []
    for _ in range(epochs):
        g = error_gradients(x, y, w, b)
        (w, b) = (w - learning_rate * g["w"], b - learning_rate * g["b"])
        errors.append(error(x, y, w, b))
    return (w, b, errors)


def predict_proba(X: Array, w: Array, b: float) -> Array:
    return sigmoid((X * w.T).sum(axis=1, keepdims=True) + b)


def bce_loss(Y_hat: Array, Y: Array) -> float:
    tiny = np.finfo(float).tiny
    is_one = Y.astype(bool)
    likely = Y_hat * is_one + (1 - Y_hat) * ~is_one
    likely[likely < tiny] = tiny
    return float(np.sum(np.log(likely)) / -len(Y))


def slide_loss(X: Array, Y: Array, w: Array, b: float) -> float:
    N = len(X)
    loss = 0.0
    for x, y in zip(X, Y):
        fx = predict_proba(np.array([x]), w, b)[0][0]
        if y == 0:
            loss += -(1 / N) * np.log(1 - fx)
        else:
            loss += -(1 / N) * np.log(fx)
    return float(loss)


def gradients(X: Array, Y: Array, w: Array, b: float) -> dict[str, Array | float]:
    residual = (predict_proba(X, w, b) - Y) / len(X)
    return {"w": (residual * X).sum(axis=0).reshape(-1, 1), "b": float((residual * 1).sum())}


def standardize(train: Array, test: Array) -> tuple[Array, Array]:
    mu = train.mean(axis=0)
    sigma = np.sqrt(((train - mu) ** 2).mean(axis=0))
    sigma = np.array([s if s > 0 else 1 for s in sigma])
    return (train - mu) / sigma, (test - mu) / sigma


def train(
    X: Array, Y: Array, learning_rate: float, epochs: int, batch_size: int, rng: np.random.Generator
) -> tuple[Array, float, list[float]]:
    w, b = np.zeros((X.shape[1], 1)), 0.0
    losses: list[float] = []
    for _ in range(epochs):
        order = rng.permutation(len(X))
        for start in range(0, len(X), batch_size):
            rows = order[start : start + batch_size]
            residual = predict_proba(X[rows], w, b) - Y[rows]
            w = w - learning_rate * np.mean(residual * X[rows], axis=0, keepdims=True).T
            b = b - learning_rate * float(np.mean(residual))
        losses.append(bce_loss(predict_proba(X, w, b), Y))
    return w, b, losses


def main() -> int:
    corners = np.array([[0.0, 0.0], [0.0, 1.0], [1.0, 0.0], [1.0, 1.0]])
    print(xor(corners))
    return 0


if __name__ == "__main__":
    sys.exit(main())
