"""A submission that takes more than its share of the processor is put behind all others: it may have what is left.

Nobody loses a mark by it. Who needs one core, as graded work does, is never touched; who takes more is kept on one, and
behind everybody else there. All of this can be taken back, by an ordinary user too: processes that are to end must get
to run, or nobody could wait for their end.
"""

from __future__ import annotations

import contextlib
import os
import time

from autograder.isolation.sandbox.linux import bytes_of

# seconds between two readings of processor time
_WINDOW = 0.2
# cores over such a window, beyond which a submission is put behind the others
_CORES = 1.4
# so many processes at a time, or begun in all, are more than any homework needs
_MANY = 8
_MANY_BEGUN = 64
_LAST, _USUAL = 19, 0


class Confinement:
    """Watches one submission's use of the processor, and bounds it."""

    def __init__(self) -> None:
        self.active = False  # whether the submission was put behind the others
        self._cores = os.sched_getaffinity(0)
        # not the same for all: two who are confined need not share
        self._core = {sorted(self._cores)[os.getpid() % len(self._cores)]}
        self._family: set[int] = set()
        self._begun = 0
        self._measured = time.monotonic()
        self._used: dict[int, float] = {}

    def look_at(self, family: list[int]) -> None:
        """Reads what the processes have used, and confines them when it is too much."""
        self._begun += len(set(family) - self._family)
        self._family = set(family)
        if not self.active:
            self.active = len(family) > _MANY or self._begun > _MANY_BEGUN or self._takes_more_than_a_core(family)
        if self.active:
            # again at each look: those who were born before their parent was confined are free still
            for pid in family:
                _place(pid, self._core, _LAST)

    def release(self, family: list[int]) -> None:
        """Lets processes run like others again, to end quickly."""
        if self.active:
            for pid in family:
                _place(pid, self._cores, _USUAL)

    def _takes_more_than_a_core(self, family: list[int]) -> bool:
        now = time.monotonic()
        if now - self._measured < _WINDOW:
            return False
        used = {pid: _processor_seconds(pid) for pid in family}
        spent = sum(max(0.0, seconds - self._used.get(pid, 0.0)) for pid, seconds in used.items())
        too_much = spent > _CORES * (now - self._measured)
        self._measured, self._used = now, used
        return too_much


def _processor_seconds(pid: int) -> float:
    """Processor time of a process and of its children that have ended."""
    try:
        # the name, in brackets, may hold anything
        fields = bytes_of(f"/proc/{pid}/stat").rpartition(b")")[2].split()
        return sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")
    except (OSError, ValueError):
        return 0.0


def _place(pid: int, cores: set[int], precedence: int) -> None:
    """Gives a process cores and a precedence, 0 to 19; what has just ended is passed over."""
    with contextlib.suppress(OSError):
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208
            with contextlib.suppress(OSError):
                os.sched_setaffinity(int(task), cores)
            # only root could take it back
            if os.geteuid() == 0:
                with contextlib.suppress(OSError):
                    os.setpriority(os.PRIO_PROCESS, int(task), precedence)
    # where the kernel shares the processor between sessions, a priority counts within one alone
    with contextlib.suppress(OSError):
        descriptor = os.open(f"/proc/{pid}/autogroup", os.O_WRONLY | os.O_CLOEXEC)
        try:
            os.write(descriptor, str(precedence).encode())
        finally:
            os.close(descriptor)
