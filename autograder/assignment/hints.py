"""The hints of an assignment: `hints.toml`, three steps a question, written by its author."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from autograder.assignment.toml import place_of, read_toml
from autograder.errors import Gathered, UsageError, did_you_mean

HINTS = "hints.toml"
# a question back, the shape of the path, the line's idea
STEPS = 3


def read_hints(path: Path, questions: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """The hints by question; none where there is no file.

    Args:
        path: The file.
        questions: Ids of the questions that there are.

    Raises:
        Mistakes: A line for each, with its place.
    """
    if not path.is_file():
        return {}
    text, record = read_toml(path)
    gathered = Gathered()
    for id, steps in record.items():
        with gathered:
            _look_at(place_of(path, text, id), id, steps, questions)
    gathered.tell()
    return {id: tuple(" ".join(step.split()) for step in steps) for id, steps in record.items()}


def _look_at(place: str, id: str, steps: Any, questions: Sequence[str]) -> None:
    if id not in questions:
        hint = did_you_mean(id, questions)
        if type(steps) is dict:
            hint = f'write the id in quotes: "{id}.{next(iter(steps), 1)}" = […]'
        raise UsageError(f"{place}: there is no question {id}; {hint}")
    texts = type(steps) is list and all(type(step) is str and step.strip() for step in steps)
    if not texts or len(steps) != STEPS:
        received = f"{len(steps)} of them" if texts else repr(steps)
        raise UsageError(
            f"{place}: expected {STEPS} texts for {id} (a question back, the shape of the path, the line's idea), "
            f"received {received}; correct it there"
        )
