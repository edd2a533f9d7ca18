"""Watching what a student process and everything below it use: memory that no single limit of the kernel adds up."""

from __future__ import annotations

import os
import time
from pathlib import Path

from autograder.isolation.linux import children_of
from autograder.isolation.settings import Limits

_MEGABYTE = 2**20
_INTERVAL = 0.05
_MOST_FILES = 20_000


class Watch:
    """Looks at the descendants of this process; made before the first of them.

    Args:
        limits: What they may use together.

    Attributes:
        folder: A scratch folder on disk, or "" where it is a file system of its own and so bounded already.
    """

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.folder = ""
        # pages that every descendant is born with, and shares
        self._inherited = _resident(os.getpid())
        self._next_look = 0.0
        self._next_look_at_folder = 0.0

    def exceeded(self) -> str:
        """Which limit is exceeded (`memory`, `processes`, `scratch`), or ""; looks every 50 ms, however often asked."""
        if time.monotonic() < self._next_look:
            return ""
        self._next_look = time.monotonic() + _INTERVAL
        family = descendants_of(os.getpid(), self._limits.processes + 1)
        if len(family) > self._limits.processes:
            return "processes"
        limit = self._limits.memory_mb * _MEGABYTE
        if sum(map(_resident, family)) - self._inherited > limit and sum(map(_own_share, family)) > limit:
            return "memory"
        if self.folder and time.monotonic() > self._next_look_at_folder:
            start = time.monotonic()
            if _size_of(self.folder) > self._limits.scratch_mb * _MEGABYTE:
                return "scratch"
            # a look at many files takes long: never more than a tenth of the time
            self._next_look_at_folder = start + max(0.3, 10 * (time.monotonic() - start))
        return ""


def descendants_of(pid: int, most: int) -> list[int]:
    """Processes below a process, at most so many."""
    found: list[int] = []
    waiting = children_of(pid)
    while waiting and len(found) < most:
        found.append(waiting.pop())
        waiting += children_of(found[-1])
    return found


def tasks_of(uid: int) -> int:
    """How many processes and threads a user runs: what the kernel compares RLIMIT_NPROC with."""
    count = 0
    for folder in Path("/proc").iterdir():
        try:
            if folder.name.isdigit() and folder.stat().st_uid == uid:
                count += len(os.listdir(folder / "task"))  # noqa: PTH208
        except OSError:
            continue
    return count


def _resident(pid: int) -> int:
    """Bytes of memory that a process has written to, pages shared with a parent included; quick."""
    return _sum_of_lines(f"/proc/{pid}/status", ("RssAnon:", "RssShmem:"))


def _own_share(pid: int) -> int:
    """The same with each page divided among those who share it; slow. 0 for a process that has just ended."""
    try:
        return _sum_of_lines(f"/proc/{pid}/smaps_rollup", ("Pss_Anon:", "Pss_Shmem:"), strict=True)
    except PermissionError:
        # a process can make itself unreadable: then all that it has is taken for its own
        return _resident(pid)
    except OSError:
        return 0


def _sum_of_lines(path: str, names: tuple[str, ...], strict: bool = False) -> int:
    try:
        lines = Path(path).read_text().splitlines()
    except OSError:
        if strict:
            raise
        return 0
    return sum(1024 * int(line.split()[1]) for line in lines if line.startswith(names))


def _size_of(folder: str) -> int:
    """Bytes on disk in a folder. So many files that counting them takes long are taken for too much."""
    total = count = 0
    waiting = [folder]
    while waiting:
        try:
            with os.scandir(waiting.pop()) as entries:
                for entry in entries:
                    count += 1
                    total += 512 * entry.stat(follow_symlinks=False).st_blocks
                    if entry.is_dir(follow_symlinks=False):
                        waiting.append(entry.path)
                    if count > _MOST_FILES:
                        return 2**62
        except OSError:
            continue
    return total
