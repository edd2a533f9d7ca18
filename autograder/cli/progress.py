"""A progress bar for long work; nothing at all when standard error is not a terminal."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    TextColumn,
    TimeElapsedColumn,
    TimeRemainingColumn,
)

from autograder.cli.console import console


@contextmanager
def progress(total: int, what: str) -> Iterator[Callable[[], None]]:
    """Shows a bar while the block runs; the function it gives moves it by one."""
    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TimeRemainingColumn(),
    )
    screen = console()
    with Progress(*columns, console=screen, disable=not screen.is_terminal or total == 0) as bar:
        task = bar.add_task(what, total=total)
        yield lambda: bar.advance(task)
