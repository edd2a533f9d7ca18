"""Questions: the marker that ties a test to an id and its points."""

from __future__ import annotations

import math
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
        ValueError: When the id is no text, the points are not positive, or a name is no text.

    Example:

    >>> @question("03.4", points=2)
    ... def test_mse_loss(student, reference, problem):
    ...     "Mean squared error of predictions."
    >>> test_mse_loss.pytestmark[0].args[0]
    Question(id='03.4', points=2.0, after=(), forbids=())
    """
    if not isinstance(id, str):
        raise ValueError(f'expected the id of a question to be a text, such as "03.4"; received {id!r}')
    if isinstance(points, bool) or not isinstance(points, int | float) or not 0 < points < math.inf:
        raise ValueError(f"expected points, a number above 0, for question {id}; received {points!r}")
    marked = Question(id, float(points), _texts("after", after), _texts("forbids", forbids))
    return getattr(pytest.mark, MARKER)(marked)


def _texts(what: str, names: str | tuple[str, ...]) -> tuple[str, ...]:
    found = (names,) if isinstance(names, str) else names
    if not isinstance(found, tuple | list) or not all(isinstance(name, str) for name in found):
        raise ValueError(
            f'expected {what} to be a text or several, such as "03.4" or ("03.3", "03.4"); received {names!r}'
        )
    return tuple(found)
