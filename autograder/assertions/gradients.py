"""Asserting that gradients are right; a wrong loss is told from a wrong backward pass by its numeric derivative."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assertions.arrays import assert_same
from autograder.assertions.callees import Asked, Known, cases
from autograder.assertions.compare import THE_RESULT, form_of, number_of
from autograder.assertions.failure import CheckFailed
from autograder.assignment.fixtures import Fixture, Problems
from autograder.facts.fact import Fact
from autograder.wire import Variable
from autograder.wire.trees import array_of, leaves

_STEP = 1e-5
_CLOSE = 1e-6
# gradients that were computed in float32 beside a loss in float64
_CLOSE_SINGLE = 1e-3
# what lies beyond has no derivative that could be measured: it is infinite, and infinity equals itself
_LARGEST = 1e150

# how much a derivative changes, at least, where the data do
_DEPENDS = 1e-3
# directions along which derivatives are measured: where marks depend on it, others and more
_TO_EXPLAIN, _TO_CARRY = ("own loss",), ("to carry", "to carry, too")

OwnLoss = Callable[[Fixture], Any]


def assert_gradients(student: Asked, reference: Known, *arguments: Any, loss: OwnLoss | None = None) -> None:
    """Asserts that gradients, a dict by parameter name, are right; each tensor earns its share, at most half.

    Args:
        student: The submission's function.
        reference: The reference's function.
        *arguments: The arguments, or one problem, whose values are handed over by the names of the reference's
            parameters.
        loss: The submission's own loss of a problem, such as
            `lambda one: student.mse_loss(student.forward(one.X, one.params), one.Y)`: wrong gradients that are the
            right ones of that loss are told from a wrong backward pass.

    Raises:
        CheckFailed: Naming the tensors that are wrong, and in which way.
    """
    try:
        assert_same(student, reference, arguments, THE_RESULT)
    except CheckFailed as failure:
        if any(type(leaf) is Variable for _, leaf in leaves(next(cases(reference, arguments)))):
            failure.facts = tuple(map(_disconnected, failure.facts))
        problems = arguments[0] if len(arguments) == 1 and isinstance(arguments[0], Problems) else None
        if loss is None or problems is None or not (student.explains or student.carries) or failure.values is None:
            raise
        with student.unobserved():
            is_own = derives_own_loss(student, reference, list(problems), loss)
            depends = is_own and student.carries and depends_on_data(student, reference, problems.first, loss)
        if depends and student.counts_loss():
            return
        if is_own:
            failure.facts = tuple(
                fact if fact.kind == "right" else replace(fact, code="own-loss") for fact in failure.facts
            )
        raise


def _disconnected(fact: Fact) -> Fact:
    """A gradient that is None came from a tape: what it is of has no part in the loss."""
    is_none = fact.kind == "not-an-array" and fact.values.get("came") == form_of(None)
    return replace(fact, code="disconnected") if is_none else fact


def derives_own_loss(student: Asked, reference: Known, problems: Sequence[Fixture], loss: OwnLoss) -> bool:
    """Whether gradients are those of the submission's own loss, along random directions for each parameter."""
    try:
        names = reference.parameters()
        labels = _TO_CARRY if student.carries else _TO_EXPLAIN
        return all(
            _agrees(student(*[one[name] for name in names]), one.widened(), loss, names, label)
            for one in problems
            for label in labels
        )
    except Exception:
        # it only looks for a cause: whatever a submission returns here, or an author's own loss makes of it, costs
        # nobody a mark
        return False


def depends_on_data(student: Asked, reference: Known, one: Fixture, loss: OwnLoss) -> bool:
    """Whether the derivative by each parameter changes with every array that is given, and with every other parameter.

    Those of a loss that is always the same are right where they are zero, and those of a sum where they are one. Only
    what has to be derived through the network earns anything.
    """
    try:
        names = reference.parameters()
        wide = one.widened()
        gradients = student(*[one[name] for name in names])
        argument = next(name for name in names if _is_of_keys(wide[name], gradients))
        params, rng = wide[argument], one.rng("data")
        data = [name for name in names if isinstance(array_of(wide[name]), np.ndarray)]
        others = {name: wide.extended(**{name: _moved(wide[name], rng)}) for name in data}
        others |= {name: wide.extended(**{argument: {**params, name: _moved(params[name], rng)}}) for name in params}
        for name, value in params.items():
            direction = rng.normal(size=array_of(value).shape)
            asked = [wide, *(other for moved, other in others.items() if moved != name)]
            slope, *found = (_slope(other, argument, name, direction, loss) for other in asked)
            if not slope or any(other is None or abs(slope - other) <= _DEPENDS * abs(slope) for other in found):
                return False
        return bool(data)
    except Exception:
        return False


def _moved(value: Any, rng: np.random.Generator) -> Any:
    """Other data of the same form."""
    array = array_of(value)
    moved = array + rng.normal(size=array.shape)
    return moved if value is array else type(value)(moved)


def _agrees(gradients: Any, one: Fixture, loss: OwnLoss, names: Sequence[str], label: str) -> bool:
    given = {name: one[name] for name in names}
    argument = next((name for name, value in given.items() if _is_of_keys(value, gradients)), "")
    if not argument:
        return False
    rng = one.rng(label)
    for name, value in given[argument].items():
        exact, came = array_of(value), array_of(gradients[name])
        if not isinstance(came, np.ndarray) or came.shape != exact.shape or came.dtype.kind != "f":
            return False
        single = came.dtype != np.float64
        came = came.astype(np.float64)
        if not (np.abs(came) < _LARGEST).all():
            return False
        direction = rng.normal(size=exact.shape)
        numeric = _slope(one, argument, name, direction, loss)
        if numeric is None:
            return False
        analytic = float(np.sum(direction * came))
        close = _CLOSE_SINGLE if single else _CLOSE
        scale = abs(numeric) + abs(analytic)
        if not scale or not abs(numeric - analytic) <= close * scale:
            return False
    return True


def _is_of_keys(value: Any, gradients: Any) -> bool:
    """Whether an argument is the dict of parameters that gradients are of."""
    return type(value) is dict and type(gradients) is dict and value.keys() == gradients.keys() != set()


def _slope(one: Fixture, argument: str, name: str, direction: np.ndarray, loss: OwnLoss) -> float | None:
    """How the loss changes when a parameter moves along a direction; None where that is no number."""
    params = one[argument]
    ends = []
    for sign in (1, -1):
        moved = array_of(params[name]) + sign * _STEP * direction
        nudged = Variable(moved) if type(params[name]) is Variable else moved
        found = number_of(loss(one.extended(**{argument: {**params, name: nudged}})))
        if found is None or not abs(found) < _LARGEST:
            return None
        ends.append(found)
    return (ends[0] - ends[1]) / (2 * _STEP)
