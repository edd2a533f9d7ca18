"""An explanation tried again with other numbers: a rate, a seed or a count that happens to fit proves nothing.

The submission and the solution, or its mutant, are asked once more with every number among the arguments changed. Where
the fixtures have numbers of their own each, or there is no solution to ask, nothing is tried.
"""

from __future__ import annotations

import math
from typing import Any

from autograder.engine.observed import Observed
from autograder.engine.session import Session
from autograder.explain.diagnosis.causes import Explanation, numbers_in, step
from autograder.explain.diagnosis.evidence import Evidence
from autograder.explain.diagnosis.factors import factor_of
from autograder.explain.diagnosis.replay import Replay
from autograder.explain.diagnosis.trials import called
from autograder.explain.leaves import Leaf, leaves_of, same
from autograder.wire import Remote

_SHRINK, _GROW = 0.731, 1.37
# calls that take longer are not made once more
_SECONDS = 1.0


class OtherNumbers:
    """Tries explanations of one question."""

    def __init__(
        self, replay: Replay, session: Session, evidence: Evidence, question: str, seconds: dict[str, float]
    ) -> None:
        self._replay = replay
        self._session = session
        self._evidence = evidence
        self._question = question
        self._seconds = seconds
        self._answers: dict[tuple[str, int], tuple[Observed, Observed | None]] = {}

    def confirm(self, found: Explanation) -> bool:
        """Whether an explanation holds for other numbers, as far as that can be tried."""
        evidence = self._evidence
        keys = [key for key in found.keys if not evidence.call(key).name.startswith(".")]
        calls = {key[:2]: evidence.call(key) for key in keys}
        numbers = [numbers_in(one.arguments) for one in calls.values()]
        mutant = found.mutants[0] if found.mutants else None
        is_known = self._replay.is_possible and (mutant is None or bool(mutant.source))
        if not is_known or not any(numbers) or _vary(numbers):
            return True
        key = next(key for key, found in zip(calls, numbers, strict=True) if found)
        if self._seconds[key[0]] > _SECONDS:
            return True
        one, own = self._own(key, calls[key])
        theirs = self._replay.answer(self._session, one, mutant, evidence.clock)
        if theirs is None:
            return True
        if own is None:
            return False
        mine, other = ({leaf.path: leaf for leaf in leaves_of([answer])} for answer in (own, theirs))
        paths = [asked[3] for asked in keys if asked[:2] == key]
        pairs = [(mine[path], other[path]) for path in paths if path in mine and path in other]
        if found.factor is not None and found.factor.of_step:
            given = {leaf.label: leaf for leaf in reversed(leaves_of([Observed("", one.arguments)]))}
            pairs = [(step(given[a.label], a), step(given[b.label], b)) for a, b in pairs]
            return all(_is_factor(a, b, found.factor.value) for a, b in pairs)
        if found.factor is None:
            return all(same(a, b) for a, b in pairs)
        wanted = self._factor_before(found, key)
        return all(_is_factor(a, b, wanted) for a, b in pairs)

    def _own(self, key: tuple[str, int], one: Observed) -> tuple[Observed, Observed | None]:
        if key not in self._answers:
            other = Observed(one.name, None, arguments=tuple(map(_changed, one.arguments)))
            clock = self._evidence.clock
            answer = called(self._session, self._question, other.name, other.arguments, clock)
            self._answers[key] = other, answer
        return self._answers[key]

    def _factor_before(self, found: Explanation, call: tuple[str, int]) -> float:
        """The factor on the fixture whose numbers are changed: its sizes stay, and so must the factor."""
        evidence = self._evidence
        key = next(key for key in found.keys if key[:2] == call)
        against = evidence.right_leaf(key)
        if found.mutants:
            number = evidence.bank.mutants.index(found.mutants[0])
            answer = evidence.candidates([key[0]])[number][key[0]]
            against = next(leaf for leaf in answer.leaves if leaf.key == key[1:])
        return factor_of(evidence.leaf(key), against) or math.nan


def _is_factor(wrong: Leaf, right: Leaf, wanted: float) -> bool:
    factor = factor_of(wrong, right)
    return factor is not None and math.isclose(factor, wanted, rel_tol=10 * max(wrong.tolerance, right.tolerance))


def _vary(found: list[tuple[float, ...]]) -> bool:
    """Whether no number is the same in all calls."""
    return len(found) > 1 and all(len(set(numbers)) > 1 for numbers in zip(*found, strict=False))


def _changed(value: Any) -> Any:
    kind = type(value)
    if kind is int:
        return value + 1
    if kind is float:
        return value * (_SHRINK if abs(value) <= 1 else _GROW)
    if kind in (list, tuple):
        return kind(map(_changed, value))
    if kind is dict:
        return {key: _changed(item) for key, item in value.items()}
    if kind is Remote:
        options = {name: _changed(item) for name, item in value.options.items()}
        changed = Remote(value.path, *map(_changed, value.arguments), **options)
        for method, arguments in value.steps:
            changed = changed.then(method, *map(_changed, arguments))
        return changed
    return value
