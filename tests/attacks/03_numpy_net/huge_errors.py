"""Raises errors of 100 MB, chains of 20,000 causes, groups in groups, notes by the thousand and tracebacks without an end.

aims: exhaust
"""

import numpy as np


def sigmoid(Z):
    raise ValueError("x" * 100_000_000)


def softmax(Z):
    error = ValueError("first")
    for number in range(20_000):
        following = ValueError(f"{number}" * 10)
        following.__cause__, following.__context__ = error, error
        error = following
    raise error


def mse_loss(Y_hat, Y):
    error = ValueError("inner")
    group = globals().get("__builtins__")
    group = group.get("ExceptionGroup") if isinstance(group, dict) else getattr(group, "ExceptionGroup", None)
    for _ in range(200):
        error = group("g" * 10_000, [error, error]) if group else error
    raise error


def cross_entropy(Y_hat, Y):
    error = ValueError("noted")
    error.__notes__ = ["note " * 200_000] * 100
    raise error


def forward(X, params):
    # a circle of causes
    first, second = KeyError("a" * 1_000_000), KeyError("b")
    first.__cause__, second.__cause__ = second, first
    raise first


def backward(cache, Y, params, depth=0):
    if depth > 900:
        raise RecursionError("r" * 5_000_000)
    try:
        return backward(cache, Y, params, depth + 1)
    finally:
        str(depth)


def gradient_step(params, grads, learning_rate):
    raise ValueError(*["argument" * 1000] * 20_000, np.zeros(3_000_000))
