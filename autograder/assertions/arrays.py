"""Asserting that a function returns the right values: arrays, numbers, and dicts, tuples and lists of them.

Each assertion calls the submission's function and the reference's with the same arguments, in every size of the
problem, and gives partial credit by part, up to half: of four gradients one that is right earns a quarter of the
points, two or three earn half.
"""

from __future__ import annotations

import math
from dataclasses import replace
from typing import Any

import numpy as np

from autograder.assertions.callees import Asked, Known, cases, look_at_names, look_at_pair
from autograder.assertions.compare import THE_RESULT, Facts, compare, judge
from autograder.assertions.failure import CheckFailed
from autograder.facts.fact import Fact
from autograder.wire import Variable
from autograder.wire.trees import array_of, is_single, leaves, same_bytes

_ROUNDING_ABOVE_ONE = 1e-6
# float32 holds exp(88) at most
_EXTREME = 80.0


def assert_array(
    student: Asked,
    reference: Known,
    *arguments: Any,
    names: tuple[str, ...] = (),
    without_points: tuple[str, ...] = (),
    probabilities: tuple[str, ...] = (),
) -> None:
    """Asserts that what a function returns is right: an array, or a dict, tuple or list of arrays and numbers.

    Args:
        student: The submission's function.
        reference: The reference's function.
        *arguments: The arguments, or one problem, whose values are handed over by the names of the reference's
            parameters.
        names: What the items of a returned tuple are called in messages.
        without_points: Parts that must be right and earn nothing by themselves, such as an input handed back.
        probabilities: Parts whose entries must lie between 0 and 1, such as `Y_hat`; "" for a value without parts. An
            entry that is just below 0 is too small for the difference to show, and makes a logarithm NaN.

    Raises:
        CheckFailed: Naming the parts that are wrong, and in which way.
    """
    label = THE_RESULT if not names else "result"
    assert_same(student, reference, arguments, label, names, without_points, probabilities)


def assert_loss(student: Asked, reference: Known, *arguments: Any, name: str = "the loss") -> None:
    """Asserts that a loss, or another single number, is right.

    Args:
        student: The submission's function.
        reference: The reference's function.
        *arguments: The arguments, or one problem.
        name: What it is called in messages.

    Raises:
        CheckFailed: Saying what came instead.
    """
    assert_same(student, reference, arguments, name)


def assert_close(received: Any, expected: Any, name: str, given: Any = None, single: bool | None = None) -> None:
    """Asserts that a value is right when the test computed itself what is expected.

    Args:
        received: The submission's value.
        expected: What is expected, in float64: an array, a number, or a dict, tuple or list of them.
        name: What it is called in messages.
        given: The same in the dtype to be met; `expected` itself by default.
        single: Whether numbers without a dtype were computed in float32; by default whether `given` is float32.

    Raises:
        CheckFailed: Naming the parts that are wrong, and in which way.

    Example:

    >>> assert_close(0.5, 0.5, "the loss")
    """
    given = expected if given is None else given
    judge(compare(received, given, expected, name, is_single(given) if single is None else single))


def assert_same(
    student: Asked,
    reference: Known,
    arguments: tuple[Any, ...],
    label: str,
    names: tuple[str, ...] = (),
    without_points: tuple[str, ...] = (),
    probabilities: tuple[str, ...] = (),
) -> None:
    """Compares every case, then passes or fails."""
    look_at_pair(student, reference)
    look_at_names(names=names, without_points=without_points, probabilities=probabilities)
    facts: Facts = {}
    for values in cases(reference, arguments):
        call = student.call(*values)
        given, exact = reference.as_given(*values), reference(*values)
        if call.nothing and given is not None:
            raise CheckFailed(call.nothing)
        moved = _changed_variables(values, call.arguments)
        if moved:
            raise CheckFailed(Fact("changes-variables", tuple(moved), {"name": student.name}, code="changes-argument"))
        title = "" if isinstance(given, dict) and label == THE_RESULT else label
        found = compare(call.value, given, exact, title, is_single(values), names)
        for name in probabilities:
            if found[name or title] is None:
                found[name or title] = _no_probabilities(call.value[name] if name else call.value)
        for name, fact in found.items():
            facts[name] = facts.get(name) or _with_extremes(fact, values)
    judge(facts, without_points, names or ((label,) if label in facts else ()))


def _with_extremes(fact: Fact | None, arguments: tuple[Any, ...]) -> Fact | None:
    """What is not finite, with how far the numbers reach that were given, where `exp` does not come back from them."""
    if fact is None or fact.code != "not-finite":
        return fact
    arrays = (array_of(leaf) for _, leaf in leaves(arguments))
    numbers = [one for one in arrays if isinstance(one, np.ndarray) and one.dtype.kind == "f" and one.size]
    low, high = (float(limit([limit(one) for one in numbers] or [0.0])) for limit in (np.min, np.max))
    if not math.isfinite(high - low) or max(-low, high) < _EXTREME:
        return fact
    # of a hidden test the numbers are kept back
    given = Fact("from-to", values={"low": low, "high": high}, measured=True)
    return replace(fact, values={**fact.values, "given": given})


def _no_probabilities(received: Any) -> Fact | None:
    """Whether some entry of an array that is right otherwise is no probability; above 1, rounding is allowed for."""
    array = array_of(received)
    outside = int(((array < 0) | (array > 1 + _ROUNDING_ABOVE_ONE)).sum())
    return Fact("no-probability", values={"count": outside, "size": array.size}) if outside else None


def _changed_variables(before: Any, after: Any, name: str = "") -> list[str]:
    """Names of the variables that a call moved, through tuples, lists and dicts of arguments."""
    if type(before) is Variable:
        return [] if type(after) is Variable and same_bytes(before.array, after.array) else [name]
    if type(before) is dict and type(after) is dict:
        return [found for key in before for found in _changed_variables(before[key], after.get(key), str(key))]
    if type(before) in (list, tuple) and type(after) is type(before):
        return [found for one, two in zip(before, after, strict=False) for found in _changed_variables(one, two, name)]
    return []
