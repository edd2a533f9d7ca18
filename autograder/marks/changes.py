"""Whose mark changes, by how much and in which questions."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from autograder.facts.result import Result
from autograder.text import natural_key, number


@dataclass(frozen=True)
class Counted:
    """A mark as it counted when a run ended.

    Attributes:
        mark: The points.
        questions: Points of each question.
    """

    mark: float
    questions: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, result: Result) -> Counted:
        """The mark of a result."""
        return cls(result.mark, result.points_by_question)


@dataclass(frozen=True)
class Change:
    """One student's mark, before and after.

    Attributes:
        student: The student, as people read it.
        was: The mark before.
        now: The mark after.
        questions: By question, points more, or less below 0.
        rest: The part that is no question's: lateness, or an instructor's decision.
    """

    student: str
    was: float
    now: float
    questions: Mapping[str, float]
    rest: float = 0.0

    @property
    def parts(self) -> str:
        """Where the difference is.

        Example:

        >>> Change("ada", 30, 27.5, {"03.5": -2.0, "03.7": 1.5}, -2).parts
        '03.5 -2, 03.7 +1.5, lateness or decision -2'
        """
        amounts = [*self.questions.items(), *([("lateness or decision", self.rest)] if self.rest else [])]
        return ", ".join(f"{what} {'+' if amount > 0 else ''}{number(amount)}" for what, amount in amounts)


def changes_of(before: Mapping[str, Counted], after: Iterable[Result]) -> list[Change]:
    """The marks that differ, of students who had one before; sorted by student.

    Args:
        before: What counts until now, by the name of the student's row.
        after: What would count.
    """
    found = []
    for result in after:
        was, now = before.get(result.student), Counted.of(result)
        if was is None or not result.has_marks or was.mark == now.mark:
            continue
        ids = sorted(was.questions.keys() | now.questions.keys(), key=natural_key)
        parts = {id: round(now.questions.get(id, 0.0) - was.questions.get(id, 0.0), 3) for id in ids}
        parts = {id: amount for id, amount in parts.items() if amount}
        rest = round(now.mark - was.mark - math.fsum(parts.values()), 3)
        found.append(Change(result.shown_name, was.mark, now.mark, parts, rest))
    return sorted(found, key=lambda change: natural_key(change.student))
