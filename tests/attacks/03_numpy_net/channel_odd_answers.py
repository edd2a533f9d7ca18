"""Answers in the grader's own format with what it may not expect: NaN seconds, endless lists, unknown handles.

aims: score
"""

import os
import socket
import stat
import time

import numpy as np
from autograder.wire import Channel, FrameError, Handle


def channel():
    """The socket to the grader: the first connected stream socket among the open descriptors."""
    for descriptor in range(3, 256):
        try:
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                return socket.socket(fileno=os.dup(descriptor))
        except OSError:
            continue
    raise NotImplementedError("no socket found")


def nested(depth):
    value = []
    for _ in range(depth):
        value = [value]
    return value


ODD = [
    {"value": True, "seconds": float("nan")},
    {"value": 0.0, "seconds": float("inf"), "changed": [], "warnings": []},
    {"value": 0.0, "seconds": 1e308, "changed": [[10**9, 0]], "warnings": ["<b>" * 1000] * 1000},
    {"value": 0.0, "seconds": -1e308, "changed": "all", "warnings": None},
    {"value": nested(90), "seconds": 0.0, "changed": [], "warnings": []},
    {"value": Handle(2**62, "Sequential"), "seconds": 0.0, "changed": [], "warnings": []},
    {"missing": 7, "seconds": 0.0},
    {"error": ["no", "text"], "where": 3, "seconds": 0.0},
    {"error": "", "seconds": 0.0},
    {"seconds": 0.0},
    {"value": 10**4000, "seconds": 0.0, "changed": [], "warnings": []},
    {"value": np.zeros((0, 2**40)), "seconds": 0.0, "changed": [], "warnings": []},
]


def attack():
    answers = Channel(channel())
    turn = time.monotonic_ns() // 1000 % len(ODD)
    for index in range(len(ODD)):
        try:
            answers.send(ODD[(turn + index) % len(ODD)])
        except FrameError:
            continue


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
