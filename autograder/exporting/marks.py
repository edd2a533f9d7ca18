"""What a row of the gradebook hands over: a mark, an excuse, or the reason why there is none."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.facts.result import Result
from autograder.text import first_of, one_line

NOT_HANDED_IN = "handed nothing in"


@dataclass(frozen=True)
class Mark:
    """What one student gets.

    Attributes:
        result: The row.
        points: The points that count, or None where there are none.
        is_excused: Whether the instructor has excused the student.
        reason: Why there are no points, or "".
    """

    result: Result
    points: float | None
    is_excused: bool = False
    reason: str = ""

    @property
    def name(self) -> str:
        """Who it is, as messages say it."""
        return one_line(self.result.shown_name)


def mark_of(result: Result, missing: float | None = None) -> Mark:
    """What is handed over of a row. A mark that the instructor has given stands, whatever was handed in.

    Args:
        result: The row.
        missing: Points of those who handed nothing in; None hands nothing over.

    Example:

    >>> mark_of(Result("ada", "03_numpy_net", "missing")).reason
    'handed nothing in'
    >>> mark_of(Result("ada", "03_numpy_net", "missing"), missing=0.0).points
    0.0
    """
    if result.is_excused:
        return Mark(result, None, True, "excused")
    if result.left_out and not result.is_set:
        return Mark(result, None, reason=result.left_out)
    if result.has_mark:
        return Mark(result, result.mark)
    if result.status == "missing" and missing is not None:
        return Mark(result, missing)
    return Mark(result, None, reason=NOT_HANDED_IN if result.status == "missing" else "not graded yet")


def most_points(results: Iterable[Result]) -> float:
    """Points that the assignment is worth: what the rows say that were graded last, or 0 where none was.

    Example:

    >>> most_points([Result("ada", "03_numpy_net", "missing")])
    0.0
    """
    worth = [result.max_score for result in results if result.has_marks and not result.left_out]
    return max(worth, default=0.0)


def listed(names: Sequence[str]) -> str:
    """Some of the names, the first by alphabet, and how many more there are.

    Example:

    >>> listed(["Doe, Jane", "Ada"])
    'Ada; Doe, Jane'
    """
    return first_of(sorted(names))
