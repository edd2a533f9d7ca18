"""What the grader's own processes use while a class is graded: memory, processor time, descriptors."""

from __future__ import annotations

import os
import threading
import time
from dataclasses import dataclass, field

from autograder.isolation.sandbox.linux import bytes_of, children_of

_INTERVAL = 0.03
# over a shorter life a share of the processor says nothing
_SHORT_LIFE = 3.0


@dataclass
class Meter:
    """Looks at the grader, its workers and its keepers, in a thread of its own.

    Args:
        template: Process number of the template, whose children are the keepers.

    Attributes:
        grader_mb: The most memory that the grader or a worker has had, in megabytes.
        keeper_mb: The most that a keeper has added to what it was born with.
        keeper_share: The largest share of a core that a keeper took over its life.
        keeper: Name of what was graded last when that share was seen.
    """

    template: int
    grader_mb: float = 0.0
    keeper_mb: float = 0.0
    keeper_share: float = 0.0
    _stop: threading.Event = field(default_factory=threading.Event)
    _born: dict[int, float] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.descriptors = self.open_files()
        self.more_descriptors = 0
        self._thread = threading.Thread(target=self._run, daemon=True)
        self._thread.start()

    def open_files(self) -> int:
        """Open files of the grader and of the template."""
        return sum(len(os.listdir(f"/proc/{pid}/fd")) for pid in (os.getpid(), self.template))

    def stop(self) -> None:
        """Ends the looking; the template must still run."""
        self.more_descriptors = self.open_files() - self.descriptors
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        while not self._stop.wait(_INTERVAL):
            for pid in (os.getpid(), *children_of(os.getpid())):
                if pid != self.template:
                    self.grader_mb = max(self.grader_mb, _megabytes(pid, b"VmHWM:"))
            inherited = _megabytes(self.template, b"RssAnon:")
            for pid in children_of(self.template):
                self.keeper_mb = max(self.keeper_mb, _megabytes(pid, b"RssAnon:") - inherited)
                life = time.monotonic() - self._born.setdefault(pid, time.monotonic())
                if life > _SHORT_LIFE:
                    self.keeper_share = max(self.keeper_share, _seconds(pid) / life)


def _megabytes(pid: int, name: bytes) -> float:
    try:
        for line in bytes_of(f"/proc/{pid}/status").split(b"\n"):
            if line.startswith(name):
                return int(line.split()[1]) / 1024
    except OSError:
        pass
    return 0.0


def _seconds(pid: int) -> float:
    try:
        fields = bytes_of(f"/proc/{pid}/stat").rpartition(b")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError, IndexError):
        return 0.0
