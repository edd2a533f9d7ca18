"""The time that a process may take, told fairly on a machine that others use as well.

A limit is one of seconds by the clock. When it has passed, what the process has had of the processor decides: one that
has used up its seconds is too slow, and so is one that rests of its own will. One that would have run, and could not,
is waited for until it has had them. Where that lasts too long, nobody can tell, and the machine is to blame.
"""

from __future__ import annotations

import os
import sys
import time
from dataclasses import dataclass

from autograder.isolation.host.errors import TooBusy
from autograder.isolation.sandbox.linux import bytes_of
from autograder.isolation.sandbox.watch import descendants_of
from autograder.wire import ChannelTimeout

# seconds between two looks at a process whose limit has passed
_LOOK = 0.25
# one that sleeps for so many seconds then does so of its own will
_SLEEP = 1.0
# processor seconds that are no work: those of waking up
_NOTHING = 0.005
# by how much longer than its limit a process is waited for
PATIENCE = 10.0
_MOST_PROCESSES = 200
_RUNS = (b"R", b"D")
_STOPPED = (b"T", b"t")


@dataclass(frozen=True)
class Use:
    """What a process and all below it have used, and what they do now.

    Attributes:
        cpu: Seconds of the processor.
        state: `runs`: some thread runs, or would if it could. `stopped`: somebody has stopped it. `sleeps`: all wait
            for something.
    """

    cpu: float
    state: str


def use_of(pid: int) -> Use | None:
    """What a process has used; None where that cannot be told."""
    if sys.platform != "linux":
        return None
    try:
        found = [_read(f"/proc/{pid}/stat")]
    except OSError:
        return None
    below = descendants_of(pid, _MOST_PROCESSES)
    states = {state for one in (pid, *below) for state in _states(one)}
    found += [one for one in map(_read_if_there, below) if one is not None]
    cpu = sum(seconds for _, seconds in found)
    if states <= {b"Z", b"X"}:
        return None
    return Use(cpu, "runs" if states & {*_RUNS} else "stopped" if states & {*_STOPPED} else "sleeps")


def processor_seconds(pid: int) -> float:
    """What a process has used, and what it has waited for; quickly, and 0 where that cannot be told."""
    found = _read_if_there(pid) if sys.platform == "linux" else None
    return found[1] if found is not None else 0.0


def _read(path: str) -> tuple[bytes, float]:
    # the name, in brackets, may hold anything
    fields = bytes_of(path).rpartition(b")")[2].split()
    return fields[0], sum(map(int, fields[11:15])) / os.sysconf("SC_CLK_TCK")


def _read_if_there(pid: int) -> tuple[bytes, float] | None:
    try:
        return _read(f"/proc/{pid}/stat")
    except OSError:
        return None


def _states(pid: int) -> set[bytes]:
    """What the threads of a process do."""
    found = set()
    try:
        for task in os.listdir(f"/proc/{pid}/task"):  # noqa: PTH208 - as in `children_of`
            found.add(_read(f"/proc/{pid}/task/{task}/stat")[0])
    except OSError:
        return found
    return found


class Clock:
    """A time limit.

    Args:
        seconds: The limit.
        cpu: What the process has used when it begins.
        patience: How many times as long again it is waited for; 0: the clock alone decides.

    Attributes:
        deadline: When the process is looked at.
    """

    def __init__(self, seconds: float, cpu: float = 0.0, patience: float = PATIENCE) -> None:
        self.seconds = seconds
        self.deadline = time.monotonic() + seconds
        self._begun = cpu
        self._patience = patience
        # seconds of waiting since the limit passed, by what the process did
        self._waited = {"runs": 0.0, "sleeps": 0.0, "stopped": 0.0}
        self._has_passed = False
        self._rests = 0.0
        self._last: Use | None = None

    def forgive(self, seconds: float) -> None:
        """Time that somebody else took, while the process waited."""
        self.deadline += seconds

    def unused(self, cpu: float) -> float:
        """Seconds of the limit that the process has not had of the processor."""
        return max(0.0, self.seconds - (cpu - self._begun))

    def answered(self, waited: float) -> None:
        """Seconds since `extend` was asked, after which the process has answered."""
        if self._has_passed:
            self._waited["runs"] += waited

    def extend(self, use: Use | None, waited: float) -> None:
        """Gives a process more time whose deadline has passed.

        Args:
            use: What it has used, or None where nobody knows.
            waited: Seconds since this was last asked, in which it was to answer and did not.

        Raises:
            ChannelTimeout: When it has taken longer than it may.
            TooBusy: When that cannot be told.
        """
        if use is None or not self._patience:
            raise ChannelTimeout("no answer in time")
        self._has_passed = True
        self._waited[use.state] += waited
        # what it sleeps is its own, as where it waits until somebody reads what it prints
        left = self.unused(use.cpu) - self._waited["sleeps"]
        is_at_rest = use.state == "sleeps" and self._last is not None and use.cpu - self._last.cpu < _NOTHING
        self._rests = self._rests + waited if is_at_rest and waited else 0.0
        self._last = use
        if left <= 0 or self._rests >= _SLEEP or self._waited["stopped"] >= self.seconds:
            raise ChannelTimeout("no answer in time")
        if sum(self._waited.values()) >= self._patience * self.seconds:
            # one that hardly ever wanted to run was not kept from it
            if self._waited["runs"] < sum(self._waited.values()) / 2:
                raise ChannelTimeout("no answer in time")
            raise TooBusy
        self.deadline = time.monotonic() + min(_LOOK, max(left, 0.01))
