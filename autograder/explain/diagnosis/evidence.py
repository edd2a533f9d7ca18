"""The wrong values of one question beside the right ones, in every test that failed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from autograder.engine.observed import Observed
from autograder.engine.runs import TestRun
from autograder.explain.diagnosis.clock import Clock
from autograder.explain.leaves import Leaf, leaves_of, same, shapes_of
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant
from autograder.facts.kinds import OF_STEPS
from autograder.wire import Remote

Key = tuple[str, int, str, str]  # test, and key of a leaf in it


class Evidence:
    """What the calls of a question's failed tests gave.

    Args:
        bank: The bank.
        failed: The failed tests.
        passed: Names of the question's tests that passed.
        clock: Time for the submission.
        trusted: Functions that are known to be right.

    Attributes:
        wrong: Keys of the leaves that are not right, in the order of the tests and the calls.
        lacks_some: Whether the solution gave, or changed, something that the submission did not.
    """

    def __init__(
        self,
        bank: Bank,
        failed: Sequence[TestRun],
        passed: Iterable[str],
        clock: Clock,
        trusted: Collection[str] = (),
    ) -> None:
        self.bank = bank
        self.clock = clock
        self.observed: dict[str, list[Observed]] = {}
        self.leaves: dict[str, dict[tuple[int, str, str], Leaf]] = {}
        self.right: dict[str, dict[tuple[int, str, str], Leaf]] = {}
        self._given: dict[str, list[tuple[Any, ...]]] = {}
        for run in failed:
            if run.test in bank.right:
                clock.check()
                self.observed[run.test] = observed = list(run.observed)
                self.leaves[run.test] = {leaf.key: leaf for leaf in leaves_of(observed)}
                self.right[run.test] = {leaf.key: leaf for leaf in bank.right[run.test]}
                self._given[run.test] = [_fixture_of(one.arguments) for one in observed]
        self.wrong: list[Key] = [
            (test, *key)
            for test, found in self.leaves.items()
            for key, leaf in found.items()
            if key in self.right[test] and self.right[test][key].numbers and not same(leaf, self.right[test][key])
        ]
        # what the solution changed and the submission did not is there in the one alone
        self.lacks_some = any(
            key[0] in {leaf.call for leaf in found.values()}
            for test, found in self.leaves.items()
            for key in self.right[test].keys() - found.keys()
        )
        self._trusted = trusted
        self._refuted = {
            answer.mutant for test in passed for answer in bank.answers.get(test, ()) if answer.outcome != "passed"
        }
        self._answers = {
            test: {
                one.mutant: one
                for one in bank.answers[test]
                if one.outcome in ("failed", "error") and not self._is_refuted(one.mutant)
            }
            for test in self.leaves
        }

    def leaf(self, key: Key) -> Leaf:
        """The student's leaf."""
        return self.leaves[key[0]][key[1:]]

    def right_leaf(self, key: Key) -> Leaf:
        """The solution's."""
        return self.right[key[0]][key[1:]]

    def call(self, key: Key) -> Observed:
        """The call that gave a leaf."""
        return self.observed[key[0]][key[1]]

    def argument(self, key: Key) -> Leaf | None:
        """The argument that bears the same name as a leaf: the parameter of a gradient."""
        label = self.leaf(key).label
        arguments = leaves_of([Observed("", self.call(key).arguments)]) if label else ()
        return next((one for one in arguments if one.label == label), None)

    def labels(self, keys: Iterable[Key]) -> tuple[str, ...]:
        """What leaves are called, in order."""
        return tuple(dict.fromkeys(self.leaf(key).label for key in keys))

    def proven(self, keys: Iterable[Key]) -> bool:
        """Whether keys are of two fixtures: of different sizes, or where nothing has a size, of different numbers."""
        return len({(self._given[key[0]][key[1]], self.leaf(key).shape) for key in keys}) > 1

    # mutants

    def is_trusted(self, mutant: Mutant) -> bool:
        """Whether a mutant is in a function that is known to be right, where another may do the same."""
        return mutant.function in self._trusted

    def _is_refuted(self, number: int) -> bool:
        """Whether a mutant fails what the submission passed, or makes other steps in a function that is right."""
        mutant = self.bank.mutants[number]
        return number in self._refuted or (self.is_trusted(mutant) and mutant.code in OF_STEPS)

    def candidates(self, tests: Iterable[str]) -> dict[int, dict[str, WrongAnswer]]:
        """Mutants that fail every one of some tests, and no test of the question that the submission passed."""
        first, *others = tests
        return {
            number: {first: answer} | {test: self._answers[test][number] for test in others}
            for number, answer in self._answers[first].items()
            if all(number in self._answers[test] for test in others)
        }

    def matching(self, keys: Sequence[Key], whole: bool, alone: bool = False) -> list[int]:
        """Numbers of the mutants that give the student's values.

        Args:
            keys: What is to be explained.
            whole: Whether all that the tests of these keys gave must be the same. Otherwise what is wrong besides may
                have another cause, and what is right must still be right.
            alone: Whether it need not: where the solution makes all entries of a dict alike, a submission may make each
                by a statement of its own.
        """
        tests = list(dict.fromkeys(key[0] for key in keys))
        found = []
        for number, answers in self.candidates(tests).items():
            self.clock.check()
            agreed = [
                (test, *key)
                for test in tests
                for key in self._agreeing(answers[test], test, set(keys), whole, alone) or ()
            ]
            tests_agree = {key[0] for key in agreed} == set(tests)
            if tests_agree and self.proven(agreed):
                found.append(number)
        # what is called is likelier to be wrong than what it calls in turn
        called = {name for test in tests for name in self.bank.calls[test]}
        return sorted(found, key=lambda number: self.bank.mutants[number].function not in called)

    def _agreeing(
        self, answer: WrongAnswer, test: str, keys: set[Key], whole: bool, alone: bool
    ) -> list[tuple[int, str, str]] | None:
        """The keys in which a mutant is as the student; None where it differs in one.

        A mutant may have been stopped by a test before it came as far as the student did.
        """
        own, theirs = self.leaves[test], {leaf.key: leaf for leaf in answer.leaves}
        if whole and theirs.keys() != own.keys():
            return None
        agreed = []
        for key, leaf in own.items():
            if key not in theirs:
                continue
            asked = whole or (test, *key) in keys
            right = self.right[test].get(key)
            is_right = not alone and right is not None and same(leaf, right)
            if (asked or is_right) and not same(leaf, theirs[key]):
                return None
            if asked:
                agreed.append(key)
        return agreed or None


def _fixture_of(arguments: tuple[Any, ...]) -> tuple[Any, ...]:
    """What tells the fixture of a call: the shapes of what is given; of a function of plain numbers, its numbers.

    Whole numbers may be sizes, or seeds, and tell nothing.

    Example:

    >>> _fixture_of((2.0, 4.0)) == _fixture_of((2.0, 5.0)), _fixture_of(([2.0],)) == _fixture_of(([3.0],))
    (False, True)
    """
    has_sizes = any(type(one) not in (int, float, Remote) for one in arguments)
    numbers = () if has_sizes else tuple(one for one in arguments if type(one) is float)
    return *shapes_of(arguments), *numbers
