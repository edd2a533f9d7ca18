"""That no number which a fixture hands over can be mistaken for another, or for a usual one that is written out.

A student who writes 0.1 where a rate of 0.05 is given is wrong by a factor of 2 in every size, and would be told of a
2. So each size has its own rate, epochs and batches, and what is looked for here is a coincidence in two sizes.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterator
from typing import Any

import numpy as np
import pytest

from autograder.defaults import DEFAULT_SEED
from autograder.engine import runs as engine_runs
from autograder.engine.observed import Observed
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.explain.leaves import shapes_of, sizes_of
from autograder.handin.submissions import Submission
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import Limits
from autograder.wire import Remote

USUAL = (0.001, 0.01, 0.1, 0.5, 2.0, 4.0, 10.0)
FACTORS = (2.0, 0.5, 4.0, 0.25, 10.0, 0.1, 100.0, 0.01, math.log(10), 1 / math.log(10), math.log(2), 1 / math.log(2))


def numbers_of(value: Any, path: str = "") -> Iterator[tuple[str, float]]:
    """Single numbers among arguments, those included that an optimizer or a data set is made from."""
    if isinstance(value, Remote):
        if not value.path.startswith("numpy.random."):  # seeds are no sizes of anything
            parts = (value.arguments, value.options, [arguments for _, arguments in value.steps])
            yield from itertools.chain.from_iterable(numbers_of(part, path) for part in parts)
    elif isinstance(value, dict):
        for key, item in value.items():
            yield from numbers_of(item, f"{path} {key}")
    elif isinstance(value, (list, tuple)):
        for place, item in enumerate(value, 1):
            yield from numbers_of(item, f"{path} {place}")
    elif type(value) in (int, float) and value:
        yield path.strip(), float(value)


def derived(call: Observed) -> dict[str, float]:
    """What can be made of a call's numbers, and of a usual number in the place of one of them."""
    sizes = [size for _, size in sizes_of(call.arguments)]
    # a batch of one example, or of all, is meant to be that
    found = {name: value for name, value in numbers_of(call.arguments) if value not in (1, *sizes[:1])}
    made = {f"({name})²": value**2 for name, value in found.items()}
    made |= {f"{usual:g} / ({name})": usual / value for name, value in found.items() for usual in USUAL}
    for one, two in itertools.combinations(found, 2):
        made |= {f"({one}) · ({two})": found[one] * found[two], f"({one}) / ({two})": found[one] / found[two]}
    return found | made


def factors(call: Observed) -> dict[str, float]:
    """What a wrong answer is often wrong by, in the sizes of a call."""
    found = {f"{factor:.4g}": factor for factor in FACTORS}
    for name, size in sizes_of(call.arguments):
        found |= {name: size, f"1 / {name}": 1 / size}
    # 1 is no factor, unless a usual number is the one that is given
    return {name: value for name, value in found.items() if value != 1}


def coincidences(one: Observed, two: Observed) -> Iterator[str]:
    """Where a number of two calls is the same usual factor in both."""
    first, second = factors(one), factors(two)
    mine, other = derived(one), derived(two)
    for name in mine.keys() & other.keys():
        for factor in first.keys() & second.keys():
            if math.isclose(mine[name], first[factor], rel_tol=1e-3) and math.isclose(
                other[name], second[factor], rel_tol=1e-3
            ):
                yield f"{name} is {factor}"
        if " / (" in name and math.isclose(mine[name], 1) and math.isclose(other[name], 1):
            yield f"{name} is 1"


def in_two_sizes(runs: list[engine_runs.TestRun]) -> Iterator[tuple[str, Observed, Observed]]:
    """The calls of each test on the two sizes of its problem, which come before those on its edges."""
    for run in runs:
        by_function: dict[str, dict[str, list[Observed]]] = {}
        for call in run.observed:
            sizes = repr(list(shapes_of(call.arguments)) or list(numbers_of(call.arguments)))
            by_function.setdefault(call.name, {}).setdefault(sizes, []).append(call)
        for by_size in by_function.values():
            if len(by_size) > 1:
                one, two = list(by_size.values())[:2]
                yield from ((run.test, *pair) for pair in zip(one, two, strict=False))


def test_a_rate_that_is_the_same_in_both_sizes_is_found():
    one, two = (Observed("step", None, arguments=(np.ones(3), rate)) for rate in (0.05, 0.05))
    assert "0.1 / (2) is 2" in set(coincidences(one, two))
    assert not set(coincidences(one, Observed("step", None, arguments=(np.ones(3), 0.037))))


@pytest.mark.parametrize("name", ["03_numpy_net", "04_tape_net"])
def test_no_number_of_a_fixture_is_a_usual_factor_in_two_sizes(rooms, name):
    room = rooms(name)
    store = room.store(DEFAULT_SEED)
    source = Submission("solution", room.assignment.solution).read().source
    session = Session(
        Setup(room.spawner, source, Limits(60.0, 600.0, 4000), user=student_user(), forbidden=room.suite.forbidden)
    )
    try:
        runs = room.suite.run(session, store, keeps_all=True)
    finally:
        session.close()
    assert {"gradient_step", "init_params", "train"} & {one.name for _, one, _ in in_two_sizes(runs)}
    found = {
        f"{test}: in {one.name}, argument {text}"
        for test, one, two in in_two_sizes(runs)
        for text in coincidences(one, two)
    }
    assert not found, "give each size a number of its own, in both sizes this is so: " + "; ".join(sorted(found))
