"""Finding what explains a wrong answer: constant factors and mutants that give exactly the student's numbers."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from autograder.engine.observed import Observed
from autograder.engine.runs import TestRun
from autograder.explain.diagnosis.clock import Clock
from autograder.explain.diagnosis.factors import factor_of, named
from autograder.explain.leaves import Leaf, leaves_of, lengths_of, same, shapes_of
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant
from autograder.facts.cause import Factor
from autograder.facts.kinds import PRECEDENCE

# a mutant that scales, with another factor on top, is one mistake that looks like two
_SCALES = {"missing-mean", "mean-twice", "mean-over-outputs", "sum-over-outputs", "factor-two", "factor-half"}
# true of so many mistakes that any other kind says more
_VAGUE = ("axis", "wrong-value")
# one tensor that is zero, or as it was, can come from anything
_NO_PROOF_ALONE = ("zero", "not-used", "missing-step")
Key = tuple[str, int, str, str]  # test, and key of a leaf in it


@dataclass(frozen=True)
class Explanation:
    """What explains wrong values.

    Attributes:
        code: The kind of mistake.
        labels: What the values are called, such as `W1`; empty for a value without a name.
        factor: The constant factor, when it is one.
        mutants: The mutants that give the student's numbers, the likeliest first; of one code.
    """

    code: str
    labels: tuple[str, ...]
    factor: Factor | None = None
    mutants: tuple[Mutant, ...] = ()


class Evidence:
    """The wrong values of one question beside the right ones, in every test that failed."""

    def __init__(
        self, bank: Bank, failed: Sequence[TestRun], passed: Iterable[str], clock: Clock | None = None
    ) -> None:
        self._bank = bank
        self._clock = clock or Clock()
        self._passed = set(passed)
        self.leaves: dict[str, dict[tuple[int, str, str], Leaf]] = {}
        self.right: dict[str, dict[tuple[int, str, str], Leaf]] = {}
        self._arguments: dict[str, list[list[Leaf]]] = {}
        self._given: dict[str, list[tuple[tuple[str, tuple[int, ...]], ...]]] = {}
        self._observed: dict[str, list[Observed]] = {}
        for run in failed:
            if run.test in bank.right:
                self._clock.check()
                self._observed[run.test] = observed = list(run.observed)
                self.leaves[run.test] = {leaf.key: leaf for leaf in leaves_of(observed)}
                self._given[run.test] = [tuple(shapes_of(one.arguments)) for one in observed]
                self._arguments[run.test] = [leaves_of([Observed("", one.arguments)]) for one in observed]
                self.right[run.test] = {leaf.key: leaf for leaf in bank.right[run.test]}
        self.wrong: list[Key] = [
            (test, *key)
            for test, found in self.leaves.items()
            for key, leaf in found.items()
            if key in self.right[test] and self.right[test][key].numbers and not same(leaf, self.right[test][key])
        ]

        # what the solution changed and the submission did not is there in the one alone
        self._absent = any(
            key[0] in {leaf.call for leaf in found.values()}
            for test, found in self.leaves.items()
            for key in self.right[test].keys() - found.keys()
        )

    @property
    def labels(self) -> tuple[str, ...]:
        """Names of what is wrong, in order."""
        return tuple(dict.fromkeys(self.leaf(key).label for key in self.wrong))

    def leaf(self, key: Key) -> Leaf:
        """The student's leaf."""
        return self.leaves[key[0]][key[1:]]

    def proven(self, keys: Sequence[Key]) -> bool:
        """Whether keys are of two fixtures of different sizes."""
        return len({(self._given[key[0]][key[1]], self.leaf(key).shape) for key in keys}) > 1

    def causes(self) -> list[Explanation]:
        """All that explains everything that is wrong; failing that, what explains the first wrong value."""
        if not (self.wrong or self._absent):
            return []
        found = self._unchanged() or self._explaining(self.wrong, whole=True)
        if found or not self.wrong:
            return found
        found = self._scaled() or self._penalised() or self._normalised()
        if found:
            return found
        for label in self.labels:
            keys = [key for key in self.wrong if self.leaf(key).label == label]
            found = self._explaining(keys, whole=False)
            if found:
                return found
        return []

    def _explaining(self, keys: list[Key], whole: bool) -> list[Explanation]:
        labels = tuple(dict.fromkeys(self.leaf(key).label for key in keys))
        proven = self.proven(keys)
        factor = self._factor(keys) if proven else None
        matching = self._matching(keys, whole)
        if proven and self._all_zero(keys):
            return [Explanation("zero", labels)]
        causes = [Explanation(factor.code, labels, factor=factor)] if factor else []
        by_code: dict[str, list[Mutant]] = {}
        for mutant in matching:
            # a zero somewhere inside is not what is seen
            if mutant.code != "zero" and (whole or mutant.code not in _NO_PROOF_ALONE):
                by_code.setdefault(mutant.code, []).append(mutant)
        for code in sorted(by_code, key=lambda code: (code in _VAGUE and _VAGUE.index(code) + 1, PRECEDENCE[code])):
            if not factor or code != factor.code:
                causes.append(Explanation(code, labels, mutants=tuple(by_code[code])))
        return causes

    def _scaled(self) -> list[Explanation]:
        """Two mistakes at once: a mutant, and a constant factor on all that is wrong."""
        tests = {key[0] for key in self.wrong}
        if not self.proven(self.wrong):
            return []
        contradicted = self._contradicted()
        answers: dict[int, dict[str, WrongAnswer]] = {}
        for test in tests:
            for answer in self._bank.answers[test]:
                self._clock.check()
                scales = self._bank.mutants[answer.mutant].code in _SCALES
                if answer.outcome in ("failed", "error") and answer.mutant not in contradicted and not scales:
                    answers.setdefault(answer.mutant, {})[test] = answer
        found = []
        for number, by_test in answers.items():
            factor = self._factor_against(by_test) if by_test.keys() == tests else None
            if factor is not None:
                found.append(
                    Explanation(self._bank.mutants[number].code, self.labels, factor, (self._bank.mutants[number],))
                )
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
                    factors.append((factor, self.right[test].get(key, leaf)))
                elif not same(leaf, theirs[key]):
                    return None
        return named(factors)

    def _penalised(self) -> list[Explanation]:
        """A multiple of the parameter itself on top of its gradient: a penalty on its square, of any strength."""
        strengths = []
        for key in self.wrong:
            parameter = self._argument(key)
            right = self.right[key[0]][key[1:]]
            leaf = self.leaf(key)
            if parameter is None or not parameter.shape == leaf.shape == right.shape:
                return []
            if not len(parameter.numbers) == len(leaf.numbers) == len(right.numbers) > 0:
                return []
            extra = tuple(a - b for a, b in zip(leaf.numbers, right.numbers, strict=True))
            square = sum(number * number for number in parameter.numbers)
            strength = sum(a * b for a, b in zip(extra, parameter.numbers, strict=True)) / square if square else 0.0
            rest = math.dist(extra, [strength * number for number in parameter.numbers])
            if not strength or rest > leaf.tolerance * (math.hypot(*leaf.numbers) + math.hypot(*extra)):
                return []
            strengths.append(strength)
        if not strengths or not self.proven(self.wrong):
            return []
        close = all(math.isclose(one, strengths[0], rel_tol=1e-3) for one in strengths)
        return [Explanation("extra-term", self.labels)] if close else []

    def _argument(self, key: Key) -> Leaf | None:
        """The argument that bears the same name as a leaf: the parameter of a gradient."""
        label = self.leaf(key).label
        arguments = self._arguments[key[0]][key[1]] if label else ()
        return next((one for one in arguments if one.label == label), None)

    def _normalised(self) -> list[Explanation]:
        """Everything that is wrong points where it should, and has length one."""
        lengths = {test: lengths_of(observed) for test, observed in self._observed.items()}
        for key in self.wrong:
            leaf, right = self.leaf(key), self.right[key[0]][key[1:]]
            factor = factor_of(leaf, right)
            length = lengths[key[0]].get(key[1:], 0.0)
            if factor is None or factor < 0 or not math.isclose(length, 1.0, rel_tol=1e-3):
                return []
        return [Explanation("normalised", self.labels)] if self.proven(self.wrong) else []

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
        tests = list(self.leaves) if whole else list(dict.fromkeys(key[0] for key in keys))
        matched: dict[int, list[Key]] = {}
        refuted = self._contradicted() if whole else set()
        for test in tests:
            wanted = list(self.leaves[test]) if whole else [key[1:] for key in keys if key[0] == test]
            for answer in self._bank.answers[test]:
                self._clock.check()
                found = self._agreeing(answer, test, wanted, whole)
                if found is None:
                    refuted.add(answer.mutant)
                else:
                    matched.setdefault(answer.mutant, []).extend((test, *key) for key in found)
        called = {name for test in tests for name in self._bank.calls[test]}
        mutants = [
            self._bank.mutants[number]
            for number, found in sorted(matched.items())
            if number not in refuted and self.proven(found)
        ]
        # what is called is likelier to be wrong than what it calls in turn
        return sorted(mutants, key=lambda mutant: mutant.function not in called)

    def _agreeing(
        self, answer: WrongAnswer, test: str, wanted: list[tuple[int, str, str]], whole: bool
    ) -> list[tuple[int, str, str]] | None:
        """Leaves in which a mutant is as the student; None when it differs in one.

        With one tensor alone, a mutant may have been stopped by a test before it came as far as the student did.
        """
        own = self.leaves[test]
        theirs = {leaf.key: leaf for leaf in answer.leaves}
        if answer.outcome not in ("failed", "error") or (whole and theirs.keys() != own.keys()):
            return None
        found = [key for key in wanted if key in theirs]
        return found if all(same(own[key], theirs[key]) for key in found) else None

    def _all_zero(self, keys: list[Key]) -> bool:
        for key in keys:
            leaf, right = self.leaf(key), self.right[key[0]][key[1:]]
            if not leaf.numbers or any(leaf.numbers) or leaf.shape != right.shape:
                return False
        return True

    def _unchanged(self) -> list[Explanation]:
        """Everything wrong that was given under the same name is as it was given: a step that was not taken."""
        pairs = [(key, self._argument(key)) for key in self.wrong if not key[2].startswith(".")]
        given = [(key, argument) for key, argument in pairs if argument is not None]
        keys = [key for key, _ in given]
        if not keys or not self.proven(keys) or not all(same(argument, self.leaf(key)) for key, argument in given):
            return []
        return [Explanation("missing-step", tuple(dict.fromkeys(self.leaf(key).label for key in keys)))]

    def _contradicted(self) -> set[int]:
        """Mutants that fail a test of the question which the student passed."""
        return {
            answer.mutant
            for test in self._passed
            for answer in self._bank.answers.get(test, ())
            if answer.outcome != "passed"
        }
