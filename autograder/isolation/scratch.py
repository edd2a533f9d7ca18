"""The private folder of one student process: made by the grader, removed by whoever is last, whatever is in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import tempfile
from pathlib import Path

_NAME = "autograder-home"


def new_scratch(user: int | None) -> str:
    """A private folder for one student process, inside one of ours: who owns a folder may not rename it there.

    Args:
        user: The unprivileged user whose it is to be, or None.
    """
    outer = Path(tempfile.mkdtemp(prefix="autograder-"))
    folder = outer / _NAME
    folder.mkdir(mode=0o700)
    if user is not None:
        outer.chmod(0o711)
        os.chown(folder, user, user)
    return str(folder)


def remove_scratch(folder: str) -> None:
    """Removes a scratch folder; no process that could change it is left."""
    outer = str(Path(folder).parent)
    try:
        shutil.rmtree(outer)
    except FileNotFoundError:
        pass
    except (OSError, RecursionError):
        # folders that forbid their owner to enter, or nested a thousand deep
        for command in (["chmod", "-R", "u+rwx", outer], ["rm", "-rf", outer]):
            subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)
