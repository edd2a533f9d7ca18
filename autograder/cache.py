"""Where this user's cache lies: banks of wrong answers, which no submission is to see."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Where banks are kept: `$AUTOGRADER_CACHE`, or `tfkit-autograder` in the user's cache folder."""
    named = os.environ.get("AUTOGRADER_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(base) / "tfkit-autograder"
