"""A run of grading as one follows it: how far it is, pages that grow with it, and where it stands when stopped."""

from __future__ import annotations

import contextlib
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from rich.text import Text

from autograder.cli.console import console
from autograder.cli.progress import progress
from autograder.errors import Stopped, UsageError
from autograder.facts.result import GRADED, Result
from autograder.text import visible
from autograder.words.english import ENGLISH

# seconds between two writings of table and pages, and how many times as long as one takes: 2 % of the run at most
_SECONDS = 30.0
_TIMES = 50.0


@contextmanager
def following(
    total: int, output: Path, write: Callable[[], object], before: int = 0
) -> Iterator[Callable[[Result], None]]:
    """Follows a run while the block runs; the function it gives is told of each result.

    Args:
        total: How many submissions are to be graded.
        output: The folder of gradebook and report.
        write: Writes table and pages of what is graded.
        before: How many others were graded by an earlier run, and stand.

    Raises:
        Stopped: At Ctrl-C, when table and pages are written: says where they are, and how to go on.
    """
    run = _Run(write)
    try:
        with progress(total, "grading") as advance:

            def follow(result: Result) -> None:
                run.add(result)
                advance(run.note)

            yield follow
    except KeyboardInterrupt:
        with contextlib.suppress(UsageError):
            write()
        now = f", {run.done} of them by this run" if before else ""
        page = output / "report" / "index.html"
        raise Stopped(
            f"stopped: {run.done + before} of {total + before} graded{now}; the marks are safe in "
            f"{output / 'gradebook.sqlite'}, and {page} shows them; start the same "
            "command again to go on"
        ) from None


class _Run:
    """How far a run is."""

    def __init__(self, write: Callable[[], object]) -> None:
        self._write = write
        self._next = time.monotonic() + _SECONDS
        self._ends: Counter[str] = Counter()
        self._has_warned = False

    @property
    def done(self) -> int:
        """How many are graded."""
        return self._ends.total()

    @property
    def note(self) -> str:
        """How many need a look, by what happened, such as `2 timed out`; "" where all went well."""
        return ", ".join(
            f"{self._ends[status]} {ENGLISH.statuses[status].lower()}" for status in GRADED[1:] if self._ends[status]
        )

    def add(self, result: Result) -> None:
        """Counts a result, and writes table and pages when it is time to."""
        self._ends[result.status] += 1
        began = time.monotonic()
        if began < self._next:
            return
        try:
            self._write()
        except UsageError as error:
            # the marks are in the gradebook; the last writing says so again when there still is no room
            if not self._has_warned:
                console().print(Text(visible(f"warning: {error}"), style="yellow"), soft_wrap=True)
            self._has_warned = True
        now = time.monotonic()
        self._next = now + max(_SECONDS, _TIMES * (now - began))
