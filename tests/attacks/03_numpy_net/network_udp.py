"""Sends datagrams to the loopback address, connected and not connected.

aims: reach
"""

import socket

import numpy as np


def attack():
    for kind in (socket.SOCK_DGRAM, socket.SOCK_DGRAM | socket.SOCK_NONBLOCK):
        try:
            with socket.socket(socket.AF_INET, kind) as datagrams:
                datagrams.sendto(b"EXFIL network_udp", ("127.0.0.1", 61999))
                datagrams.connect(("127.0.0.1", 61999))
                datagrams.send(b"EXFIL network_udp")
        except OSError:
            continue


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
