"""Files that are there whole or not at all, and where this user's cache lies."""

from __future__ import annotations

import os
import secrets
from pathlib import Path


def cache_folder() -> Path:
    """Where banks are kept: `$AUTOGRADER_CACHE`, or `tfkit-autograder` in the user's cache folder."""
    named = os.environ.get("AUTOGRADER_CACHE")
    if named:
        return Path(named)
    base = os.environ.get("XDG_CACHE_HOME") or os.path.expanduser("~/.cache")  # noqa: PTH111 - never raises
    return Path(base) / "tfkit-autograder"


def write_atomic(path: str | Path, text: str | bytes, encoding: str = "utf-8") -> Path:
    """Write a file such that a reader, or a crash, sees the old content or the new one and nothing between."""
    path = Path(path)
    path.parent.mkdir(parents=True, exist_ok=True)
    # not tempfile.mkstemp: its files are private (0600), and a report is made to be shown to others
    temporary = path.with_name(f".{secrets.token_hex(8)}.tmp")
    try:
        temporary.write_bytes(text.encode(encoding) if isinstance(text, str) else text)
        temporary.replace(path)
    except BaseException:
        temporary.unlink(missing_ok=True)
        raise
    return path
