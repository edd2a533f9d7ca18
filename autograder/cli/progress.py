"""Progress of long work: a bar in a terminal; elsewhere, such as in a log, a line a minute."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn

from autograder.cli.console import console

_SECONDS = 60.0


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """Shows how far the work has come while the block runs; the function it gives counts a step."""
    if not console().is_terminal:
        yield _lines(total, what)
        return
    columns = (TextColumn(what), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console(), disable=total == 0) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)


def _lines(total: int, what: str) -> Callable[[], None]:
    began = said = time.monotonic()
    done = 0

    def advance() -> None:
        nonlocal done, said
        done += 1
        if time.monotonic() - said >= _SECONDS:
            said = time.monotonic()
            console().print(f"{what}: {done} of {total} after {(said - began) / 60:.0f} min", soft_wrap=True)

    return advance
