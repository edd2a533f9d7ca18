"""A result as the tests that students have tell it."""

from __future__ import annotations

from dataclasses import replace

from autograder.facts.result import QuestionResult, Result, gravest
from autograder.words import message

_WRONG = ("failed", "error")
# what is known of a question beyond its tests
_LOCATED = "comes-from"


def knows_parts(result: Result) -> bool:
    """Whether it says which tests are hidden; a result of an early program does not.

    Example:

    >>> knows_parts(Result("ada", "03_numpy_net", "graded"))
    True
    """
    return all(question.parts for question in result.questions)


def hidden_points(result: Result) -> float:
    """Points of tests that students do not have."""
    return sum(part.max_points for question in result.questions for part in question.parts if part.is_hidden)


def public_only(result: Result) -> Result:
    """The result without anything that a hidden test has found: its points, outcomes, facts, causes and output.

    A question that has hidden tests alone is not in it. The mark stays with the caller: it counts all tests.
    """
    rows = map(_public, result.questions)
    return replace(result, questions=tuple(row for row in rows if row is not None))


def _public(question: QuestionResult) -> QuestionResult | None:
    parts = tuple(part for part in question.parts if not part.is_hidden)
    if not parts:
        return None
    if len(parts) == len(question.parts):
        return question
    first = gravest(parts)
    is_wrong = first.outcome in _WRONG
    located = tuple(fact for fact in question.facts if fact.kind == _LOCATED) if is_wrong else ()
    facts = (*first.facts, *located)
    return replace(
        question,
        outcome=first.outcome,
        points=sum(part.points for part in parts),
        max_points=sum(part.max_points for part in parts),
        message=message(facts),
        facts=facts,
        # a cause explains the question; where the public tests are right, it is one of a hidden test
        diagnosis=question.diagnosis if is_wrong else None,
        picture=question.picture if is_wrong else None,
        # nobody knows which test it comes from
        output="",
        warnings=(),
        carried=0.0,
        parts=parts,
    )
