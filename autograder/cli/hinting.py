"""Hints, one step further each time; how far a student went is remembered, and counted for the teacher."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.assignment.hints import HINTS, STEPS
from autograder.assignment.kit import demand_part
from autograder.errors import UsageError
from autograder.files import cache_folder, write_atomic


@dataclass(frozen=True)
class Hint:
    """One step.

    Attributes:
        question: Id of the question.
        step: Which of its hints this is, from 1.
        text: The hint.
        again: Whether it was shown before because there is none further.
        remembered: Whether the next call will know that it was shown.
    """

    question: str
    step: int
    text: str
    again: bool
    remembered: bool

    @property
    def title(self) -> str:
        """What stands above it."""
        return f"{self.question}, hint {self.step} of {STEPS}"

    def footer(self, command: str, at_step: Callable[[int], str]) -> str:
        """What stands below it: how to go on.

        Args:
            command: What shows the next one.
            at_step: What shows the one of that step.
        """
        if self.again:
            return f"There is no further hint. {at_step(1)} shows the first one again."
        if self.step == STEPS:
            return "This was the last hint."
        if not self.remembered:
            return f"Where you are cannot be saved here: {at_step(self.step + 1)} shows the next."
        return f"{command} shows the next one."


def next_hint(assignment: Assignment, question: str, step: int | None = None) -> Hint:
    """The next hint of a question, or the one that is named.

    Raises:
        UsageError: When the question has none, or the file of hints was changed or is missing.
    """
    demand_part(assignment, HINTS, "there are no hints")
    hints = assignment.hints.get(question)
    if hints is None:
        raise UsageError(f"there are no hints for {question}; its text and the docstring say what is known")
    if step is not None and not 1 <= step <= STEPS:
        raise UsageError(f"expected a step from 1 to {STEPS}, received {step}")
    seen = seen_hints(assignment)
    before = seen.get(question, 0)
    shown = step if step is not None else min(before + 1, STEPS)
    remembered = True
    if shown > before:
        remembered = _remember(assignment, seen | {question: shown})
    return Hint(question, shown, hints[shown - 1], step is None and before == STEPS, remembered)


def seen_hints(assignment: Assignment) -> dict[str, int]:
    """How many hints of each question were shown to this user."""
    with contextlib.suppress(OSError, ValueError, RecursionError):
        found = json.loads(_path(assignment).read_text("utf-8"))
        if type(found) is dict:
            return {id: min(count, STEPS) for id, count in found.items() if type(count) is int and count > 0}
    return {}


def _remember(assignment: Assignment, seen: dict[str, int]) -> bool:
    with contextlib.suppress(OSError):
        write_atomic(_path(assignment), json.dumps(dict(sorted(seen.items()))) + "\n")
        return True
    return False


def _path(assignment: Assignment) -> Path:
    return cache_folder() / "hints" / f"{assignment.name}.json"
