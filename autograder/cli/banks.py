"""The bank of wrong answers that a command needs: kept from before, or made with a progress bar."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment
    from autograder.explain.mutation.bank import Bank
    from autograder.isolation.host.choice import Template
    from autograder.records.lock import FileLock

# seconds that another run is waited for, and between two looks at it; one takes a minute or two
_PATIENCE, _LOOK = 600.0, 0.5


def bank_of(
    assignment: Assignment, template: Template, seed: int, workers: int = 0, fresh: bool = False
) -> Bank | None:
    """The bank of an assignment; None where there is no solution to make mistakes in, as in a student's copy.

    Of several runs at once one makes it, and the others wait for it.
    """
    from autograder.cli.console import console
    from autograder.cli.progress import progress
    from autograder.explain.mutation.bank import learn
    from autograder.explain.mutation.kept import cached, keep

    bank = None if fresh else cached(assignment, seed)
    if bank is None and assignment.solution.is_file():
        with _alone(assignment.name):
            # another run may have made it by now
            bank = None if fresh else cached(assignment, seed)
            if bank is None:
                bank = learn(assignment, template, seed, workers or os.cpu_count() or 1, progress)
                keep(bank, assignment, seed)
    for line in bank.complaints if bank else ():
        console().print(line, style="yellow", markup=False, soft_wrap=True)
    return bank


@contextmanager
def _alone(name: str) -> Iterator[None]:
    """No other run makes this assignment's bank meanwhile; where that cannot be had, work is done twice."""
    from autograder.files import cache_folder
    from autograder.records.lock import FileLock

    lock = FileLock(cache_folder() / f".{name}.lock")
    try:
        lock.path.parent.mkdir(parents=True, exist_ok=True)
        _wait_for(lock)
    except OSError:
        pass  # a folder that cannot be written, or a drive that knows no locks
    try:
        yield
    finally:
        lock.release()


def _wait_for(lock: FileLock) -> None:
    from autograder.cli.console import console
    from autograder.records.lock import LockedError

    end, said = time.monotonic() + _PATIENCE, False
    while time.monotonic() < end:
        try:
            lock.acquire()
        except LockedError as error:
            if not said:
                text = f"waiting for {error.holder}, which is learning to explain wrong answers to this assignment"
                console().print(text, markup=False, soft_wrap=True)
                said = True
            time.sleep(_LOOK)
        else:
            return
