"""Memory of everything trusted while something is graded."""

from __future__ import annotations

import threading
from pathlib import Path

import psutil

_EVERY = 0.5


class Memory:
    """The memory of everything trusted below a process, in MB, looked at twice a second.

    What a submission runs in has a PID namespace of its own, and is left out. A page that several processes share
    counts in parts, so that the sum counts it once.
    """

    def __init__(self, pid: int) -> None:
        self._pid = pid
        self._most = self._grader = 0.0
        self._done = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self._thread.start()

    def _watch(self) -> None:
        own = _namespaces("self")
        while not self._done.wait(_EVERY):
            try:
                every = [psutil.Process(self._pid), *psutil.Process(self._pid).children(recursive=True)]
            except psutil.Error:
                continue
            trusted = [_share(one.pid) for one in every if _namespaces(str(one.pid)) == own]
            self._most = max(self._most, sum(trusted))
            self._grader = max(self._grader, _share(self._pid))

    def close(self) -> tuple[float, float]:
        """Ends; the most that all of them had together, and the most of the program itself."""
        self._done.set()
        self._thread.join()
        return self._most, self._grader


def _namespaces(pid: str) -> int:
    """How many PID namespaces a process is in; 0 where that cannot be told or it has gone."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text("utf-8").splitlines()
    except OSError:
        return 0
    return next((len(line.split()) - 1 for line in lines if line.startswith("NSpid:")), 0)


def _share(pid: int) -> float:
    """A process's proportional share of memory, in MB."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text("utf-8").splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("Pss:")), 0.0)
