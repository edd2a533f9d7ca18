"""Finding what explains wrong answers: constant factors and mutants that give exactly the student's numbers.

One mistake explains all that is wrong in a question, or each of several explains a test, or a value, of its own.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.explain.diagnosis.evidence import Evidence, Key
from autograder.explain.diagnosis.factors import factor_of, named
from autograder.explain.leaves import Leaf, lengths_of, same
from autograder.explain.mutation.mutants import Mutant
from autograder.facts.cause import Factor
from autograder.facts.kinds import PRECEDENCE
from autograder.wire import Remote

# a mutant that scales, with another factor on top, is one mistake that looks like two
_SCALES = {
    *("missing-mean", "mean-twice", "mean-over-outputs", "sum-over-outputs", "factor-two", "factor-half", "sign"),
    *("wrong-count", "constant", "missing-factor", "doubled-factor", "logarithm", "misplaced-factor"),
}
# true of so many mistakes that any other kind says more
_VAGUE = ("axis", "wrong-value")
# one tensor that is zero, or as it was, can come from anything
_NO_PROOF_ALONE = ("zero", "not-used", "missing-step")
MOST_CAUSES = 3
_MOST_NUMBERS = 50


@dataclass(frozen=True)
class Explanation:
    """What explains wrong values.

    Attributes:
        code: The kind of mistake.
        labels: What the values are called, such as `W1`; empty for a value without a name.
        keys: The wrong leaves that it explains.
        factor: The constant factor, when it is one.
        mutants: The mutants that give the student's numbers, the likeliest first; of one code.
        beside: Whether another factor, which another value shows, is on these values as well.
    """

    code: str
    labels: tuple[str, ...]
    keys: tuple[Key, ...] = ()
    factor: Factor | None = None
    mutants: tuple[Mutant, ...] = ()
    beside: bool = False

    @property
    def is_multiple(self) -> bool:
        """Whether it is a factor and nothing else."""
        return self.factor is not None and not self.mutants

    @property
    def is_factor(self) -> bool:
        """Whether it is a factor of a value, and nothing else."""
        return self.is_multiple and self.factor is not None and not self.factor.of_step


Holds = Callable[[Explanation], bool]


class Causes:
    """The causes of what is wrong in one question.

    Args:
        evidence: What is wrong.
        holds: Whether an explanation holds for other numbers as well; asked of each before it is named.
    """

    def __init__(self, evidence: Evidence, holds: Holds = lambda explanation: True) -> None:
        self._evidence = evidence
        self._holds = holds

    def found(self) -> list[Explanation]:
        """The causes, the likeliest explanation of each."""
        evidence = self._evidence
        if not (evidence.wrong or evidence.lacks_some):
            return []
        keys = tuple(evidence.wrong)
        whole = self._unchanged(keys) or self._of(keys, whole=True)
        if whole:
            return whole[:1]
        several = [one[0] for one in self._several()]
        if {key for one in several for key in one.keys} >= set(keys):
            return several
        whole = self._scaled(keys) or self._stepped(keys) or self._penalised() or self._normalised()
        return whole[:1] or several

    def _several(self) -> list[list[Explanation]]:
        """One mistake shows in one test, or in one value, and another in another."""
        evidence = self._evidence
        found: list[list[Explanation]] = []
        left = list(evidence.wrong)
        if len(evidence.leaves) > 1:
            for test in evidence.leaves:
                keys = tuple(key for key in left if key[0] == test)
                one = [found for found in self._of(keys, whole=True) if self._is_true_of_all(found)] if keys else []
                if one:
                    found.append(one)
                    left = [key for key in left if key[0] != test]
        for keys in self._by_label(left):
            one = self._unchanged(keys) or self._of(keys, whole=False) or self._stepped(keys)
            one = one or self._of(keys, whole=False, alone=True)
            if one:
                found.append(one)
                left = [key for key in left if key not in keys]
        for keys in self._by_label(left):
            one = self._of_two(keys, found)
            if one:
                found.append(one)
        return self._together(found)[:MOST_CAUSES]

    def _is_true_of_all(self, found: Explanation) -> bool:
        """Whether a factor that one test shows is also that of the same value in the others, where that has one."""
        if not found.is_factor:
            return True
        evidence, explained = self._evidence, {key[2:] for key in found.keys}
        others = [key for key in evidence.wrong if key[2:] in explained and len(evidence.leaf(key).numbers) > 1]
        pairs = [(factor_of(evidence.leaf(key), evidence.right_leaf(key)), evidence.right_leaf(key)) for key in others]
        factors = [(factor, right) for factor, right in pairs if factor is not None]
        return not factors or named(factors) is not None

    def _by_label(self, keys: Sequence[Key]) -> Iterator[tuple[Key, ...]]:
        for label in self._evidence.labels(keys):
            yield tuple(key for key in keys if self._evidence.leaf(key).label == label)

    def _together(self, found: list[list[Explanation]]) -> list[list[Explanation]]:
        """Causes that share an explanation made one; in the order of the solution's lines, factors as they came."""
        merged: list[list[Explanation]] = []
        for one in found:
            for place, other in enumerate(merged):
                shared = [(a, b) for a in other for b in one if _shared(a, b)]
                if shared:
                    merged[place] = [_joined(a, b) for a, b in shared]
                    break
            else:
                merged.append(one)
        return sorted(merged, key=lambda one: one[0].mutants[0].line if one[0].mutants else 0)

    def _of(self, keys: tuple[Key, ...], whole: bool, alone: bool = False) -> list[Explanation]:
        """What explains some wrong leaves: the likeliest first, at most one of each kind."""
        evidence = self._evidence
        labels = evidence.labels(keys)
        proven = evidence.proven(keys)
        if alone and not all(evidence.leaf(key).path.endswith("']") for key in keys):
            return []
        if proven and self._all_zero(keys):
            return [Explanation("zero", labels, keys)]
        factor = self._factor(keys) if proven else None
        found = [Explanation(factor.code, labels, keys, factor)] if factor else []
        by_code: dict[str, list[Mutant]] = {}
        # without a wrong leaf, something is missing that the solution has: in every failed test
        asked = keys or tuple((test, *key) for test, leaves in evidence.leaves.items() for key in leaves)
        mutants = [
            evidence.bank.mutants[number] for number in (evidence.matching(asked, whole, alone) if asked else ())
        ]
        doubtful = all(map(evidence.is_trusted, mutants))
        for mutant in (one for one in mutants if doubtful or not evidence.is_trusted(one)):
            # a zero somewhere inside is not what is seen
            if mutant.code != "zero" and (whole or mutant.code not in _NO_PROOF_ALONE):
                by_code.setdefault(mutant.code, []).append(mutant)
        if factor is not None and factor.source == "-1" and by_code and any(map(self._is_right_elsewhere, keys)):
            # a minus in front of everything would show in every call
            factor, found = None, []
        for code in sorted(by_code, key=lambda code: (code in _VAGUE and _VAGUE.index(code) + 1, PRECEDENCE[code])):
            if not factor or code != factor.code:
                found.append(Explanation(code, labels, keys, mutants=tuple(by_code[code])))
        return self._held(found)

    def _held(self, found: list[Explanation]) -> list[Explanation]:
        """Those that hold for other numbers; of a kind, the mutants that do."""
        held = []
        for one in found:
            if one.factor is not None:
                if self._holds(one):
                    held.append(one)
                continue
            first = next(
                (
                    place
                    for place, mutant in enumerate(one.mutants[:MOST_CAUSES])
                    if self._holds(replace(one, mutants=(mutant,)))
                ),
                None,
            )
            if first is not None:
                held.append(replace(one, mutants=one.mutants[first:]))
            if len(held) == MOST_CAUSES:
                break
        return held

    def _of_two(self, keys: tuple[Key, ...], found: list[list[Explanation]]) -> list[Explanation]:
        """A mutant and a factor in one value, where another value shows one of them alone."""
        alone = {one[0].factor.source: one[0] for one in found if one[0].factor is not None and not one[0].mutants}
        for first in alone.values():
            one = self.beside(keys, first)
            if one is not None:
                return [one]
        shown = {mutant.key for one in found for mutant in one[0].mutants}
        return [
            one
            for one in self._scaled(keys, whole=False)
            if one.factor is not None and (one.factor.source in alone or one.mutants[0].key in shown)
        ]

    def beside(self, keys: tuple[Key, ...], first: Explanation) -> Explanation | None:
        """The factor on a value that another factor is on as well, which another value shows alone."""
        evidence, factors, both = self._evidence, [], 0.0
        known = {}
        for key in first.keys:
            known[key[:2]] = factor_of(evidence.leaf(key), evidence.right_leaf(key))
        for key in keys:
            factor, other = factor_of(evidence.leaf(key), evidence.right_leaf(key)), known.get(key[:2])
            if factor is None or other is None:
                return None
            both = both or factor
            factors.append((factor / other, evidence.right_leaf(key)))
        found = named(factors) if factors and evidence.proven(keys) else None
        if found is None:
            return None
        one = Explanation(found.code, evidence.labels(keys), keys, replace(found, value=both), beside=True)
        return one if self._holds(one) else None

    def _scaled(self, keys: tuple[Key, ...], whole: bool = True) -> list[Explanation]:
        """Two mistakes at once: a mutant, and a constant factor on all that is wrong.

        A number alone, such as a loss, is a multiple of any other: no two mistakes are read out of it.
        """
        evidence = self._evidence
        if not keys or not evidence.proven(keys) or all(len(evidence.leaf(key).numbers) < 2 for key in keys):
            return []
        found = []
        for number, answers in evidence.candidates(dict.fromkeys(key[0] for key in keys)).items():
            evidence.clock.check()
            mutant = evidence.bank.mutants[number]
            if mutant.code in _SCALES:
                continue
            theirs = {test: {leaf.key: leaf for leaf in answer.leaves} for test, answer in answers.items()}
            factor = self._factor_against(theirs, keys, whole)
            if factor is not None:
                found.append(Explanation(mutant.code, evidence.labels(keys), keys, factor, (mutant,)))
        found.sort(key=lambda one: PRECEDENCE[one.code])
        return next(([one] for one in found[:MOST_CAUSES] if self._holds(one)), [])

    def _factor_against(
        self, theirs: dict[str, dict[tuple[int, str, str], Leaf]], keys: tuple[Key, ...], whole: bool
    ) -> Factor | None:
        evidence, factors, asked = self._evidence, [], set(keys)
        bends = False
        for test, other in theirs.items():
            own, right = evidence.leaves[test], evidence.right[test]
            if other.keys() != own.keys():
                return None
            for key, leaf in own.items():
                if (test, *key) in asked:
                    factor = factor_of(leaf, other[key])
                    if factor is None:
                        return None
                    factors.append((factor, right.get(key, leaf)))
                    bends |= key in right and len(leaf.numbers) > 1 and factor_of(leaf, right[key]) is None
                elif (whole or (key in right and same(leaf, right[key]))) and not same(leaf, other[key]):
                    return None
        # where the mutant is itself a multiple of what is right, nothing shows it
        return named(factors) if bends else None

    def _penalised(self) -> list[Explanation]:
        """A multiple of the parameter itself on top of its gradient: a penalty on its square, of any strength."""
        evidence, strengths = self._evidence, []
        for key in evidence.wrong:
            parameter, right, leaf = evidence.argument(key), evidence.right_leaf(key), evidence.leaf(key)
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
        if not strengths or not evidence.proven(evidence.wrong):
            return []
        # of a step, the strength is multiplied by its rate
        rates = zip(*(numbers_in(evidence.call(key).arguments) for key in evidence.wrong), strict=False)
        scales = [(1.0,) * len(strengths), *(found for found in rates if all(found))]
        by_scale = ([one / scale for one, scale in zip(strengths, found, strict=True)] for found in scales)
        close = any(all(math.isclose(one, found[0], rel_tol=1e-3) for one in found) for found in by_scale)
        return [self._about_all("extra-term")] if close else []

    def _normalised(self) -> list[Explanation]:
        """Everything that is wrong points where it should, and has length one."""
        evidence = self._evidence
        lengths = {test: lengths_of(observed) for test, observed in evidence.observed.items()}
        for key in evidence.wrong:
            factor = factor_of(evidence.leaf(key), evidence.right_leaf(key))
            length = lengths[key[0]].get(key[1:], 0.0)
            if factor is None or factor < 0 or not math.isclose(length, 1.0, rel_tol=1e-3):
                return []
        return [self._about_all("normalised")] if evidence.proven(evidence.wrong) else []

    def _about_all(self, code: str) -> Explanation:
        wrong = tuple(self._evidence.wrong)
        return Explanation(code, self._evidence.labels(wrong), wrong)

    def _factor(self, keys: tuple[Key, ...]) -> Factor | None:
        factors = []
        for key in keys:
            right = self._evidence.right_leaf(key)
            factor = factor_of(self._evidence.leaf(key), right)
            if factor is None:
                return None
            factors.append((factor, right))
        return named(factors)

    def _all_zero(self, keys: tuple[Key, ...]) -> bool:
        pairs = [(self._evidence.leaf(key), self._evidence.right_leaf(key)) for key in keys]
        are_zero = all(leaf.numbers and not any(leaf.numbers) and leaf.shape == right.shape for leaf, right in pairs)
        return are_zero and not any(map(self._is_right_elsewhere, keys))

    def _is_right_elsewhere(self, key: Key) -> bool:
        """Whether the same function gives what it should, and no zeros, in another call of the same test."""
        test, _, name, path = key
        own, right = self._evidence.leaves[test], self._evidence.right[test]
        others = ((leaf, right[other]) for other, leaf in own.items() if other[1:] == (name, path) and other in right)
        return any(any(leaf.numbers) and same(leaf, wanted) for leaf, wanted in others)

    def _unchanged(self, wrong: tuple[Key, ...]) -> list[Explanation]:
        """Everything wrong that was given under the same name is as it was given: a step that was not taken."""
        evidence = self._evidence
        pairs = [(key, evidence.argument(key)) for key in wrong if not key[2].startswith(".")]
        given = [(key, argument) for key, argument in pairs if argument is not None]
        keys = tuple(key for key, _ in given)
        if not keys or not evidence.proven(keys):
            return []
        unchanged = all(same(argument, evidence.leaf(key)) for key, argument in given)
        return [Explanation("missing-step", evidence.labels(keys), keys)] if unchanged else []

    def _stepped(self, keys: tuple[Key, ...]) -> list[Explanation]:
        """A parameter whose step, from what was given to what came back, is a multiple of the right one."""
        evidence, factors = self._evidence, []
        for key in keys:
            given, right, leaf = evidence.argument(key), evidence.right_leaf(key), evidence.leaf(key)
            if given is None or not given.shape == leaf.shape == right.shape:
                return []
            factor = factor_of(step(given, leaf), step(given, right))
            if factor is None:
                return []
            factors.append((factor, right))
        found = named(factors) if keys and evidence.proven(keys) else None
        if found is None or found.source not in ("-1", "2", "1/2", "M", "1/M"):
            return []
        return self._held([Explanation(found.code, evidence.labels(keys), keys, replace(found, of_step=True))])


def numbers_in(value: Any) -> tuple[float, ...]:
    """The numbers among arguments, such as rates, counts and seeds: what a submission could have taken for its own."""
    kind = type(value)
    if kind in (int, float):
        return (float(value),)
    if kind in (list, tuple):
        return tuple(number for item in value[:_MOST_NUMBERS] for number in numbers_in(item))
    if kind is dict:
        return tuple(number for item in value.values() for number in numbers_in(item))
    return numbers_in((value.arguments, value.options, value.steps)) if kind is Remote else ()


def step(given: Leaf, after: Leaf) -> Leaf:
    """The step from what was given to what came back."""
    return replace(after, numbers=tuple(b - a for a, b in zip(given.numbers, after.numbers, strict=False)))


def _shared(one: Explanation, two: Explanation) -> bool:
    if one.code != two.code or not _same_factor(one.factor, two.factor):
        return False
    return one.mutants == two.mutants == () or any(mutant in two.mutants for mutant in one.mutants)


def _same_factor(one: Factor | None, two: Factor | None) -> bool:
    if one is None or two is None:
        return one is two
    return one.source == two.source and one.of_step == two.of_step and math.isclose(one.value, two.value, rel_tol=1e-3)


def _joined(one: Explanation, two: Explanation) -> Explanation:
    mutants = tuple(mutant for mutant in one.mutants if mutant in two.mutants)
    labels = tuple(dict.fromkeys((*one.labels, *two.labels)))
    return replace(one, labels=labels, keys=(*one.keys, *two.keys), mutants=mutants)
