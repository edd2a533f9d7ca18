"""Finding what explains a wrong answer: constant factors and mutants that give exactly the student's numbers."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.engine.plugin import TestRun
from autograder.explain.bank import Bank, WrongAnswer
from autograder.explain.factors import Factor, factor_of, named
from autograder.explain.kinds import PRECEDENCE
from autograder.explain.leaves import Leaf, distance, leaves_of, same
from autograder.explain.mutants import Mutant

Key = tuple[str, int, str, str]  # test, and key of a leaf in it


@dataclass(frozen=True)
class Cause:
    """What explains wrong values.

    Attributes:
        code: The kind of mistake.
        labels: What the values are called, such as `W1`; empty for a value without a name.
        factor: The constant factor, when it is one.
        mutants: The mutants that give the student's numbers, the likeliest first; of one code.
        also: Other kinds that explain the same numbers.
    """

    code: str
    labels: tuple[str, ...]
    factor: Factor | None = None
    mutants: tuple[Mutant, ...] = ()
    also: tuple[str, ...] = ()


class Evidence:
    """The wrong values of one question beside the right ones, in every test that failed.

    Args:
        bank: The bank of wrong answers.
        failed: Tests of the question that failed.
        passed: Names of its tests that were passed.
    """

    def __init__(self, bank: Bank, failed: Sequence[TestRun], passed: Iterable[str]) -> None:
        self._bank = bank
        self._passed = set(passed)
        self.leaves: dict[str, dict[tuple[int, str, str], Leaf]] = {}
        self.right: dict[str, dict[tuple[int, str, str], Leaf]] = {}
        for run in failed:
            if run.test in bank.right:
                self.leaves[run.test] = {leaf.key: leaf for leaf in leaves_of(list(run.observed))}
                self.right[run.test] = {leaf.key: leaf for leaf in bank.right[run.test]}
        self.wrong: list[Key] = [
            (test, *key)
            for test, found in self.leaves.items()
            for key, leaf in found.items()
            if key in self.right[test] and not same(leaf, self.right[test][key])
        ]

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of what is wrong, in order."""
        return tuple(dict.fromkeys(self.leaf(key).label for key in self.wrong))

    def leaf(self, key: Key) -> Leaf:
        """The student's leaf."""
        return self.leaves[key[0]][key[1:]]

    def proven(self, keys: Sequence[Key]) -> bool:
        """Whether keys are of two fixtures of different sizes."""
        return len({(self.leaf(key).sizes, self.leaf(key).shape) for key in keys}) > 1

    def causes(self) -> list[Cause]:
        """All that explains everything that is wrong; failing that, what explains the first wrong value."""
        if not self.wrong:
            return []
        found = self._explaining(self.wrong, whole=True)
        if found:
            return found
        found = self._scaled()
        if found:
            return found
        for label in self.labels:
            keys = [key for key in self.wrong if self.leaf(key).label == label]
            found = self._explaining(keys, whole=False)
            if found:
                return found
        return []

    def _explaining(self, keys: list[Key], whole: bool) -> list[Cause]:
        if not self.proven(keys):
            return []
        labels = tuple(dict.fromkeys(self.leaf(key).label for key in keys))
        factor = self._factor(keys)
        matching = self._matching(keys, whole)
        if self._all_zero(keys):
            return [Cause("zero", labels)]
        causes = [Cause(factor.code, labels, factor=factor)] if factor else []
        by_code: dict[str, list[Mutant]] = {}
        for mutant in matching:
            by_code.setdefault(mutant.code, []).append(mutant)
        for code in sorted(by_code, key=lambda code: PRECEDENCE[code]):
            if not factor or code != factor.code:
                causes.append(Cause(code, labels, mutants=tuple(by_code[code])))
        return causes

    def _scaled(self) -> list[Cause]:
        """Two mistakes at once: a mutant, and a constant factor on all that is wrong."""
        tests = {key[0] for key in self.wrong}
        if not self.proven(self.wrong):
            return []
        contradicted = self._contradicted()
        answers: dict[int, dict[str, WrongAnswer]] = {}
        for test in tests:
            for answer in self._bank.answers[test]:
                if answer.outcome in ("failed", "error") and answer.mutant not in contradicted:
                    answers.setdefault(answer.mutant, {})[test] = answer
        found = []
        for number, by_test in answers.items():
            factor = self._factor_against(by_test) if by_test.keys() == tests else None
            if factor is not None:
                found.append(Cause(self._bank.mutants[number].code, self.labels, factor, (self._bank.mutants[number],)))
        return sorted(found, key=lambda cause: PRECEDENCE[cause.code])[:1]

    def _factor_against(self, answers: dict[str, WrongAnswer]) -> Factor | None:
        factors = []
        wrong = set(self.wrong)
        for test, answer in answers.items():
            theirs = {leaf.key: leaf for leaf in answer.leaves}
            if theirs.keys() != self.leaves[test].keys():
                return None
            for key, leaf in self.leaves[test].items():
                if (test, *key) in wrong:
                    factor = factor_of(leaf, theirs[key])
                    if factor is None:
                        return None
                    factors.append((factor, self.right[test][key] if key in self.right[test] else leaf))
                elif not same(leaf, theirs[key]):
                    return None
        return named(factors)

    def _factor(self, keys: list[Key]) -> Factor | None:
        factors = []
        for key in keys:
            leaf, right = self.leaf(key), self.right[key[0]][key[1:]]
            factor = factor_of(leaf, right)
            if factor is None:
                return None
            factors.append((factor, right))
        return named(factors)

    def _matching(self, keys: list[Key], whole: bool) -> list[Mutant]:
        """Mutants whose values are the student's; with `whole`, also where the student is right."""
        tests = {key[0] for key in keys}
        found: dict[int, int] = {}
        for test in tests:
            wanted = [key[1:] for key in keys if key[0] == test]
            for answer in self._bank.answers[test]:
                if answer.outcome in ("failed", "error") and self._fits(answer, test, wanted, whole):
                    found[answer.mutant] = found.get(answer.mutant, 0) + 1
        contradicted = self._contradicted() if whole else set()
        called = {name for test in tests for name in self._bank.calls[test]}
        mutants = [
            self._bank.mutants[number]
            for number, count in sorted(found.items())
            if count == len(tests) and number not in contradicted
        ]
        # what is called is likelier to be wrong than what it calls in turn
        return sorted(mutants, key=lambda mutant: mutant.function not in called)

    def _all_zero(self, keys: list[Key]) -> bool:
        found = [self.leaf(key).numbers for key in keys]
        return all(numbers and not any(numbers) for numbers in found)

    def _fits(self, answer: WrongAnswer, test: str, wanted: list[tuple[int, str, str]], whole: bool) -> bool:
        own = self.leaves[test]
        theirs = {leaf.key: leaf for leaf in answer.leaves}
        if whole and theirs.keys() != own.keys():
            return False
        keys = own if whole else wanted
        return all(key in theirs and same(own[key], theirs[key]) for key in keys)

    def _contradicted(self) -> set[int]:
        """Mutants that fail a test of the question which the student passed."""
        return {
            answer.mutant
            for test in self._passed
            for answer in self._bank.answers.get(test, ())
            if answer.outcome != "passed"
        }

    def size(self) -> float:
        """How far the first wrong value is from the right one, relative."""
        key = self.wrong[0]
        return distance(self.leaf(key).numbers, self.right[key[0]][key[1:]].numbers)
