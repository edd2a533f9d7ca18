"""`autograder check --watch`: each save of a file gives a new verdict, and libraries and tests are loaded once."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

from autograder.cli.asked import Asked
from autograder.cli.checks import Checks, print_of
from autograder.cli.console import console, output
from autograder.cli.one_check import OneCheck, clear
from autograder.cli.saves import Saved, Saves
from autograder.errors import UsageError
from autograder.handin.names import NOTEBOOK
from autograder.text import one_line


def watch(asked: Asked, new_checks: Callable[[], Checks], telling: Callable[[Checks], OneCheck]) -> NoReturn:
    """Checks at once, and after each save, until Ctrl-C or an error ends it.

    Args:
        asked: What is watched: a file, or a script and a notebook of which the one that was saved counts.
        new_checks: Loads the tests of the assignment.
        telling: Tells what comes of them.

    Raises:
        UsageError: When the folder is gone, or the assignment cannot be checked any more.
    """
    folder, checks = asked.assignment.folder, new_checks()
    try:
        saves, files = Saves(_watched(asked)), print_of(folder)
        saved = Saved(asked.path, time.monotonic())
        while True:
            if print_of(folder) != files:
                # a kit was unpacked again, or its author is at work
                checks.close()
                files, checks = print_of(folder), new_checks()
            _tell(saved, telling(checks))
            saved = saves.next()
    finally:
        checks.close()


def _tell(saved: Saved, telling: OneCheck) -> None:
    shown = one_line(str(saved.path))
    if saved.is_gone:
        clear(telling.as_json)
        screen = console() if telling.as_json else output()
        screen.print(f"{shown} is gone; it is checked when it is there again", style="yellow", markup=False)
    else:
        try:
            telling.tell_again(saved.path, saved.noticed)
        except (UsageError, OSError):
            # of what goes with its folder, the folder is told
            if saved.path.absolute().parent.is_dir():
                raise
            return
    if not telling.as_json:
        is_terminal = output().is_terminal
        told = f"Each save of {shown} is checked; Ctrl-C ends this." if is_terminal else ""
        output().print(told, style="dim", markup=False)
    # another program may read this block by block
    sys.stdout.flush()


def _watched(asked: Asked) -> list[Path]:
    """The file; where none was named, the script and the notebook, one of which may not be there yet."""
    if asked.is_named:
        return [*asked.paths]
    script = asked.path.with_name(asked.assignment.submission)
    return [script, script.with_suffix(NOTEBOOK)]
