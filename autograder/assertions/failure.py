"""The exception by which a check costs points."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from autograder.facts.fact import Fact
from autograder.facts.kinds import CODES
from autograder.text import shortened
from autograder.words import message


class CheckFailed(AssertionError):
    """A wrong answer: facts, and the share of the points that was earned all the same.

    Args:
        facts: What is wrong and what is right; or a line of your own for the student.
        share: Part of the points that is earned, 0 to 1.
        outcome: `failed` for a wrong value, `error` when there was no value at all.
        values: Name of what differs, what came and what was expected, for a picture.
        names: What the test calls the value, or the items of a tuple.
    """

    def __init__(
        self,
        facts: Sequence[Fact] | Fact | str,
        share: float = 0.0,
        outcome: str = "failed",
        values: tuple[str, np.ndarray, np.ndarray] | None = None,
        names: tuple[str, ...] = (),
    ) -> None:
        if isinstance(facts, str):
            facts = Fact.said(shortened(facts))
        self.facts = (facts,) if isinstance(facts, Fact) else tuple(facts)
        super().__init__(message(self.facts))
        self.share = share
        self.outcome = outcome
        self.values = values
        self.names = names

    @property
    def code(self) -> str:
        """The kind of mistake that the first wrong thing proves, or ""."""
        return next((fact.code for fact in self.facts if fact.kind != "right"), "")

    @property
    def about(self) -> str:
        """The first thing that is wrong, such as `W1`."""
        return next((fact.about[0] for fact in self.facts if fact.kind != "right" and fact.about), "")


def check(condition: bool, text: str, share: float = 0.0, code: str = "") -> None:
    """Fails the question with a line of your own for the student, unless the condition holds.

    Args:
        condition: What must hold.
        text: What is wrong when it does not; cut where it is too long for a gradebook. Of a hidden test, students do
            not see the numbers that are put into it.
        share: Part of the points that is earned all the same.
        code: The kind of mistake that this check proves, of `autograder.facts.kinds`; it becomes the diagnosis.

    Raises:
        CheckFailed: When it does not hold.
        ValueError: For a code that there is not.

    Example:

    >>> check(1 + 1 == 2, "one and one is two")
    """
    if code and code not in CODES:
        raise ValueError(f"expected a code of autograder.facts.kinds, received {code!r}")
    if not condition:
        raise CheckFailed(Fact.said(shortened(text), code), share)
