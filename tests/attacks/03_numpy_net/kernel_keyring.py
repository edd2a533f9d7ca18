"""Stores a message for a friend in the kernel's keyrings and reads what others left there.

aims: read
"""

import ctypes
import os
import re

import numpy as np

ADD, CONTROL = {"x86_64": (248, 250), "aarch64": (217, 219)}.get(os.uname().machine, (-1, -1))
READ, SEARCH, GET_PERSISTENT, UNLINK = 11, 10, 22, 9
RINGS = {"thread": -1, "process": -2, "session": -3, "user": -4, "user session": -5}


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    name, text = b"planted-kernel_keyring", b"PLANTED-by-kernel_keyring"
    for ring, number in RINGS.items():
        found = libc.syscall(CONTROL, SEARCH, number, b"user", name, 0)
        if found > 0:
            print("ESCAPED a key of an earlier run in the", ring, "keyring", flush=True)
        key = libc.syscall(ADD, b"user", name, text, ctypes.c_size_t(len(text)), number)
        if key > 0:
            print("ESCAPED wrote a key to the", ring, "keyring", flush=True)
            libc.syscall(CONTROL, UNLINK, key, number)
        if libc.syscall(CONTROL, READ, number, None, 0) >= 0:
            print("ESCAPED reads the", ring, "keyring", flush=True)
    try:
        with open("/proc/keys", "rb") as file:
            for token in re.findall(rb"CANARY-[0-9a-f]{16}", file.read()):
                print("LEAK /proc/keys", token.decode(), flush=True)
    except OSError:
        pass


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
