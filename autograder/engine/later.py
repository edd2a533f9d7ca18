"""What is graded only after handing in: the points of the hidden tests and, in words, what they look at."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from autograder.assignment.definition import Assignment
from autograder.engine.recorded import read_later
from autograder.engine.runs import Test
from autograder.engine.suite import Suite


@dataclass(frozen=True)
class Later:
    """The hidden part of a question.

    Attributes:
        question: Id of the question.
        points: Points of its hidden tests.
        looks_at: What these look at: their lines, without the words that name the function.
    """

    question: str
    points: float
    looks_at: str


def later_of(tests: Iterable[Test]) -> tuple[Later, ...]:
    """The hidden part of each question that has one, in the order of the tests."""
    found: dict[str, list[Test]] = {}
    for test in tests:
        if test.is_hidden:
            found.setdefault(test.question.id, []).append(test)
    return tuple(
        Later(id, sum(test.question.points for test in own), _said_once(map(_looks_at, own)))
        for id, own in found.items()
    )


def find_later(assignment: Assignment) -> tuple[Later, ...]:
    """What is graded later: from the hidden tests, or from what was recorded of them for a student's copy.

    Raises:
        UsageError: When the hidden tests cannot be collected, or what was recorded cannot be read.
    """
    if len(assignment.tests(hidden=True)) > len(assignment.tests(hidden=False)):
        return later_of(Suite(assignment).tests)
    return tuple(
        Later(str(one["question"]), float(one["points"]), str(one["looks_at"])) for one in read_later(assignment)
    )


def _said_once(lines: Iterable[str]) -> str:
    """What several lines look at, none of it twice: "other seeds" is said by "other seeds, such as 0"."""
    parts = list(dict.fromkeys(part for line in lines for part in line.split("; ")))
    return "; ".join(one for one in parts if not any(other.startswith(f"{one}, ") for other in parts))


def _looks_at(test: Test) -> str:
    """What stands after the colon: "Softmax of each row: finite for large inputs." looks at large inputs."""
    name, _, words = test.line.partition(": ")
    return (words or name).rstrip(".")
