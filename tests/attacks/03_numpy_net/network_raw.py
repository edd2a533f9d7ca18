"""Opens raw sockets, packet sockets and an ICMP socket on the loopback.

aims: reach
"""

import socket

import numpy as np

ETH_P_ALL = 3


def attack():
    tries = {
        "raw ICMP": (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_ICMP),
        "raw TCP": (socket.AF_INET, socket.SOCK_RAW, socket.IPPROTO_TCP),
        "raw IPv6": (socket.AF_INET6, socket.SOCK_RAW, socket.IPPROTO_ICMPV6),
        "packet": (getattr(socket, "AF_PACKET", 17), socket.SOCK_RAW, socket.htons(ETH_P_ALL)),
        "packet datagram": (getattr(socket, "AF_PACKET", 17), socket.SOCK_DGRAM, socket.htons(ETH_P_ALL)),
    }
    for name, arguments in tries.items():
        try:
            socket.socket(*arguments).close()
        except OSError:
            continue
        print("ESCAPED raw socket:", name, flush=True)


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
