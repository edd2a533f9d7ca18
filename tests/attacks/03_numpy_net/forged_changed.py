"""Forges the list of changed arguments: positions that do not exist, expected values, and nothing where it changed all.

aims: score
"""

import sys

import numpy as np

server = sys.modules["autograder.isolation.inside.student"]._Server
original = server.answer
turn = iter(range(10**9))
FORGED = (
    [[0, 1.0], [1, None], [10**9, 0.0], [-1, 0.0], [True, 0.0], [0.0, 0.0]],
    "changed",
    [0, 1, 2],
    [[index, {"W1": np.zeros((5, 4))}] for index in range(200)],
    {"0": 0.0},
    None,
    [[0]],
    [[[0, 1], 2]],
)


def answer(self, request):
    """The honest answer with forged fields."""
    given = original(self, request)
    number = next(turn)
    return given | {"changed": FORGED[number % len(FORGED)]}


server.answer = answer


def sigmoid(Z):
    return np.zeros(Z.shape)


def softmax(Z):
    return np.zeros(Z.shape)


def mse_loss(Y_hat, Y):
    return 0.0


def backward(cache, Y, params):
    return {name: np.zeros(value.shape) for name, value in params.items()}


def gradient_step(params, grads, learning_rate):
    return {name: np.zeros(value.shape) for name, value in params.items()}
