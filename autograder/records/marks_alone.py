"""What becomes of a result that cannot be written, stored or drawn: its marks, and a sentence that says so.

A result holds what a student's code returned and printed. No step that is taken with one may end the run for the
others, whatever it holds; and a student whose result cannot be shown keeps the points.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import replace
from typing import Any, TypeVar

from autograder.facts.result import LARGEST_NUMBER, OUTCOMES, STATUSES, Part, QuestionResult, Result
from autograder.records.errors import GradebookError
from autograder.text import one_line

_Made = TypeVar("_Made")
_ABOUT_THE_STUDENT = ("name", "id", "email", "group", "file", "submitted", "left_out")


def contained(step: Callable[[Result], _Made], result: Result) -> _Made:
    """Takes a step with a result, or with its marks alone when the step fails on something that it holds.

    Example:

    >>> odd = Result("ada", "03", "graded", (QuestionResult("03.1", "Sigmoid", "passed", 2.0, 2.0),), seed=10**5000)
    >>> Result.from_json(contained(Result.to_json, odd)).score
    2.0
    """
    try:
        result.validate()
        return step(result)
    except (OSError, GradebookError):
        raise
    except Exception as error:
        return step(marks_alone(result, _sentence(error)))


def marks_alone(result: Result, message: str) -> Result:
    """A result with the same student, status and points, and nothing that the submission said.

    Numbers that are no points become 0, a status and an outcome that do not exist the one that says the least.
    """
    names: dict[str, Any] = {name: one_line(str(getattr(result, name))) for name in _ABOUT_THE_STUDENT}
    return Result(
        student=result.student,
        assignment=one_line(str(result.assignment)),
        status=result.status if result.status in STATUSES else "crashed",
        questions=tuple(map(_marks, result.questions)),
        message=message,
        **names,
        attempt=max(1, int(_bounded(result.attempt))),
        attempts=max(1, int(_bounded(result.attempts))),
        late_days=int(_bounded(result.late_days)),
        late_hours=int(_bounded(result.late_hours)),
        late_penalty=_bounded(result.late_penalty),
        adjustments=result.adjustments,
        was=None if result.was is None else _bounded(result.was),
        seconds=_bounded(result.seconds),
        seed=int(_bounded(result.seed, 2**63 - 1)),
        device=result.device if isinstance(result.device, str) else "cpu",
        sandbox=one_line(result.sandbox) if isinstance(result.sandbox, str) else "",
        versions=_texts(result.versions),
    )


def _marks(question: QuestionResult) -> QuestionResult:
    most = _bounded(question.max_points)
    return replace(
        question,
        name=one_line(str(question.name)),
        outcome=question.outcome if question.outcome in OUTCOMES else "error",
        points=_bounded(question.points, most),
        max_points=most,
        carried=_bounded(question.carried, _bounded(question.points, most)),
        message="" if question.outcome == "passed" else "what went wrong could not be written down",
        diagnosis=None,
        picture=None,
        facts=(),
        output="",
        warnings=(),
        parts=tuple(map(_part, question.parts)),
    )


def _part(part: Part) -> Part:
    most = _bounded(part.max_points)
    outcome = part.outcome if part.outcome in OUTCOMES else "error"
    return Part(one_line(str(part.name)), bool(part.is_hidden), outcome, _bounded(part.points, most), most)


def _texts(versions: Any) -> dict[str, str]:
    return {str(name): str(version) for name, version in versions.items()} if isinstance(versions, dict) else {}


def _bounded(number: Any, most: float = LARGEST_NUMBER) -> float:
    if not isinstance(number, (int, float)) or not 0 <= number < math.inf:
        return 0
    return min(number, most)


def _sentence(error: Exception) -> str:
    return (
        "Only the marks of this submission are shown, because something that it returned or printed "
        f"could not be written down ({type(error).__name__})."
    )
