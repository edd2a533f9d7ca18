"""Notices when a file is saved, by looking at it: that works on network drives and every system alike."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.fingerprint import fingerprint
from autograder.text import one_line

# seconds between two looks, and between two that must see the same: what is half written is not read
_PAUSE, _STILL = 0.1, 0.04
# seconds that a file may be gone, empty or locked while an editor saves it, and its folder, on a drive that stumbles
_PATIENCE, _OF_FOLDER = 0.7, 2.0
# of larger files the content is not looked at each time
_MOST_BYTES = 1_000_000
_SECOND = 10**9

# when it was written, its size, its number on disk and, where the clock of its drive is coarse, its content
Stamp = tuple[int, int, int, str]


@dataclass(frozen=True)
class Saved:
    """A save that was noticed.

    Attributes:
        path: The file.
        noticed: When it was seen first, by `time.monotonic`.
        is_gone: Whether it is not there any more.
    """

    path: Path
    noticed: float
    is_gone: bool = False


class Saves:
    """Looks at files from the moment on at which it is made.

    Args:
        paths: The files; some need not be there yet. All are in one folder.
        pause: Waits for some seconds.
    """

    def __init__(self, paths: Sequence[Path], pause: Callable[[float], None] = time.sleep) -> None:
        self._pause = pause
        # the folder that a command is run in may go
        self._absolute = {path: path.absolute() for path in paths}
        self._seen = {path: (_stamp(full), _content(full)) for path, full in self._absolute.items()}

    def next(self) -> Saved:
        """Waits for the next save, and until it is complete.

        Raises:
            UsageError: When the folder is not there any more.
        """
        while True:
            for path, full in self._absolute.items():
                stamp, content = self._seen[path]
                if _stamp(full) == stamp:
                    continue
                noticed = time.monotonic()
                self._seen[path] = found = self._settled(full)
                if found[0] is None:
                    self._demand_folder(full.parent)
                    if stamp is not None:
                        return Saved(path, noticed, is_gone=True)
                # on some drives a file's number changes by itself
                elif stamp is None or found[1] != content or found[0][0] != stamp[0]:
                    return Saved(path, noticed)
            self._pause(_PAUSE)

    def _settled(self, path: Path) -> tuple[Stamp | None, str]:
        """What is there when it does not change any more; a file that is gone, empty or locked is waited for."""
        deadline = time.monotonic() + _PATIENCE
        while True:
            stamp = _stamp(path)
            self._pause(_STILL)
            content = _content(path)
            is_late = time.monotonic() > deadline
            if stamp == _stamp(path) and ((stamp is not None and stamp[1] and content) or is_late):
                return stamp, content

    def _demand_folder(self, folder: Path) -> None:
        deadline = time.monotonic() + _OF_FOLDER
        while not folder.is_dir():
            if time.monotonic() > deadline:
                raise UsageError(f"{one_line(str(folder))} is gone, and there is nothing to watch any more")
            self._pause(_PAUSE)


def _stamp(path: Path) -> Stamp | None:
    """What changes when a file is saved; None where there is none."""
    try:
        found = path.stat()
    except OSError:
        return None
    is_coarse = found.st_mtime_ns % _SECOND == 0 and found.st_size <= _MOST_BYTES
    return found.st_mtime_ns, found.st_size, found.st_ino, _content(path) if is_coarse else ""


def _content(path: Path) -> str:
    """A hash of what is in a file; "" where it cannot be read."""
    try:
        return fingerprint(path.read_bytes())
    except OSError:
        return ""
