"""Makes nodes of block and character devices in its folder, which it never opens, and removes them.

aims: escape
"""

import os
import stat

import numpy as np


def attack():
    if not os.path.basename(os.environ.get("HOME", "")).startswith("autograder-"):
        return
    nodes = {"block": (stat.S_IFBLK, 7, 250), "memory": (stat.S_IFCHR, 1, 1), "terminal": (stat.S_IFCHR, 5, 0)}
    for name, (kind, major, minor) in nodes.items():
        path = f"planted-device_node-{name}"
        try:
            os.mknod(path, kind | 0o600, os.makedev(major, minor))
        except OSError:
            continue
        print("ESCAPED made a", name, "device", flush=True)
        os.unlink(path)


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
