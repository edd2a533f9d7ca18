"""Watching what a student process and everything below it use: what no single limit of the kernel adds up."""

from __future__ import annotations

import os
import time
from dataclasses import dataclass

from autograder.isolation.sandbox.confine import Confinement
from autograder.isolation.sandbox.linux import bytes_of, children_of
from autograder.isolation.settings import Limits

_MEGABYTE = 2**20
_INTERVAL = 0.05
# of a core: however much there is to look at, looking takes no more
_MOST_WORK = 0.1
_MOST_FILES = 20_000
_MOST_RELEASED = 1000
# a look at shared pages takes long: it is repeated when the quick count has grown by this share, or after this time
_GROWTH = 1.02
_SLOW_INTERVAL = 0.5
# with fewer open files than this, nobody looks which of them are sockets
_FEW_FILES = 48
# memory of a process that it has written to, wherever it lies now; page tables can be larger than what they describe
_HELD = (b"RssAnon:", b"RssShmem:", b"VmSwap:", b"VmPTE:")
_SHARED_OUT = (b"Pss_Anon:", b"Pss_Shmem:", b"SwapPss:")


@dataclass(frozen=True)
class Usage:
    """What one process uses."""

    resident: int = 0  # bytes of memory that it has written to, pages shared with a parent included
    page_tables: int = 0  # bytes of these that are page tables
    threads: int = 0  # its threads

    @classmethod
    def of(cls, pid: int) -> Usage:
        """What a process uses now; nothing when it has just ended."""
        held = _numbers(f"/proc/{pid}/status", (*_HELD, b"Threads:"))
        threads = held.pop(b"Threads:", 0)
        return cls(1024 * sum(held.values()), 1024 * held.get(b"VmPTE:", 0), threads)


class Watch:
    """Looks at the descendants of this process; made before the first of them."""

    def __init__(self, limits: Limits) -> None:
        self._limits = limits
        self.folder = ""  # a scratch folder on disk, or "" where it is a file system of its own and so bounded already
        # whether the descendants have a network namespace: then it tells of all their sockets, also of those that no
        # process has open, because they are on their way through another socket
        self.own_network = False
        # pages that every descendant is born with, and shares
        self._inherited = Usage.of(os.getpid()).resident
        self._confinement = Confinement()
        self._next_look = 0.0
        self._next_look_at_folder = 0.0
        self._next_slow_look = 0.0
        self._slowly_looked_at = 0

    def exceeded(self) -> str:
        """Which limit is exceeded (`memory`, `processes`, `descriptors`, `scratch`), or "".

        Looks every 50 ms, however often it is asked; less often where looking itself takes long.
        """
        if time.monotonic() < self._next_look:
            return ""
        start = time.thread_time()
        reason = self._look()
        self._next_look = time.monotonic() + max(_INTERVAL, (time.thread_time() - start) / _MOST_WORK)
        return reason

    def release(self) -> None:
        """Lets all descendants run like others again, so that they can end."""
        self._confinement.release(descendants_of(os.getpid(), _MOST_RELEASED))

    def _look(self) -> str:
        family = descendants_of(os.getpid(), self._limits.processes + 1)
        if len(family) > self._limits.processes:
            return "processes"
        used = [Usage.of(pid) for pid in family]
        if sum(one.threads for one in used) > self._limits.tasks:
            return "processes"
        self._confinement.look_at(family)
        if self._too_many_files(family):
            return "descriptors"
        if self._too_much_memory(family, used):
            return "memory"
        return "scratch" if self.folder and self._too_much_on_disk() else ""

    def _too_much_memory(self, family: list[int], used: list[Usage]) -> bool:
        limit = self._limits.memory_mb * _MEGABYTE
        held = sum(one.resident for one in used)
        if held - self._inherited <= limit:
            return False
        if held < _GROWTH * self._slowly_looked_at and time.monotonic() < self._next_slow_look:
            return False
        self._slowly_looked_at, self._next_slow_look = held, time.monotonic() + _SLOW_INTERVAL
        # A process alone shares with nobody but its template, and that is taken off already. Of those who were put
        # behind all others the quick count stands: to read what they share is to wait for them to run.
        if len(family) == 1 or self._confinement.active:
            return True
        return sum(map(_own_share, family)) + sum(one.page_tables for one in used) > limit

    def _too_many_files(self, family: list[int]) -> bool:
        count = sum(map(_open_files, family))
        if count > self._limits.descriptors:
            return True
        sockets = _sockets_of_network(family[0]) if self.own_network and family else 0
        if count > _FEW_FILES:
            sockets = max(sockets, sum(map(_open_sockets, family)))
        return sockets > self._limits.sockets

    def _too_much_on_disk(self) -> bool:
        start = time.monotonic()
        if start < self._next_look_at_folder:
            return False
        too_much = _size_of(self.folder) > self._limits.scratch_mb * _MEGABYTE
        # a look at many files takes long: never more than a tenth of the time
        self._next_look_at_folder = start + max(0.3, 10 * (time.monotonic() - start))
        return too_much


def descendants_of(pid: int, most: int) -> list[int]:
    """Processes below a process, at most so many."""
    found: list[int] = []
    waiting = children_of(pid)
    while waiting and len(found) < most:
        found.append(waiting.pop())
        waiting += children_of(found[-1])
    return found


def _own_share(pid: int) -> int:
    """Memory of a process with each page divided among those who share it; slow. 0 for one that has just ended."""
    try:
        return 1024 * sum(_numbers(f"/proc/{pid}/smaps_rollup", _SHARED_OUT, strict=True).values())
    except PermissionError:
        # a process can make itself unreadable: then all that it has is taken for its own
        return Usage.of(pid).resident
    except OSError:
        return 0


def _numbers(path: str, names: tuple[bytes, ...], strict: bool = False) -> dict[bytes, int]:
    """The numbers of some lines of a file of /proc, such as `VmPTE:`; the last of a name counts.

    A line ends with a newline and nothing else: in a process's name the kernel writes every other byte as it is.
    """
    try:
        lines = bytes_of(path).split(b"\n")
    except OSError:
        if strict:
            raise
        return {}
    found: dict[bytes, int] = {}
    for line in lines:
        name, _, rest = line.partition(b"\t") if b"\t" in line else line.partition(b" ")
        if name in names and rest.split()[:1] and rest.split()[0].isdigit():
            found[name] = int(rest.split()[0])
    return found


def _open_files(pid: int) -> int:
    folder = f"/proc/{pid}/fd"
    try:
        # Linux 6.2 and later tell the number without listing them
        return os.stat(folder).st_size or len(os.listdir(folder))  # noqa: PTH116, PTH208
    except OSError:
        return 0


def _open_sockets(pid: int) -> int:
    found = 0
    try:
        for name in os.listdir(f"/proc/{pid}/fd"):  # noqa: PTH208
            try:
                found += os.readlink(f"/proc/{pid}/fd/{name}").startswith("socket:")  # noqa: PTH115
            except OSError:
                continue
    except OSError:
        return found
    return found


def _sockets_of_network(pid: int) -> int:
    try:
        return bytes_of(f"/proc/{pid}/net/unix").count(b"\n") - 1
    except OSError:
        return 0


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
