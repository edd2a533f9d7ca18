"""Questions: the marker that ties a test to an id and its points."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, TypeVar

import pytest

MARKER = "question"
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
