"""Are an assignment's tests any good? What its mutants tell."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np

from autograder.assertions.tolerance import tolerance
from autograder.explain.costs import Cost, costs_of
from autograder.explain.leaves import Leaf, distance, same
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant
from autograder.facts.kinds import PRECEDENCE

_ROOM = 10.0


@dataclass(frozen=True)
class Room:
    """How much room a question's tolerance has.

    Attributes:
        question: Id of the question.
        below: Largest error of a right answer, as a share of what is allowed.
        above: Smallest error of a wrong one, as a multiple of what is allowed.
        mutant: The wrong one.
    """

    question: str
    below: float
    above: float
    mutant: Mutant | None

    @property
    def is_narrow(self) -> bool:
        """Whether there is less than a factor of 10 on either side."""
        return self.below * _ROOM > 1 or self.above < _ROOM


@dataclass(frozen=True)
class Audit:
    """What the mutants tell of the tests.

    Attributes:
        mutants: How many there are.
        caught: How many fail a test.
        survivors: Those that no test fails, and that are wrong.
        equivalent: Those that cannot be told from the solution.
        accepted: Those that no test fails, and that the assignment declares to be right as well, with its reason.
        left_out: Questions that were not audited.
        untouched: Other questions that no mutant takes part in.
        idle: Tests that no mutant fails, by question.
        alike: Pairs of different mistakes that no fixture tells apart.
        rooms: The tolerance of each question that compares numbers.
        costs: What each mistake that is caught costs, those first that an author should look at.
    """

    mutants: int
    caught: int
    survivors: tuple[Mutant, ...]
    equivalent: tuple[Mutant, ...]
    accepted: tuple[tuple[Mutant, str], ...]
    left_out: tuple[str, ...]
    untouched: tuple[str, ...]
    idle: tuple[tuple[str, str], ...]
    alike: tuple[tuple[Mutant, Mutant], ...]
    rooms: tuple[Room, ...]
    costs: tuple[Cost, ...] = ()

    @property
    def green(self) -> tuple[Cost, ...]:
        """Mistakes that pass all public tests of their question."""
        return tuple(cost for cost in self.costs if cost.passes_publicly)

    @property
    def surprising(self) -> tuple[Cost, ...]:
        """Those of them that cost half of the question or more."""
        return tuple(cost for cost in self.costs if cost.surprises)

    @property
    def cheap(self) -> tuple[Cost, ...]:
        """Mistakes that cost less than half of their question, and are of no kind that may."""
        return tuple(cost for cost in self.costs if cost.is_cheap)

    @property
    def spreading(self) -> tuple[Cost, ...]:
        """Mistakes that cost something in another question than their own."""
        return tuple(cost for cost in self.costs if cost.spreads)

    @property
    def minor(self) -> tuple[Cost, ...]:
        """Mistakes that cost less than half of their question, and may."""
        return tuple(cost for cost in self.costs if cost.is_minor)

    @property
    def is_clean(self) -> bool:
        """Whether every mutant that is wrong is caught."""
        return not self.survivors


def audit_of(bank: Bank, accepted: Mapping[str, str] | None = None, left_out: tuple[str, ...] = ()) -> Audit:
    """Reads an audit from a bank."""
    through = set(bank.let_through)
    equivalent = set(bank.equivalent)
    passing = [bank.mutants[number] for number in sorted(through - equivalent)]
    reasons = accepted or {}
    declared = [(one, reasons[key]) for one in passing if (key := f"{one.function}: {one.code}") in reasons]
    touched = {bank.questions[test] for test, found in bank.answers.items() if found}
    idle = [
        (bank.questions[test], test)
        for test, found in bank.answers.items()
        if found and all(one.outcome == "passed" for one in found)
    ]
    return Audit(
        mutants=len(bank.mutants),
        caught=len(bank.mutants) - len(through),
        survivors=tuple(one for one in passing if f"{one.function}: {one.code}" not in reasons),
        accepted=tuple(declared),
        equivalent=tuple(bank.mutants[number] for number in sorted(equivalent)),
        left_out=left_out,
        untouched=tuple(id for id in dict.fromkeys(bank.questions.values()) if id not in touched),
        idle=tuple(idle),
        alike=tuple(_alike(bank, through)),
        rooms=tuple(_rooms(bank, equivalent)),
        costs=costs_of(bank, [number for number in range(len(bank.mutants)) if number not in through]),
    )


def _alike(bank: Bank, through: set[int]) -> Iterator[tuple[Mutant, Mutant]]:
    """Mutants of different kinds whose values are the same in every test."""
    values: dict[tuple[object, ...], list[int]] = {}
    signatures: dict[int, list[object]] = {}
    for test, found in sorted(bank.answers.items()):
        for one in found:
            if one.mutant not in through and one.outcome == "failed":
                signatures.setdefault(one.mutant, []).append((test, one.outcome, _rounded(one)))
    for number, signature in signatures.items():
        values.setdefault(tuple(signature), []).append(number)
    for key, group in values.items():
        # without numbers, or with nothing but zeros, there is nothing to tell apart
        if not any(any(map(any, (leaf[2] for leaf in part[2]))) for part in key):  # type: ignore[index]
            continue
        kinds = {bank.mutants[number].code: bank.mutants[number] for number in reversed(group)}
        first, *others = sorted(kinds.values(), key=lambda mutant: PRECEDENCE[mutant.code])
        for other in others:
            yield first, other


def _rounded(answer: WrongAnswer) -> tuple[object, ...]:
    return tuple(
        (leaf.key, leaf.shape, tuple(float(f"{number:.5g}") for number in leaf.numbers)) for leaf in answer.leaves
    )


def _rooms(bank: Bank, equivalent: set[int]) -> Iterator[Room]:
    for question in dict.fromkeys(bank.questions.values()):
        below, above, closest = 0.0, float("inf"), None
        for test, right in bank.right.items():
            if bank.questions[test] != question:
                continue
            known = {leaf.key: leaf for leaf in right}
            for answer in bank.answers[test]:
                errors = [_share(leaf, known[leaf.key]) for leaf in answer.leaves if leaf.key in known]
                largest = max((error for error in errors if error is not None), default=None)
                if largest is None:
                    continue
                if answer.mutant in equivalent:
                    below = max(below, largest)
                # rounding alone is told by the dtype
                elif answer.outcome == "failed" and 1 < largest < above and bank.mutants[answer.mutant].code != "dtype":
                    above, closest = largest, bank.mutants[answer.mutant]
        # right answers beyond the tolerance: the question judges something else than these numbers
        if closest is not None and below <= 1:
            yield Room(question, below, above, closest)


def _share(leaf: Leaf, right: Leaf) -> float | None:
    """The error of a leaf as a share of what is allowed; None where numbers do not tell."""
    if leaf.shape != right.shape or not leaf.numbers or not right.numbers:
        return None
    if same(leaf, right) and leaf.numbers == right.numbers:
        return 0.0
    return distance(leaf.numbers, right.numbers) / tolerance(np.dtype(right.dtype))
