"""Finds its partner by name in /proc and reaches for it: signals, limits, processors, memory, descriptors.

aims: reach
"""

import contextlib
import ctypes
import os
import signal
import time

import numpy as np

NAMES = {"a": b"planted-sig-a", "b": b"planted-sig-b"}
libc = ctypes.CDLL(None)


def partners(name):
    """Processes that bear the partner's name."""
    for pid in filter(str.isdigit, os.listdir("/proc")):
        with contextlib.suppress(OSError), open(f"/proc/{pid}/comm", "rb") as file:
            if file.read().strip() == name:
                yield int(pid)


def attack():
    if not os.path.basename(os.environ.get("HOME", "")).startswith("autograder-"):
        return
    libc.prctl(15, NAMES["b"], 0, 0, 0)
    signal.signal(signal.SIGUSR2, lambda *rest: print("ESCAPED a signal from its partner", flush=True))
    end = time.monotonic() + 1.2
    while time.monotonic() < end:
        for pid in partners(NAMES["a"]):
            with contextlib.suppress(OSError):
                os.kill(pid, signal.SIGUSR2)
                print("ESCAPED a signal to its partner", flush=True)
            with contextlib.suppress(OSError):
                os.close(os.open(f"/proc/{pid}/mem", os.O_RDWR))
                print("ESCAPED its partner's memory", flush=True)
            with contextlib.suppress(OSError):
                os.listdir(f"/proc/{pid}/fd")
                print("ESCAPED its partner's descriptors", flush=True)
            return
        time.sleep(0.02)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
