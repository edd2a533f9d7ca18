"""Comparing one returned value with the reference's: first the contract (kind, shape, dtype, finite), then numbers.

A comparison gives a fact for each leaf, None where the leaf is right. A fact tells what the student has, where it
differs most and by how much. Its numbers are told in public tests alone: the expected value follows from them.
What is right in value and harmless in type is right: a number of NumPy's, an array without axes, a tuple for a list.

What came may be of any size, so sizes are compared before anything is converted, copied or counted.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import islice
from typing import Any

import numpy as np

from autograder.assertions.callees import Held
from autograder.assertions.failure import CheckFailed
from autograder.assertions.tolerance import tolerance
from autograder.facts.fact import Fact
from autograder.wire import Tensor, Variable
from autograder.wire.trees import array_of
from autograder.words import say
from tfkit.gradients import relative_error

Facts = dict[str, Fact | None]

# what the value of a function is called
THE_RESULT = "the result"


@dataclass(frozen=True)
class Difference(Fact):
    """A fact about numbers, together with what came and what was expected: for a picture, and for nobody else."""

    arrays: tuple[np.ndarray, np.ndarray] | None = None

    @property
    def plain(self) -> Fact:
        """The fact alone."""
        return Fact(self.kind, self.about, self.values, self.place, self.code, self.measured)


# a question that is half right at best: three gradients of four may be those that need no chain rule
_MOST_FOR_PARTS = 0.5
# of a number of the student's: enough to be recognised, and all that a double has
_DIGITS, _MOST_DIGITS = 4, 17
_FORMS = {"list", "tuple", "dict", "int", "float", "bool", "str"}


def compare(received: Any, given: Any, exact: Any, label: str, single: bool, names: tuple[str, ...] = ()) -> Facts:
    """Compares a value, part by part, and gives a fact for each leaf in the reference's order.

    Args:
        received: What the submission returned.
        given: What the reference returns in the precision of the arguments: kind, shape and dtype to meet.
        exact: What the reference returns in float64.
        label: What the value is called, such as `W1` or `the loss`.
        single: Whether the arguments were float32: the tolerance of numbers that carry no dtype of their own.
        names: Names of the items when a tuple is expected.
    """
    if given is None:
        return {label: _compare_with_none(received)}
    if isinstance(given, dict):
        return _compare_dict(received, given, exact, label, single)
    if isinstance(given, tuple):
        return _compare_items(received, given, exact, label, single, names)
    if isinstance(given, list):
        if any(np.ndim(array_of(item)) for item in given):
            return _compare_items(received, tuple(given), exact, label, single, names)
        return {label: _compare_numbers(received, given, exact, single)}
    if np.ndim(array_of(given)) == 0:
        return {label: _compare_number(received, given, exact, single)}
    return {label: compare_arrays(received, array_of(given), array_of(exact))}


def judge(facts: Facts, without_points: tuple[str, ...] = (), names: tuple[str, ...] = ()) -> None:
    """Passes when every part is right; otherwise fails with what is wrong, and right parts earn half at most."""
    wrong = [fact.on(name) for name, fact in facts.items() if fact]
    if not wrong:
        return
    right = [name for name, fact in facts.items() if not fact]
    earning = [name for name in facts if name not in without_points]
    share = min(_MOST_FOR_PARTS, sum(name in right for name in earning) / len(earning))
    shown = next(((one.about[0], *one.arrays) for one in wrong if isinstance(one, Difference) and one.arrays), None)
    told = [one.plain if isinstance(one, Difference) else one for one in wrong]
    raise CheckFailed([*told, *([Fact("right", tuple(right))] if right else [])], share, values=shown, names=names)


def _compare_with_none(received: Any) -> Fact | None:
    """Where there is nothing, such as the gradient of what the loss does not use, zeros are as good."""
    came = array_of(received)
    is_zero = isinstance(came, np.ndarray) and came.dtype.kind == "f" and not came.any()
    return None if came is None or is_zero else Fact("not-none", values={"came": form_of(received)}, code="kind")


def _compare_dict(received: Any, given: dict[str, Any], exact: Any, label: str, single: bool) -> Facts:
    named = {key: f"{label}[{key!r}]" if label else key for key in given}
    if type(received) is not dict:
        values = {"value": label, "came": form_of(received), "keys": tuple(given)}
        return dict.fromkeys(named.values(), Fact("not-a-dict", values=values, code="kind"))
    inner: Facts = {}
    for key, name in named.items():
        if key not in received:
            extra = tuple(islice((other[:40] for other in received if other not in given), 6))
            inner[name] = Fact("missing-key", values={"extra": extra}, code="kind")
        else:
            inner |= compare(received[key], given[key], exact[key], name, single)
    return inner


def _compare_items(
    received: Any, given: tuple[Any, ...], exact: Any, label: str, single: bool, names: tuple[str, ...]
) -> Facts:
    # what a function returns is spoken of as "the first value you return"
    of = "" if label == THE_RESULT else label
    told, names = names, names or tuple(f"{of}[{index}]" for index in range(len(given)))
    if type(received) not in (tuple, list) or len(received) != len(given):
        several = type(received) in (tuple, list)
        came = Fact("form-values", values={"count": len(received)}) if several else form_of(received)
        values = {"came": came, "count": len(given), "names": told}
        return dict.fromkeys(names, Fact("not-so-many-values", values=values, code="kind"))
    facts: Facts = {}
    for name, one, two, three in zip(names, received, given, exact, strict=True):
        facts |= compare(one, two, three, name, single)
    return facts


def _compare_numbers(received: Any, given: list[Any], exact: list[Any], single: bool) -> Fact | None:
    """A list of numbers, such as one loss per epoch; an array of them is as good."""
    items = array_of(received)
    if type(items) not in (list, tuple) and not (isinstance(items, np.ndarray) and items.ndim == 1):
        return Fact("not-a-list", values={"came": form_of(received), "count": len(given)}, code="kind")
    if len(items) != len(given):
        return Fact("list-length", values={"came": len(items), "wanted": len(given)}, code="shape")
    if isinstance(items, np.ndarray):
        items = items.tolist()
    values = [_number_like(wanted, item) for wanted, item in zip(given, items, strict=True)]
    for index, value in enumerate(values):
        if value is None:
            return Fact("no-number-in-list", values={"index": index, "came": form_of(items[index])}, code="kind")
    mine, theirs, right = (np.array(one, np.float64) for one in (values, given, exact))
    return _compare_values(mine, theirs, right, _dtype(single))


def _compare_number(received: Any, given: Any, exact: Any, single: bool) -> Fact | None:
    value = _number_like(given, received)
    if _is_truth(given) and value not in (0.0, 1.0):
        return Fact("not-true-or-false", values={"came": form_of(received)}, code="kind")
    if value is None:
        code = "shape" if isinstance(array_of(received), np.ndarray) else "kind"
        return Fact("not-one-number", values={"came": form_of(received)}, code=code)
    mine, theirs, right = (np.asarray(array_of(one), np.float64) for one in (value, given, exact))
    if _is_truth(given):
        return Fact("other-truth", values={"yours": str(bool(value))}, measured=True) if value != right else None
    return _compare_values(mine, theirs, right, _dtype(single))


def _is_truth(value: Any) -> bool:
    """Whether it is True or False."""
    return np.asarray(array_of(value)).dtype.kind == "b"


def _number_like(wanted: Any, received: Any) -> float | None:
    """A number; True and False are numbers where truths or whole numbers are asked for."""
    value = number_of(received)
    if value is None and np.asarray(array_of(wanted)).dtype.kind in "biu":
        truth = array_of(received)
        is_one = type(truth) is bool or (isinstance(truth, np.ndarray) and truth.ndim == 0 and truth.dtype.kind == "b")
        return float(truth) if is_one else None
    return value


def _dtype(single: bool) -> np.dtype:
    return np.dtype(np.float32 if single else np.float64)


def number_of(value: Any) -> float | None:
    """A single real number, from a float, an int, or an array or tensor without axes; None for anything else.

    Args:
        value: What a call of the submission gave.

    Example:

    >>> number_of(np.array(0.5)), number_of(np.zeros(2))
    (0.5, None)
    """
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
        kind = "sequence-for-array" if type(received) in (list, tuple) else "not-an-array"
        values = {"came": form_of(received), "wanted": given.shape}
        return Fact(kind, values=values, code="kind")
    if came.shape != given.shape:
        turned = came.shape == given.shape[::-1]
        values = {"came": came.shape, "wanted": given.shape}
        return Fact("transposed" if turned else "shape", values=values, code="transpose" if turned else "shape")
    if came.dtype != given.dtype:
        return Fact("dtype", values={"came": str(came.dtype), "wanted": str(given.dtype)}, code="dtype")
    return _compare_values(came, given, exact, given.dtype)


def _compare_values(received: np.ndarray, given: np.ndarray, exact: np.ndarray, dtype: np.dtype) -> Fact | None:
    if dtype.kind == "f" and not np.isfinite(exact).all():
        # on a submission's own groundwork the reference may diverge as well: there nothing else is right
        same = _are_broken_alike(received, exact)
        if same.all():
            return None
        if same[~np.isfinite(exact)].all():
            received, given, exact = (array[~same] for array in (received, given, exact))
    broken = received.size - int(np.isfinite(received).sum())
    if broken:
        what = "nan" if np.isnan(received).any() else "infinite"
        if received.size == 1:
            return Fact(what, code="not-finite")
        return Fact(f"some-{what}", values={"count": broken, "size": received.size}, code="not-finite")
    if dtype.kind in "biu":
        wrong = int((received != given).sum())
        return Fact("entries-differ", values={"count": wrong, "size": received.size}, measured=True) if wrong else None
    if dtype.kind == "c":
        raise ValueError("complex reference values are not compared by this kit")
    allowed = tolerance(dtype, relative_error(given, exact))
    error = relative_error(received.astype(np.float64), exact)
    if error <= allowed:
        return None
    return _difference(received, exact, float(error), allowed)


def _are_broken_alike(one: np.ndarray, two: np.ndarray) -> np.ndarray:
    """Where two arrays are NaN both, or the same infinity."""
    return (np.isnan(one) & np.isnan(two)) | (np.isinf(two) & (one == two))


def _difference(received: np.ndarray, exact: np.ndarray, error: float, allowed: float) -> Fact:
    # beyond what floats can say, an error is as large as a relative one can be
    values: dict[str, Any] = {"error": error if math.isfinite(error) else 1.0, "allowed": allowed}
    # finite numbers of a student's may be as far apart as no float can say: infinitely far will do
    with np.errstate(over="ignore"):
        gap = np.abs(received - exact)
    if received.size == 1:
        return Fact("off-number", values={**values, **_numbers(received, exact, (0,) * received.ndim)}, measured=True)
    worst = np.unravel_index(int(gap.argmax()), gap.shape)
    values["count"] = int((gap > allowed * np.maximum(np.abs(exact), np.abs(received))).sum())
    values["size"] = gap.size
    values["entry"] = ", ".join(map(str, map(int, worst)))
    values |= _numbers(received, exact, worst)
    kind = "all-off" if values["count"] == gap.size else "one-off" if values["count"] == 1 else "off"
    return Difference(kind, values=values, measured=True, arrays=(received, exact))


def _numbers(received: np.ndarray, exact: np.ndarray, entry: Any) -> dict[str, Any]:
    """An entry of the student's and how far it is off, with as many digits of it as show that it is."""
    yours, right = float(received[entry]), float(exact[entry])
    gap = yours - right
    if not math.isfinite(gap):
        return {"yours": yours, "digits": _DIGITS}
    more = math.log10(abs(yours)) - math.log10(abs(gap)) if yours and gap else 0.0
    digits = min(_MOST_DIGITS, max(_DIGITS, math.ceil(more) + 2))
    return {"yours": yours, "digits": digits, "more" if gap > 0 else "less": abs(gap)}


def form_of(value: Any) -> Fact:
    """What a value is: its kind, and the shape of an array."""
    if value is None:
        return Fact("form-none")
    if type(value) in (Tensor, Variable):
        return Fact(f"form-{type(value).__name__.lower()}", values={"shape": value.array.shape})
    if isinstance(value, np.ndarray):
        return Fact("form-array", values={"shape": value.shape})
    if type(value) is float and not math.isfinite(value):
        return Fact("form-number", values={"text": str(value)})
    if isinstance(value, Held):
        return Fact("form-object", values={"name": value.type[:60]})
    name = type(value).__name__[:60]
    return Fact(f"form-{name}") if name in _FORMS else Fact("form-other", values={"name": name})


def kind_of(value: Any) -> str:
    """What a value is, in words a student knows.

    Args:
        value: What a call of the submission gave.

    Example:

    >>> kind_of(np.zeros((2, 3))), kind_of(None), kind_of([1])
    ('an array of shape (2, 3)', 'None', 'a list')
    """
    return say(form_of(value))
