"""Equivalent mutants: those that no test can fail, because they return what the solution returns, whatever is asked.

A mutant that the tests let through is tried on more than the tests' own fixtures: on those of another seed, and on the
tests' own calls with every row repeated, which shows what a fixture of one example hides.
"""

from __future__ import annotations

import time
from dataclasses import replace

import numpy as np

from autograder.assertions.failure import CheckFailed
from autograder.assignment.definition import Assignment
from autograder.engine.observed import Observed
from autograder.engine.proxies import StudentFunction
from autograder.engine.reference import ReferenceStore
from autograder.engine.session import Session
from autograder.explain.leaves import Leaf, leaves_of, same
from autograder.explain.mutation.mutants import Mutant
from autograder.explain.mutation.rehearsal import Rehearsal, Rehearsed
from autograder.isolation.host.starting import Spawner
from autograder.wire.trees import array_of, leaves, mapped_arrays

OTHER_SEEDS = (101,)
_TIMES = 3
_CALLS = 40
# calls of loops that take long are left to the other seed; the first call waits for its process as well
_SLOW = 0.05
_TRIES = 3


def equivalents(
    assignment: Assignment,
    spawner: Spawner,
    mutants: list[Mutant],
    tests: dict[str, frozenset[str]],
    reaching: dict[str, set[str]],
) -> list[bool]:
    """Whether each of some mutants cannot be told from the solution."""
    alive = [True] * len(mutants)
    if not mutants:  # every mistake is caught: there is no test to be run once more
        return alive
    for seed in OTHER_SEEDS:
        store = ReferenceStore(assignment, spawner, seed, recorded=False)
        try:
            rehearsal = Rehearsal(assignment, spawner, store, seed)
            wanted = {test for mutant in mutants for test in tests[mutant.owner]}
            right = {run.test: run.leaves for run in rehearsal.survey(wanted).runs}
            _drop_those_that_differ(rehearsal, mutants, tests, right, alive)
            if seed == OTHER_SEEDS[-1]:
                _drop_on_repeated_rows(rehearsal, mutants, reaching, alive)
        finally:
            store.close()
    return alive


def _drop_those_that_differ(
    rehearsal: Rehearsal,
    mutants: list[Mutant],
    tests: dict[str, frozenset[str]],
    right: dict[str, tuple[Leaf, ...]],
    alive: list[bool],
) -> None:
    numbers = {id(mutant): number for number, mutant in enumerate(mutants)}

    def look(mutant: Mutant, runs: tuple[Rehearsed, ...]) -> None:
        if any(not _equal(run.leaves, right[run.test]) for run in runs):
            alive[numbers[id(mutant)]] = False

    rehearsal.rehearse(
        [mutant for mutant, lives in zip(mutants, alive, strict=True) if lives],
        lambda mutant: set(tests[mutant.owner]),
        look,
    )


def _drop_on_repeated_rows(
    rehearsal: Rehearsal, mutants: list[Mutant], reaching: dict[str, set[str]], alive: list[bool]
) -> None:
    with rehearsal.session() as session:
        asked = []
        for one in map(_repeated, rehearsal.observed[:_CALLS]):
            leaves = _quick_answer(session, one)
            if leaves is not None:
                asked.append((one, leaves))
        for number, mutant in enumerate(mutants):
            if alive[number]:
                session.replace(rehearsal.source(mutant))
                own = [(one, leaves) for one, leaves in asked if one.name in reaching[mutant.owner]]
                alive[number] = all(_same_answer(_answer(session, one), leaves) for one, leaves in own)


def _quick_answer(session: Session, one: Observed) -> tuple[Leaf, ...] | None:
    """What a call returns, None where it raises or takes long however often it is tried."""
    for _ in range(_TRIES):
        start = time.perf_counter()
        leaves = _answer(session, one)
        if leaves is None or time.perf_counter() - start < _SLOW:
            return leaves
    return None


def _answer(session: Session, one: Observed) -> tuple[Leaf, ...] | None:
    """What a call returns, None where it raises."""
    session.begin("probe")
    try:
        call = StudentFunction(session, one.name).call(*one.arguments)
    except CheckFailed:
        return None
    return tuple(leaves_of([call.observed]))


def _same_answer(found: tuple[Leaf, ...] | None, right: tuple[Leaf, ...]) -> bool:
    return found is not None and _equal(found, right)


def _equal(found: tuple[Leaf, ...], right: tuple[Leaf, ...]) -> bool:
    one, two = ({leaf.key: leaf for leaf in leaves} for leaves in (found, right))
    return one.keys() == two.keys() and all(same(one[key], two[key]) for key in one)


def _repeated(one: Observed) -> Observed:
    """A call with all examples three times: the arrays that have as many rows as the first one."""
    found = (array_of(leaf) for _, leaf in leaves(one.arguments))
    rows = next((len(array) for array in found if type(array) is np.ndarray and array.ndim == 2), 0)
    return replace(one, arguments=mapped_arrays(one.arguments, lambda array: _stretched(array, rows)))


def _stretched(array: np.ndarray, rows: int) -> np.ndarray:
    return np.concatenate([array] * _TIMES) if array.ndim and len(array) == rows else array
