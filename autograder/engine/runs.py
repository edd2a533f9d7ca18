"""What came of each test of an assignment, and the row that a question's tests make together."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from autograder.assignment.questions import Question
from autograder.engine.answers import counted
from autograder.engine.connection import MOST_PRINTED
from autograder.engine.observed import Observed
from autograder.facts.fact import Fact
from autograder.facts.result import Part, Picture, QuestionResult, gravest
from autograder.words import message, say


@dataclass(frozen=True)
class Test:
    """One test of an assignment.

    Attributes:
        name: Its name.
        question: Its question.
        line: The line that the student reads: its docstring.
        is_hidden: Whether students do not have it.
        uses: Names that its code, and that of its file's functions which it calls, reads of other objects.
    """

    name: str
    question: Question
    line: str
    is_hidden: bool
    uses: frozenset[str] = frozenset()


@dataclass(frozen=True)
class TestRun:
    """What came of one test.

    Attributes:
        of: The test.
        outcome: As in a result.
        share: Part of the points that was earned.
        facts: What is wrong and what is right, as students may read it.
        code: The kind of mistake, when the failure itself proves one.
        tensor: What it was proven on.
        names: What the test calls the value, or the items of a tuple.
        picture: What differs, to be looked at, or None.
        observed: What the submission's calls returned.
        seconds: How long it took.
        output: What the submission printed meanwhile.
        warned: Warnings that came up meanwhile, each once.
        carried: Part of the points, of those earned, that was earned on the submission's own groundwork.
        own: Functions of the submission, not right themselves, that it was judged with.
        is_stood_in: Whether others stood in for these.
        waits: Why it could not be judged with the submission's own groundwork, or None.
    """

    of: Test
    outcome: str
    share: float = 1.0
    facts: tuple[Fact, ...] = ()
    code: str = ""
    tensor: str = ""
    names: tuple[str, ...] = ()
    picture: Picture | None = None
    observed: tuple[Observed, ...] = ()
    seconds: float = 0.0
    output: str = ""
    warned: tuple[Fact, ...] = ()
    carried: float = 0.0
    own: tuple[str, ...] = ()
    is_stood_in: bool = False
    waits: Fact | None = None

    @property
    def question(self) -> str:
        """Id of its question."""
        return self.of.question.id

    @property
    def test(self) -> str:
        """The test's name."""
        return self.of.name

    @property
    def is_wrong(self) -> bool:
        """Whether there is something to explain."""
        return self.outcome in ("failed", "error")


def rows_of(runs: Sequence[TestRun]) -> tuple[QuestionResult, ...]:
    """One row for each question, in the order of the tests: points add up, the gravest outcome and its facts stand."""
    by_question: dict[str, list[TestRun]] = {}
    for run in runs:
        by_question.setdefault(run.question, []).append(run)
    return tuple(_row(found) for found in by_question.values())


def _row(runs: list[TestRun]) -> QuestionResult:
    first = gravest(runs)
    points = math.fsum(run.of.question.points * run.share for run in runs)
    most = math.fsum(run.of.question.points for run in runs)
    facts = (*first.facts, *_carried(runs, points, most))
    return QuestionResult(
        id=runs[0].question,
        name=runs[0].of.line,
        outcome=first.outcome,
        points=points,
        max_points=most,
        carried=math.fsum(run.of.question.points * run.carried for run in runs),
        message=message(facts),
        facts=facts,
        picture=first.picture,
        output=_output(runs),
        warnings=counted(one for run in runs for one in run.warned),
        parts=tuple(map(_part, runs)),
    )


def _part(run: TestRun) -> Part:
    worth = run.of.question.points
    return Part(run.of.line, run.of.is_hidden, run.outcome, worth * run.share, worth, run.facts)


def _carried(runs: list[TestRun], points: float, most: float) -> Iterator[Fact]:
    """What is told of being judged on one's own groundwork."""
    own = tuple(dict.fromkeys(name for run in runs for name in run.own))
    if own:
        kind = "carried-in-place" if any(run.is_stood_in for run in runs) else "carried"
        yield Fact(kind, own, {"earned": round(points, 3), "points": round(most, 3)})
    else:
        yield from [run.waits for run in runs if run.waits is not None][:1]


def _output(runs: list[TestRun]) -> str:
    """What was printed in a question's tests, and a sentence where there was more."""
    text = "\n".join(run.output.rstrip("\n") for run in runs if run.output.strip())
    return text if len(text) <= MOST_PRINTED else f"{text[:MOST_PRINTED]}\n{say(Fact('more-printed'))}"
