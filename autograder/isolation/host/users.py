"""Users who own nothing, one for each student process at a time: what one leaves behind cannot count against another.

The kernel counts processes, waiting signals and descriptors on their way by user. Only root may choose; an ordinary
user's submissions run as that user, each in a user namespace of its own, where most of these counts begin again.
"""

from __future__ import annotations

import itertools
import os

# no distribution gives these numbers away: systemd's own begin at 61184
_FIRST, _COUNT = 61_000, 184
_FOR_A_WORKER = 4
_turns = itertools.count()


def student_user(worker: int = 0) -> int | None:
    """The first of the unprivileged users of a worker's submissions, or None when we are not root."""
    if not hasattr(os, "geteuid") or os.geteuid() != 0:
        return None
    return _FIRST + _FOR_A_WORKER * worker % _COUNT


def free_user(first: int) -> int:
    """A user who runs no process now: one of a worker's own, or any when all of these do."""
    busy = _busy()
    own = [first + (next(_turns) + step) % _FOR_A_WORKER for step in range(_FOR_A_WORKER)]
    others = range(_FIRST, _FIRST + _COUNT)
    return next((user for user in (*own, *others) if user not in busy), first)


def _busy() -> set[int]:
    found = set()
    for name in os.listdir("/proc"):  # noqa: PTH208 - a millisecond for hundreds of processes
        if name.isdigit():
            try:
                found.add(os.stat(f"/proc/{name}").st_uid)  # noqa: PTH116
            except OSError:
                continue
    return found
