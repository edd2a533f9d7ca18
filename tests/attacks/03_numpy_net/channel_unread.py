"""Answers for ever without reading a request, until the grader's own writing blocks.

aims: exhaust
"""

import os
import socket
import stat
import time

import numpy as np
from autograder.wire import Channel


def channel():
    """The socket to the grader: the first connected stream socket among the open descriptors."""
    for descriptor in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                return socket.socket(fileno=os.dup(descriptor))
        except OSError:
            continue
    raise NotImplementedError("no socket found")


def attack():
    connection = channel()
    answers = Channel(connection)
    end = time.monotonic() + 20
    while time.monotonic() < end:
        answers.send({"value": np.zeros((2, 2)), "changed": [], "warnings": [], "seconds": 0.0}, deadline=end)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
