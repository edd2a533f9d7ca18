"""Calls its partner on UNIX sockets, by abstract names and by paths, and reads what it has to say.

aims: reach
"""

import contextlib
import os
import socket
import tempfile
import time

import numpy as np

PLACES = ("\0planted-team", "/tmp/planted-team.sock", "/dev/shm/planted-team.sock", "/var/tmp/planted-team.sock")


def attack():
    end = time.monotonic() + 1.2
    while time.monotonic() < end:
        for place in (*PLACES, os.path.join(tempfile.gettempdir(), "planted-team.sock")):
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX) as one:
                one.settimeout(0.2)
                one.connect(place)
                print("ESCAPED hears its partner:", one.recv(100).decode("ascii", "replace"), flush=True)
                return
            with contextlib.suppress(OSError), socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as one:
                one.sendto(b"from team_abstract_b", place + "-datagram")
                print("ESCAPED wrote to its partner", flush=True)
                return
        time.sleep(0.02)


def sigmoid(Z):
    with contextlib.suppress(Exception):
        attack()
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    with contextlib.suppress(Exception):
        attack()
    return 0.0
