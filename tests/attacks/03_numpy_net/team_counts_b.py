"""Notices that its partner has used up what is counted by user: it gets no process, pipe, watch or message any more.

aims: change
"""

import contextlib
import ctypes
import errno
import fcntl
import os
import socket
import time

import numpy as np

libc = ctypes.CDLL(None, use_errno=True)


def attack():
    end = time.monotonic() + 1.2
    while time.monotonic() < end:
        read_end, write_end = os.pipe()
        if fcntl.fcntl(read_end, 1032) < 65536:
            print("ESCAPED its pipes are narrow, as somebody else's are wide", flush=True)
            return
        os.close(read_end), os.close(write_end)
        watch = libc.inotify_init1(0)
        if watch < 0 and ctypes.get_errno() == errno.EMFILE:
            print("ESCAPED somebody else has its inotify instances", flush=True)
            return
        if watch >= 0:
            os.close(watch)
        try:
            child = os.fork()
            if child == 0:
                os._exit(0)
            os.waitpid(child, 0)
        except BlockingIOError:
            print("ESCAPED somebody else has its processes", flush=True)
            return
        first, second = socket.socketpair()
        try:
            socket.send_fds(first, [b"\0"], [first.fileno()])
        except OSError as error:
            if error.errno == errno.ETOOMANYREFS:
                print("ESCAPED somebody else has its descriptors in flight", flush=True)
                return
        first.close(), second.close()
        time.sleep(0.02)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
