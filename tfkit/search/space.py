"""What a search space is: a dict from names to ranges and choices."""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

#: Name of a hyperparameter to `("log", low, high)`, `("linear", low, high)`, `("int", low, high)` with both
#: ends included, or `("choice", [...])`.
Space = Mapping[str, tuple[Any, ...]]

#: The kinds of ranges in which between any two values lies another.
CONTINUOUS = ("log", "linear")

_RANGES = (*CONTINUOUS, "int")
_HELP = 'write ("log", low, high), ("linear", low, high), ("int", low, high) or ("choice", [...])'


def check_space(space: Space) -> dict[str, tuple[Any, ...]]:
    """Return the space with its numbers as Python's own, or say what is wrong with it.

    Example:

    >>> check_space({"units": ("int", 16, 128), "activation": ("choice", ["relu", "tanh"])})
    {'units': ('int', 16, 128), 'activation': ('choice', ['relu', 'tanh'])}

    Args:
        space: Dict from names to entries.

    Returns:
        A new dict of the same entries, in the same order; ends are floats, or ints for `"int"`.

    Raises:
        ValueError: If the space is empty, an entry is none of the four kinds, low is not below high, an end is
            not a finite number, a log range does not lie above 0, or a choice is empty or repeats a value.
    """
    if not isinstance(space, Mapping) or not space:
        raise ValueError(f"expected a dict from names to ranges, received {space!r}; {_HELP}")
    for name in space:
        if not isinstance(name, str) or not name:
            raise ValueError(f"expected the names of hyperparameters as strings, received {name!r}")
    return {name: _entry(name, entry) for name, entry in space.items()}


def _entry(name: str, entry: Any) -> tuple[Any, ...]:
    if not isinstance(entry, (tuple, list)) or not entry or not isinstance(entry[0], str):
        raise ValueError(f"expected a range or choice for {name!r}, received {entry!r}; {_HELP}")
    kind, *rest = entry
    if kind == "choice" and len(rest) == 1 and isinstance(rest[0], (tuple, list)):
        return kind, _choices(name, list(rest[0]))
    if kind not in _RANGES or len(rest) != 2:
        raise ValueError(f"expected a range or choice for {name!r}, received {entry!r}; {_HELP}")
    return kind, *_ends(name, kind, *rest)


def _choices(name: str, values: list[Any]) -> list[Any]:
    if not values:
        raise ValueError(f"expected one value or more for {name!r}, received an empty choice")
    # 1 == True in Python, and both are sensible values: repeats are looked for by type and value
    if len({(type(value), value) for value in values}) < len(values):
        raise ValueError(f"expected different values for {name!r}, received {values}; list each only once")
    return values


def _ends(name: str, kind: str, low: Any, high: Any) -> tuple[Any, Any]:
    number = Integral if kind == "int" else Real
    for end in (low, high):
        if isinstance(end, bool) or not isinstance(end, number) or not math.isfinite(end):
            what = "whole numbers" if kind == "int" else "finite numbers"
            raise ValueError(f"expected {what} as the ends of {name!r}, received {low!r} and {high!r}")
    # an int range may hold a single value; a continuous one of no width has no law to draw from
    if low > high or (low == high and kind != "int"):
        raise ValueError(f"expected low < high for {name!r}, received {low!r} and {high!r}; were they swapped?")
    if kind == "log" and low <= 0:
        raise ValueError(f"expected a log range above 0 for {name!r}, received low = {low!r}; 0 has no logarithm")
    return (int(low), int(high)) if kind == "int" else (float(low), float(high))
