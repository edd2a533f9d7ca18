#!/usr/bin/env python3
# -*- coding: utf-8 -*-
"""A script with a main function: training, pictures and self-checks only run when started by hand."""

import argparse
import sys

import numpy as np

__all__ = ["sigmoid", "init_params", "forward", "backward", "train"]

NAMES = ("W1", "b1", "W2", "b2")
np.set_printoptions(precision=4)


def sigmoid(Z):
    return np.exp(np.minimum(Z, 0)) / (1 + np.exp(-np.abs(Z)))


def init_params(n, h, k, rng):
    """Weights in [0, 1), biases 0."""
    W1 = rng.uniform(low=0, high=1, size=(n, h))
    W2 = rng.uniform(low=0, high=1, size=(h, k))
    return dict(zip(NAMES, (W1, np.zeros((1, h)), W2, np.zeros((1, k)))))


def forward(X, params):
    W1, b1, W2, b2 = (params[name] for name in NAMES)
    Z1 = X @ W1
    Z1 += b1
    H = sigmoid(Z1)
    Y_hat = H @ W2
    Y_hat += b2
    return dict(X=X, Z1=Z1, H=H, Y_hat=Y_hat)


def mse_loss(Y_hat, Y):
    return sum(float(row @ row) for row in Y_hat - Y) / len(Y)


def backward(cache, Y, params):
    M = Y.shape[0]
    X, H, Y_hat = cache["X"], cache["H"], cache["Y_hat"]
    dY_hat = Y_hat - Y
    dY_hat *= 2
    dY_hat /= M
    dW2 = np.matmul(H.T, dY_hat)
    db2 = np.ones((1, M), dtype=dY_hat.dtype) @ dY_hat
    dZ1 = np.matmul(dY_hat, params["W2"].T)
    dZ1 *= H
    dZ1 *= 1 - H
    dW1 = np.matmul(X.T, dZ1)
    db1 = np.ones((1, M), dtype=dZ1.dtype) @ dZ1
    return {"W1": dW1, "b1": db1, "W2": dW2, "b2": db2}


def gradient_step(params, grads, learning_rate):
    return {name: params[name] + -learning_rate * grads[name] for name in NAMES}


def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    # own copies, updated in place: the arrays that came in stay as they are
    weights = {name: np.copy(params[name]) for name in NAMES}
    losses = []
    while len(losses) < epochs:
        queue = list(rng.permutation(X.shape[0]))
        while queue:
            batch, queue = queue[:batch_size], queue[batch_size:]
            grads = backward(forward(X[batch], weights), Y[batch], weights)
            for name in NAMES:
                weights[name] -= learning_rate * grads[name]
        losses.append(mse_loss(forward(X, weights)["Y_hat"], Y))
    return weights, losses


def softmax(Z):
    E = np.array(Z, copy=True)
    E -= np.max(E, axis=1, keepdims=True)
    np.exp(E, out=E)
    E /= np.sum(E, axis=1, keepdims=True)
    return E


def cross_entropy(Y_hat, Y):
    smallest = np.finfo(Y_hat.dtype).tiny
    return float(np.sum(Y * -np.log(np.clip(Y_hat, smallest, 1))) / Y.shape[0])


def classifier_forward(X, params):
    cache = forward(X, params)
    scores = cache.pop("Y_hat")
    cache["Y_hat"] = softmax(scores)
    return cache


def classifier_backward(cache, Y, params):
    # one example after the other: subtract 1 at the true class
    P, H, X = cache["Y_hat"], cache["H"], cache["X"]
    M = Y.shape[0]
    dZ2 = P.copy()
    for i, true_class in enumerate(np.argmax(Y, axis=1)):
        dZ2[i, true_class] -= 1
    dZ2 /= M
    dZ1 = (dZ2 @ params["W2"].T) * (H * (1 - H))
    return {
        "W1": X.T @ dZ1,
        "b1": dZ1.sum(axis=0, keepdims=True),
        "W2": H.T @ dZ2,
        "b2": dZ2.sum(axis=0, keepdims=True),
    }


def slide_backward(X, Z, H, Y_hat, Y, W1, W2):
    num_examples = X.shape[0]
    d_Y = 2 * (Y_hat - Y) / num_examples
    d_H = d_Y.dot(W2.T)
    d_W2 = H.T.dot(d_Y)
    d_b2 = d_Y.sum(axis=0, keepdims=True)
    d_Z = d_H * sigmoid(Z) * (1 - sigmoid(Z))
    # X itself, not its gradient
    d_W1 = X.T.dot(d_Z)
    d_b1 = d_Z.sum(axis=0, keepdims=True)
    return {"W1": d_W1, "b1": d_b1, "W2": d_W2, "b2": d_b2}


def main(arguments=None):
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--epochs", type=int, default=100)
    options = parser.parse_args(arguments)
    rng = np.random.default_rng(options.seed)
    X = rng.normal(size=(60, 3))
    Y = np.sin(X[:, :1])
    _, losses = train(X, Y, init_params(3, 6, 1, rng), 0.1, options.epochs, 10, rng)
    print(f"loss {losses[0]:.4f} -> {losses[-1]:.4f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
