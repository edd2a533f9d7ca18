"""Comparing one returned value with the reference's: first the contract (kind, shape, dtype, finite), then numbers.

A comparison gives facts, one a leaf: None where the leaf is right, a sentence where it is not. The sentence tells
what the student has and where it differs most, never what was expected in its place. How far it differs is told in
public tests alone: from enough such numbers, the expected value can be worked out.

What came may be of any size, so sizes are compared before anything is converted, copied or counted.
"""

from __future__ import annotations

import math
from itertools import islice
from typing import Any

import numpy as np

from autograder.assertions.tolerance import tolerance
from autograder.engine.proxies import StudentObject
from autograder.wire import Tensor, Variable
from autograder.wire.trees import array_of
from tfkit.gradients import relative_error


class Fact(str):
    """A sentence about a leaf that is not right, and the kind of mistake when the fact itself tells it.

    Attributes:
        code: The kind of mistake, or "".
        values: What came and what was expected, where numbers differ; for a picture.
        measured: Whether the sentence holds numbers that depend on what was expected: a hidden test keeps them back.

    Example:

    >>> fact = Fact("is None", "disconnected")
    >>> fact, fact.code
    ('is None', 'disconnected')
    """

    code: str
    values: tuple[np.ndarray, np.ndarray] | None
    measured: bool

    def __new__(
        cls,
        text: str,
        code: str = "",
        values: tuple[np.ndarray, np.ndarray] | None = None,
        measured: bool = False,
    ) -> Fact:
        fact = super().__new__(cls, text)
        fact.code = code
        fact.values = values
        fact.measured = measured
        return fact


Facts = dict[str, Fact | None]


def compare(received: Any, given: Any, exact: Any, label: str, single: bool, names: tuple[str, ...] = ()) -> Facts:
    """Compares a value, part by part.

    Args:
        received: What the submission returned.
        given: What the reference returns in the precision of the arguments: kind, shape and dtype to meet.
        exact: What the reference returns in float64.
        label: What the value is called, such as `W1` or `the loss`.
        single: Whether the arguments were float32: the tolerance of numbers that carry no dtype of their own.
        names: Names of the items when a tuple is expected.

    Returns:
        A fact per leaf, in the reference's order.
    """
    if isinstance(given, dict):
        return _compare_dict(received, given, exact, label, single)
    if isinstance(given, tuple):
        return _compare_tuple(received, given, exact, label, single, names)
    if isinstance(given, list):
        return {label: _compare_numbers(received, given, exact, single)}
    if np.ndim(array_of(given)) == 0:
        return {label: _compare_number(received, given, exact, single)}
    return {label: compare_arrays(received, array_of(given), array_of(exact))}


def _compare_dict(received: Any, given: dict[str, Any], exact: Any, label: str, single: bool) -> Facts:
    inner: Facts = {}
    if type(received) is not dict:
        message = Fact(f"expected a dict with the keys {', '.join(given)}, you return {kind_of(received)}", "kind")
        return {f"{label} {key}" if label else key: message for key in given}
    for key in given:
        name = f"{label}[{key!r}]" if label else key
        if key not in received:
            extra = ", ".join(islice((other[:40] for other in received if other not in given), 6))
            text = "missing in the dict you return" + (f" (it has {extra[:80]})" if extra else "")
            inner[name] = Fact(text, "kind")
        else:
            inner |= compare(received[key], given[key], exact[key], name, single)
    return inner


def _compare_tuple(
    received: Any, given: tuple[Any, ...], exact: Any, label: str, single: bool, names: tuple[str, ...]
) -> Facts:
    names = names or tuple(f"{label}[{index}]" for index in range(len(given)))
    if type(received) not in (tuple, list) or len(received) != len(given):
        came = f"{len(received)} values" if type(received) in (tuple, list) else kind_of(received)
        message = Fact(f"expected {len(given)} values ({', '.join(names)}), you return {came}", "kind")
        return dict.fromkeys(names, message)
    facts: Facts = {}
    for name, one, two, three in zip(names, received, given, exact, strict=True):
        facts |= compare(one, two, three, name, single)
    return facts


def _compare_numbers(received: Any, given: list[Any], exact: list[Any], single: bool) -> Fact | None:
    """A list of numbers, such as one loss per epoch; an array of them is as good."""
    items = array_of(received)
    if type(items) not in (list, tuple) and not (isinstance(items, np.ndarray) and items.ndim == 1):
        return Fact(f"expected a list of {len(given)} numbers, you return {kind_of(received)}", "kind")
    if len(items) != len(given):
        return Fact(f"expected {len(given)} numbers, you return {len(items)}", "shape")
    if isinstance(items, np.ndarray):
        items = items.tolist()
    values = [number_of(item) for item in items]
    for index, value in enumerate(values):
        if value is None:
            return Fact(f"expected a list of numbers, at [{index}] you have {kind_of(items[index])}", "kind")
    dtype = np.dtype(np.float32 if single else np.float64)
    return _compare_values(
        np.array(values, np.float64), np.array(given, np.float64), np.array(exact, np.float64), dtype
    )


def _compare_number(received: Any, given: Any, exact: Any, single: bool) -> Fact | None:
    value = number_of(received)
    if value is None:
        code = "shape" if isinstance(array_of(received), np.ndarray) else "kind"
        return Fact(f"expected one number, you return {kind_of(received)}", code)
    dtype = np.dtype(np.float32 if single else np.float64)
    numbers = [np.asarray(array_of(number), np.float64) for number in (value, given, exact)]
    return _compare_values(numbers[0], numbers[1], numbers[2], dtype)


def number_of(value: Any) -> float | None:
    """A single real number, from a float, an int, or an array or tensor without axes; None for anything else."""
    value = array_of(value)
    if type(value) in (int, float):
        return float(value)
    if isinstance(value, np.ndarray) and value.ndim == 0 and value.dtype.kind in "fiu":
        return float(value)
    return None


def compare_arrays(received: Any, given: np.ndarray, exact: np.ndarray) -> Fact | None:
    """Compares an array: kind, shape, dtype, finite, then numbers."""
    came = array_of(received)
    if not isinstance(came, np.ndarray):
        text = f"expected an array of shape {_shape(given)}, you return {kind_of(received)}{_advice(received)}"
        return Fact(text, "disconnected" if received is None else "kind")
    if came.shape != given.shape:
        hint = "; is it transposed?" if came.shape == given.shape[::-1] else ""
        return Fact(f"expected shape {_shape(given)}, yours is {_shape(came)}{hint}", "transpose" if hint else "shape")
    if came.dtype != given.dtype:
        return Fact(f"expected dtype {given.dtype}, yours is {came.dtype}", "dtype")
    return _compare_values(came, given, exact, given.dtype)


def _compare_values(received: np.ndarray, given: np.ndarray, exact: np.ndarray, dtype: np.dtype) -> Fact | None:
    broken = received.size - int(np.isfinite(received).sum())
    if broken:
        what = "NaN" if np.isnan(received).any() else "infinite"
        text = f"{what}" if received.size == 1 else f"{broken} of {received.size} entries are {what}"
        return Fact(text, "not-finite")
    if dtype.kind in "biu":
        wrong = int((received != given).sum())
        return Fact(f"{wrong} of {received.size} entries differ", measured=True) if wrong else None
    if dtype.kind == "c":
        raise ValueError("complex reference values are not compared by this kit")
    allowed = tolerance(dtype, relative_error(given, exact))
    error = relative_error(received.astype(np.float64), exact)
    if error <= allowed:
        return None
    return _difference(received, exact, error, allowed)


def _difference(received: np.ndarray, exact: np.ndarray, error: float, allowed: float) -> Fact:
    text = f"off by {error:.2g} (relative; {allowed:.2g} is allowed)"
    if received.ndim == 0:
        return Fact(f"{text}; you have {float(received):.6g}", measured=True)
    # finite numbers of a student's may be as far apart as no float can say: infinitely far will do
    with np.errstate(over="ignore"):
        gap = np.abs(received - exact)
    worst = np.unravel_index(int(gap.argmax()), gap.shape)
    count = int((gap > allowed * np.maximum(np.abs(exact), np.abs(received))).sum())
    place = ", ".join(map(str, map(int, worst)))
    text += f"; {count} of {gap.size} entries differ, most at [{place}], where you have {float(received[worst]):.6g}"
    return Fact(text, values=(received, exact), measured=True)


def kind_of(value: Any) -> str:
    """What a value is, in words a student knows."""
    if value is None:
        return "None"
    if type(value) is StudentObject:
        name = value.type[:60]
        return f"an object of type {name}"
    if type(value) in (Tensor, Variable):
        return f"a {type(value).__name__.lower()} of shape {_shape(value.array)}"
    if isinstance(value, np.ndarray):
        return f"an array of shape {_shape(value)}"
    if type(value) is float and not math.isfinite(value):
        return str(value)
    kind = type(value).__name__[:60]
    return f"{'an' if kind[0] in 'aeiou' else 'a'} {kind}"


def _advice(value: Any) -> str:
    return "; make it an array with np.array" if type(value) in (list, tuple) else ""


def _shape(array: np.ndarray) -> str:
    return str(tuple(int(size) for size in array.shape))
