"""Stops itself in the middle of an answer; a child wakes it after 20 s.

aims: exhaust
"""

import os
import signal
import time

import numpy as np


def attack():
    own = os.getpid()
    if os.fork() == 0:
        time.sleep(20)
        os.kill(own, signal.SIGCONT)
        os._exit(0)
    os.kill(own, signal.SIGSTOP)
    # process 1 of a namespace ignores its own SIGSTOP
    end = time.monotonic() + 20
    while time.monotonic() < end:
        signal.sigtimedwait([signal.SIGUSR1], 1)


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
