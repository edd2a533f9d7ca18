"""The private folder of one student process: made by the grader, removed by whoever is last, whatever is in it."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

_NAME = "autograder-home"
_PREFIX = "autograder-"


def new_scratch(user: int | None) -> str:
    """A private folder for one student process, inside one of ours: who owns a folder may not rename it there."""
    outer = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{os.getpid()}-"))
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
        shutil.rmtree(outer, onerror=_pass_over_what_is_gone)
    except (OSError, RecursionError):
        # folders that forbid their owner to enter, or nested a thousand deep
        for command in (["chmod", "-R", "u+rwx", outer], ["rm", "-rf", outer]):
            # Windows has neither, and lets go of a process's files a moment after its end
            with contextlib.suppress(FileNotFoundError):
                subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False)


def remove_scratch_of(pid: int) -> None:
    """Removes what a grader process that was killed had made, and had given to no keeper yet."""
    for outer in Path(tempfile.gettempdir()).glob(f"{_PREFIX}{pid}-*"):
        remove_scratch(str(outer / _NAME))


def _pass_over_what_is_gone(function: Any, path: str, information: Any) -> None:
    # keeper and grader may be at it at the same time
    if not isinstance(information[1], FileNotFoundError):
        raise information[1]
