"""Questions: the marker that ties a test to an id and its points, and the exception that costs points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import numpy as np
import pytest

MARKER = "question"
NUMBERS_HIDDEN = "This test is hidden, so its numbers are not shown."
Test = TypeVar("Test", bound=Callable[..., Any])


@dataclass(frozen=True)
class Question:
    """What a test is worth.

    Attributes:
        id: The question's id, such as `03.4`; tests of one id make one row.
        points: Points of this test.
        after: Ids of questions that must be passed first; otherwise this one is skipped.
        forbids: Calls that are not allowed in it, such as `keras.Model.fit`.
    """

    id: str
    points: float
    after: tuple[str, ...] = ()
    forbids: tuple[str, ...] = ()


def question(
    id: str, points: float, after: str | tuple[str, ...] = (), forbids: str | tuple[str, ...] = ()
) -> Callable[[Test], Test]:
    """Marks a test as (part of) a question; its docstring is the line that the student reads.

    Args:
        id: The question's id, the same in the stub, the command line and the report.
        points: Points of this test, positive.
        after: Id or ids of questions without which this one makes no sense.
        forbids: Name or names of calls that are not allowed in this question: a submission that makes one is told so.

    Raises:
        ValueError: When the points are not positive.

    Example:

    >>> @question("03.4", points=2)
    ... def test_mse_loss(student, reference, problem):
    ...     "Mean squared error of predictions."
    >>> test_mse_loss.pytestmark[0].args[0]
    Question(id='03.4', points=2.0, after=(), forbids=())
    """
    if not points > 0:
        raise ValueError(f"expected positive points for question {id}, received {points}")
    marked = Question(id, float(points), _tuple(after), _tuple(forbids))
    return getattr(pytest.mark, MARKER)(marked)


def _tuple(names: str | tuple[str, ...]) -> tuple[str, ...]:
    return (names,) if isinstance(names, str) else tuple(names)


class CheckFailed(AssertionError):
    """A wrong answer: a fact, and the share of the points that was earned all the same.

    Args:
        message: What differs, where, by how much; never the expected value of a hidden test.
        share: Part of the points that is earned, 0 to 1.
        outcome: `failed` for a wrong value, `error` when there was no value at all.
        code: The kind of mistake, when the fact itself proves one; of `autograder.facts.kinds`.
        tensor: What it was proven on, such as `W1`.
        values: Name of what differs, what came and what was expected, for a picture.
        brief: What is said instead where the test is hidden: no number in it depends on what was expected. From the
            sizes of a few dozen errors, a hidden value can be worked out digit by digit.
    """

    def __init__(
        self,
        message: str,
        share: float = 0.0,
        outcome: str = "failed",
        code: str = "",
        tensor: str = "",
        values: tuple[str, np.ndarray, np.ndarray] | None = None,
        brief: str = "",
    ) -> None:
        super().__init__(message)
        self.message = message
        self.share = share
        self.outcome = outcome
        self.code = code
        self.tensor = tensor
        self.values = values
        self.brief = brief or message
