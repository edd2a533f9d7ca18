"""Whether a question can still tell right from wrong on a submission's own groundwork: its usual mistakes are tried.

On a `backward` that gives zeros every `train` agrees. So before a mark is carried, mistakes made in the solution are
judged on the same groundwork, and most of those that the tests find otherwise must be found there too.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from itertools import zip_longest

from autograder.carrying.parts import Parts
from autograder.engine.runs import Test, TestRun
from autograder.explain.mutation.bank import Bank
from autograder.explain.mutation.mutants import Mutant

# of the mistakes that a question's tests find on a right groundwork, so many in a hundred must be found on the own one
SHARE = 80
_TRIED = 6

Judged = Callable[[str, Sequence[Test]], list[TestRun]]


def tells_right_from_wrong(
    question: str, tests: Sequence[Test], bank: Bank, parts: Parts, judged: Judged
) -> bool | None:
    """Whether the tests of a question find mistakes on a groundwork; None where none can be tried.

    Args:
        question: The question.
        tests: Those of its tests for which marks are to be carried.
        bank: The mistakes, and which tests find them on a right groundwork.
        parts: What belongs to which question.
        judged: Runs tests on the solution with a change, on the groundwork.
    """
    # a test that the solution itself does not pass there tells nothing of mistakes
    able = [run.of for run in sorted(judged("", tests), key=lambda run: run.seconds) if run.outcome == "passed"]
    found = {test.name: _found_by(bank, test.name) for test in able}
    mistakes = usual(bank, parts, question, set().union(*found.values()) if found else set())
    caught, may_miss = 0, len(mistakes) - math.ceil(SHARE * len(mistakes) / 100)
    for tried, number in enumerate(mistakes):
        if tried - caught > may_miss:
            return False
        mutant = bank.mutants[number]
        # the quick tests first: what one of them finds, no other is asked
        those = (test for test in able if number in found[test.name])
        caught += any(run.outcome != "passed" for test in those for run in judged(mutant.source, [test]))
    return len(mistakes) - caught <= may_miss if mistakes else None


def usual(bank: Bank, parts: Parts, question: str, among: set[int]) -> list[int]:
    """Numbers of a few mistakes in the functions of a question, of as many kinds as there are."""
    by_code: dict[str, list[int]] = {}
    for number in sorted(among):
        mutant: Mutant = bank.mutants[number]
        if parts.questions.get(mutant.owner) == question and mutant.source:
            by_code.setdefault(mutant.code, []).append(number)
    turns = zip_longest(*by_code.values())
    return [number for turn in turns for number in turn if number is not None][:_TRIED]


def _found_by(bank: Bank, test: str) -> set[int]:
    return {one.mutant for one in bank.answers.get(test, ()) if one.outcome != "passed"}
