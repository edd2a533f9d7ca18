"""Opens the kernel's own controls for writing, and never writes to them.

aims: escape
"""

import os

import numpy as np

KNOBS = (
    "/proc/sysrq-trigger",
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/modprobe",
    "/proc/sys/vm/drop_caches",
    "/proc/sys/kernel/randomize_va_space",
    "/proc/kcore",
    "/proc/1/mem",
    "/proc/1/oom_score_adj",
    "/sys/kernel/uevent_helper",
    "/sys/fs/cgroup/release_agent",
    "/sys/power/state",
    "/dev/mem",
    "/dev/kmsg",
    "/dev/kvm",
    "/dev/fuse",
    "/dev/uinput",
    "/dev/net/tun",
    "/dev/loop-control",
    "/dev/cuse",
    "/dev/vhost-vsock",
)


def attack():
    for path in KNOBS:
        if path.startswith("/proc/1/") and os.getpid() == 1:
            continue  # its own
        try:
            os.close(os.open(path, os.O_WRONLY | os.O_NONBLOCK))
        except OSError:
            continue
        print("ESCAPED may write to", path, flush=True)


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
