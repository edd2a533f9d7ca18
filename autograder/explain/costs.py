"""What each mistake costs, from the bank: in its own question, and elsewhere."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.explain.minor import MINOR
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant

_HALF = 0.5
# shares of points are rounded in many places
_ROUNDING = 1e-9


@dataclass(frozen=True)
class Cost:
    """What one mistake costs.

    Attributes:
        mutant: The mistake.
        question: Its own question: the one whose solution has the line.
        points: Points of that question.
        lost: Points that are lost there.
        elsewhere: Points that are lost in other questions.
        passes_publicly: Whether it passes all public tests of its own question: a student's check is green.
    """

    mutant: Mutant
    question: str
    points: float
    lost: float
    elsewhere: float
    passes_publicly: bool

    @property
    def share(self) -> float:
        """The part of its question's points that is lost."""
        return self.lost / self.points

    @property
    def excuse(self) -> str:
        """Why it may cost less than half, or ""."""
        return MINOR.get(self.mutant.code, "")

    @property
    def is_cheap(self) -> bool:
        """Whether it costs less than half of its question, and is of no kind that may."""
        return self.share < _HALF - _ROUNDING and not self.excuse

    @property
    def is_minor(self) -> bool:
        """Whether it costs less than half of its question, and is of a kind that may."""
        return self.share < _HALF - _ROUNDING and bool(self.excuse)

    @property
    def spreads(self) -> bool:
        """Whether it costs something in other questions."""
        return self.elsewhere > _ROUNDING

    @property
    def surprises(self) -> bool:
        """Whether a student whose check is green loses half of the question or more."""
        return self.passes_publicly and self.share >= _HALF - _ROUNDING


def costs_of(bank: Bank, numbers: Iterable[int]) -> tuple[Cost, ...]:
    """What some mutants cost, the dearest of those that pass publicly first, then the cheapest.

    Mutants outside of all questions, or of a question whose tests are not in the bank, are left out.
    """
    points: dict[str, float] = defaultdict(float)
    for test, question in bank.questions.items():
        points[question] += bank.points[test]
    answers: dict[int, dict[str, WrongAnswer]] = defaultdict(dict)
    for test, found in bank.answers.items():
        for one in found:
            answers[one.mutant][test] = one
    costs = []
    for number in numbers:
        own, home = answers[number], bank.homes[number]
        if not points.get(home):
            continue
        public = [test for test in own if bank.questions[test] == home and test not in bank.hidden]
        costs.append(
            Cost(
                bank.mutants[number],
                home,
                points[home],
                sum(_lost(bank, test, one) for test, one in own.items() if bank.questions[test] == home),
                _elsewhere(bank, number, home, own),
                all(own[test].outcome == "passed" for test in public),
            )
        )
    return tuple(sorted(costs, key=lambda cost: (not cost.surprises, not cost.is_cheap, cost.share, cost.mutant.line)))


def _elsewhere(bank: Bank, number: int, home: str, answers: dict[str, WrongAnswer]) -> float:
    """Points that a mutant loses in other questions, as graded with carrying; else all that their tests take."""
    if bank.elsewhere is not None and number in bank.elsewhere:
        return bank.elsewhere[number]
    return sum(_lost(bank, test, one) for test, one in answers.items() if bank.questions[test] != home)


def _lost(bank: Bank, test: str, answer: WrongAnswer) -> float:
    return bank.points[test] * (1 - answer.share)
