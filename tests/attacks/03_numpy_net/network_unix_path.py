"""Connects to a UNIX socket in /tmp, by its path, by a link to it, and by way of an open folder.

aims: reach
"""

import os
import socket

import numpy as np

VICTIM = "/tmp/autograder-victim.sock"


def attack():
    paths = [VICTIM, "planted-link"]
    try:
        os.symlink(VICTIM, "planted-link")
    except OSError:
        pass
    try:
        folder = os.open("/tmp", os.O_RDONLY | os.O_DIRECTORY)
        paths.append(f"/proc/self/fd/{folder}/autograder-victim.sock")
    except OSError:
        pass
    for path in paths:
        for kind in (socket.SOCK_STREAM, socket.SOCK_DGRAM):
            try:
                with socket.socket(socket.AF_UNIX, kind) as connection:
                    connection.settimeout(2)
                    connection.connect(path)
                    connection.send(b"EXFIL network_unix_path")
            except OSError:
                continue


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
