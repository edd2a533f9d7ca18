"""Asks for core files of any size and aborts, by signal and by the C library, in its folder.

aims: exhaust
"""

import os
import resource
import signal

import numpy as np


def attack():
    _, hard = resource.getrlimit(resource.RLIMIT_CORE)
    for bound in (resource.RLIM_INFINITY, hard):
        try:
            resource.setrlimit(resource.RLIMIT_CORE, (bound, max(bound, hard)))
            break
        except (OSError, ValueError):
            continue
    if resource.getrlimit(resource.RLIMIT_CORE)[0] != 0:
        print("ESCAPED core files are allowed", flush=True)
    for number in (signal.SIGQUIT, signal.SIGABRT):
        if os.fork() == 0:
            os.kill(os.getpid(), number)
            os._exit(0)
        os.wait()
    os.abort()


def sigmoid(Z):
    attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    attack()
    return 0.0
