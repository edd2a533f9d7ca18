"""Progress of long work: a bar in a terminal; elsewhere, such as in a log, a line a minute."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn, TimeRemainingColumn
from rich.table import Column

from autograder.cli.console import console

_SECONDS = 60.0


class Advance(Protocol):
    """Counts a step."""

    def __call__(self, note: str = "") -> None:
        """One step more is done; the note, such as `2 timed out`, stands beside the count."""


@contextmanager
def progress(total: int, what: str, begins: str = "") -> Iterator[Advance]:
    """Shows how far the work has come while the block runs; the function it gives counts a step.

    Args:
        total: How many steps there are.
        what: What is done, in a word or two beside the count.
        begins: What is said in a line at the begin, of work that nobody has asked for; "" for none.
    """
    if begins and total:
        console().print(begins, soft_wrap=True)
    if not console().is_terminal:
        with _lines(total, what) as count:
            yield count
        return
    # of what is too long for the terminal, the words are folded, and nothing is cut
    whole = Column(no_wrap=True)
    columns = (
        *(TextColumn(what, table_column=Column()), BarColumn(bar_width=24), MofNCompleteColumn(table_column=whole)),
        *(TimeElapsedColumn(table_column=whole), TimeRemainingColumn(table_column=whole)),
        *(TextColumn("left", table_column=whole), TextColumn("{task.fields[note]}", table_column=Column())),
    )
    with Progress(*columns, console=console(), disable=total == 0 or console().quiet) as bar:
        task = bar.add_task(what, total=total, note="")

        def advance(note: str = "") -> None:
            bar.update(task, advance=1, note=note)

        yield advance


@contextmanager
def _lines(total: int, what: str) -> Iterator[Advance]:
    """A line a minute, also while a step takes longer than that."""
    began = time.monotonic()
    done, noted = 0, ""
    is_over = threading.Event()

    def advance(note: str = "") -> None:
        nonlocal done, noted
        done, noted = done + 1, note

    def tell() -> None:
        before = 0
        while not is_over.wait(_SECONDS):
            taken = time.monotonic() - began
            line = f"{what}: {done} of {total} after {_minutes(taken)}"
            if done > before:
                # where nothing has come for a minute, the last steps are slow, and the first ones tell nothing of them
                line += f", about {_minutes(taken / done * (total - done))} left"
            before = done
            console().print(f"{line}; {noted}" if noted else line, soft_wrap=True)

    teller = threading.Thread(target=tell, daemon=True)
    if total:
        teller.start()
    try:
        yield advance
    finally:
        is_over.set()
        if total:
            teller.join()


def _minutes(seconds: float) -> str:
    return f"{seconds:.0f} s" if seconds < 60 else f"{seconds / 60:.0f} min"
