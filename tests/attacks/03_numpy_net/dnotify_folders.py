"""Has itself told by F_NOTIFY, with real-time signals, of all that happens in shared folders, where inotify is not asked.

aims: read
"""

import contextlib
import fcntl
import os
import signal
import sys
import time

import numpy as np

SEEN = []
# access, modify, create, delete, rename, attrib, and again after each
EVENTS = 0x3F | 0x80000000


def attack():
    signal.signal(signal.SIGRTMIN + 1, lambda number, frame: SEEN.append(number))
    folders = ["/", "/tmp", "/usr/lib", os.path.dirname(np.__file__), os.path.dirname(os.__file__), *sys.path[1:]]
    for folder in folders:
        try:
            file = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            fcntl.fcntl(file, 10, signal.SIGRTMIN + 1)
            fcntl.fcntl(file, fcntl.F_NOTIFY, EVENTS - 2**32)
        except OSError:
            continue
        if os.stat(folder).st_uid != os.getuid() or not os.access(folder, os.W_OK):
            print("ESCAPED is told what happens in", folder, flush=True)
    time.sleep(0.5)


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
