"""What is found in an assignment, in the terminal: a line for each."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from autograder.cli.console import console
from autograder.text import visible


def print_findings(lines: Iterable[str], kind: str = "") -> None:
    """One line for each thing that was found, its file named from here where that is shorter.

    Args:
        lines: The lines, each with its place in front.
        kind: What stands between the place and the text, such as `warning: `.
    """
    here = f"{Path.cwd()}{os.sep}"
    for line in dict.fromkeys(lines):
        place, colon, text = line.removeprefix(here).partition(": ")
        console().print(f"{visible(place)}{colon}{kind}{visible(text)}", markup=False, highlight=False, soft_wrap=True)
