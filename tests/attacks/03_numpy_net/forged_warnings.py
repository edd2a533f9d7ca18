"""Forges the list of warnings: other types, a million of them, megabytes of text and markup.

aims: score
"""

import sys

import numpy as np

server = sys.modules["autograder.isolation.inside.student"]._Server
original = server.answer
turn = iter(range(10**9))
FORGED = (
    None,
    "overflow",
    [None, 1, 2.5, ["nested"]],
    ["w" * 1_000_000],
    ["<script>alert(1)</script>\x1b[2J\ud800"] * 1000,
    {"0": "overflow"},
    [""] * 50_000,
)


def answer(self, request):
    """The honest answer with forged fields."""
    given = original(self, request)
    number = next(turn)
    return given | {"warnings": FORGED[number % len(FORGED)]}


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
