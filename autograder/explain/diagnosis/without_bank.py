"""What can be told without a bank: what is right in the calls of failed tests, as far as it was recorded.

No mutant is known then. Factors, forms and second calls need none.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.assignment.fixtures import sizes_in_words
from autograder.engine.observed import Observed
from autograder.engine.recorded import read_recorded
from autograder.engine.reference import key_of
from autograder.engine.runs import TestRun
from autograder.explain.leaves import leaves_of, sizes_of
from autograder.explain.mutation.bank import Bank
from autograder.wire import FrameError, decode

_EXAMPLES = "number of examples"


def bank_of_recorded(assignment: Assignment, runs: Iterable[TestRun], seed: int) -> Bank:
    """A bank without mutants: what was recorded as right for the calls of failed tests."""
    values = read_recorded(assignment)
    declared = sizes_in_words(assignment)
    bank = Bank()
    for run in runs:
        if run.is_wrong:
            right = [_right(one, values, seed) for one in run.observed]
            sizes = [_sizes(one, declared) for one in run.observed]
            bank.right[run.test] = tuple(replace(leaf, sizes=sizes[leaf.call]) for leaf in leaves_of(right))
            bank.questions[run.test] = run.question
            bank.calls[run.test] = ()
            bank.answers[run.test] = []
    return bank


def _right(one: Observed, values: dict[str, bytes], seed: int) -> Observed:
    """What was recorded for a call, or nothing in its place."""
    if not one.dropped and not one.name.startswith("."):
        request: dict[str, Any] = {"do": "call", "name": one.name, "arguments": one.arguments, "options": {}}
        for as_given in (True, False):
            try:
                payload = values.get(key_of([request], seed, as_given))
                answer = decode(payload) if payload is not None else None
            except FrameError:
                return replace(one, value=None, changed=())  # an object among the arguments stays where it is
            if type(answer) is dict and "value" in answer:
                changed = tuple((index, value) for index, value in answer.get("changed", ()))
                return replace(one, value=answer["value"], changed=changed)
    return replace(one, value=None, changed=())


def _sizes(one: Observed, declared: Sequence[dict[str, int]]) -> tuple[tuple[str, int], ...]:
    """The sizes that a factor may come from; which of them counts the examples, the solution would tell."""
    found = sizes_of(one.arguments, None, declared)
    names = [name for name, _ in found]
    if _EXAMPLES in names[1:]:
        # examples that lie in columns
        return (found[names.index(_EXAMPLES)],)
    return found
