"""Globals that run for ever, or fill memory, whenever they are read; each question reads another.

aims: exhaust
"""

import itertools

FOREVER = max(itertools.count())
MEMORY = [bytearray(2**20) for _ in itertools.count()]
NAMES = {number: str(number) * 1000 for number in itertools.count()}


def deeper(depth):
    return depth + RECURSE if depth < 10**6 else 0


RECURSE = deeper(1)


def sigmoid(Z):
    return FOREVER


def softmax(Z):
    return MEMORY


def forward(X, params):
    return NAMES


def mse_loss(Y_hat, Y):
    return RECURSE


def backward(cache, Y, params):
    return FOREVER, MEMORY
