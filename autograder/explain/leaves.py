"""What a call returned, leaf by leaf, each as a few numbers: two values are compared without keeping either.

A leaf is an array or a number somewhere in a returned value. Of an array with more than `WIDTH` entries, `WIDTH` random
projections are kept: they are linear, so a constant factor between two arrays is one between their projections, and two
arrays that differ have projections that differ.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice
from typing import Any

import numpy as np

from autograder.engine.observed import Observed
from autograder.wire import Tensor, Variable
from autograder.wire.trees import is_single

WIDTH = 8
# a name is given only to what it explains this closely
TOLERANCES = {"float64": 1e-6, "float32": 1e-4}
_MOST_LEAVES = 500
_LARGEST = 1e150
# larger arrays are not looked into: no fixture is as large
_MOST_ENTRIES = 20_000
# nor are values deeper than this, by letters of the way to them: the way is kept for each leaf
_LONGEST_PATH = 300
_MOST_SHAPES = 100


@dataclass(frozen=True)
class Leaf:
    """One array or number that a call returned, or that it changed.

    Attributes:
        call: Number of the call in its test.
        name: What was called.
        path: Where in the returned value it is, such as `['W1']`.
        shape: Its shape.
        dtype: `float64`, or `float32` when it, or an array among the arguments, is.
        numbers: Its entries, or projections of them; empty when some are not finite or too large, and then the leaf
            is the same as no other and proves nothing.
        sizes: Sizes of the call's arguments by what they are called, such as `number of examples`.
    """

    call: int
    name: str
    path: str
    shape: tuple[int, ...]
    dtype: str
    numbers: tuple[float, ...]
    sizes: tuple[tuple[str, int], ...] = ()

    @property
    def key(self) -> tuple[int, str, str]:
        """Which leaf of its test it is."""
        return self.call, self.name, self.path

    @property
    def label(self) -> str:
        """What it is called in a sentence: the last key of a dict on the way to it, or ""."""
        keys = re.findall(r"\['([^']*)'\]", self.path)
        if keys:
            return keys[-1]
        place = re.fullmatch(r"\[(\d+)\]", self.path)
        return f"value {int(place[1]) + 1} of what you return" if place else ""

    @property
    def tolerance(self) -> float:
        """How close two such leaves must be to count as the same."""
        return TOLERANCES.get(self.dtype, 1e-6)


def leaves_of(observed: list[Observed]) -> list[Leaf]:
    """All leaves of a test's calls, in order.

    Example:

    >>> [leaf.label for leaf in leaves_of([Observed("backward", {"W1": np.ones((2, 3)), "b1": 0.5})])]
    ['W1', 'b1']
    """
    found: list[Leaf] = []
    for call, one in enumerate(observed):
        sizes = sizes_of(one.arguments)
        single = is_single(one.arguments)
        values = [("", one.value), *((f"argument {index + 1}", value) for index, value in one.changed)]
        for prefix, value in values:
            for path, array in islice(_arrays(value, ""), _MOST_LEAVES - len(found)):
                found.append(_leaf(call, one.name, prefix + path, array, single, sizes))
        if len(found) == _MOST_LEAVES:
            break
    return found


def lengths_of(observed: list[Observed]) -> dict[tuple[int, str, str], float]:
    """The Euclidean norm of each leaf, by its key."""
    with np.errstate(over="ignore", invalid="ignore"):
        return {
            (call, one.name, path): float(np.linalg.norm(array.astype(np.float64)))
            for call, one in enumerate(observed)
            for path, array in islice(_arrays(one.value, ""), _MOST_LEAVES)
        }


def _leaf(call: int, name: str, path: str, array: np.ndarray, single: bool, sizes: tuple[tuple[str, int], ...]) -> Leaf:
    dtype = "float32" if array.dtype == np.float32 or single else "float64"
    return Leaf(call, name, path, array.shape, dtype, sketch(array), sizes)


def sketch(array: np.ndarray) -> tuple[float, ...]:
    """A few numbers that stand for an array; none for one that is empty or not finite.

    Example:

    >>> sketch(np.array([1.0, 2.0])), sketch(np.array([np.nan]))
    ((1.0, 2.0), ())
    """
    if array.size > _MOST_ENTRIES:
        return ()
    flat = array.astype(np.float64).ravel()
    if flat.size == 0 or not np.isfinite(flat).all() or np.abs(flat).max() > _LARGEST:
        return ()
    if flat.size > WIDTH:
        flat = _projection(flat.size) @ flat
    return tuple(flat.tolist())


@lru_cache(maxsize=32)
def _projection(size: int) -> np.ndarray:
    return np.random.default_rng(size).normal(size=(WIDTH, size)) / math.sqrt(WIDTH)


def _arrays(value: Any, path: str) -> Iterator[tuple[str, np.ndarray]]:
    kind = type(value)
    if len(path) > _LONGEST_PATH:
        return
    if kind in (Tensor, Variable):
        value, kind = value.array, np.ndarray
    if kind is dict:
        for key in value:
            yield from _arrays(value[key], f"{path}[{key!r}]")
    elif kind in (list, tuple):
        if value and all(type(item) in (int, float) for item in value):
            yield path, np.array(value, np.float64)
        else:
            for index, item in enumerate(value):
                yield from _arrays(item, f"{path}[{index}]")
    elif kind is np.ndarray and value.dtype.kind in "fiub":
        yield path, value
    elif kind in (int, float, bool):
        yield path, np.array(_as_float(value))


def _as_float(value: float) -> float:
    try:
        return float(value)
    except OverflowError:
        return math.inf


def distance(one: tuple[float, ...], two: tuple[float, ...]) -> float:
    """Relative distance of two sketches, from 0 to 1; infinite when they cannot be compared."""
    if not one or len(one) != len(two):
        return math.inf
    norms = math.hypot(*one) + math.hypot(*two)
    return math.dist(one, two) / norms if norms else 0.0


def same(one: Leaf, two: Leaf) -> bool:
    """Whether two leaves are the same value of the same shape."""
    return one.shape == two.shape and distance(one.numbers, two.numbers) <= max(one.tolerance, two.tolerance)


def sizes_of(arguments: tuple[Any, ...]) -> tuple[tuple[str, int], ...]:
    """Sizes that a factor may come from, by what they are called.

    Rows are examples: their number is the first axis that most arrays of two axes share.

    Example:

    >>> sizes_of((np.ones((7, 3)), np.ones((7, 3))))
    (('number of examples', 7), ('number of columns', 3))
    """
    arrays = islice(_arrays(list(arguments), ""), _MOST_SHAPES)
    shapes = [(name, array.shape) for name, array in arrays if array.ndim == 2]
    found: dict[str, int] = {}
    for name, shape in shapes:
        for key, first, second in (
            ("W1", "number of features", "number of hidden units"),
            ("W2", "number of hidden units", "number of outputs"),
        ):
            if name.endswith(f"['{key}']"):
                found |= {first: shape[0], second: shape[1]}
    weights = ("['W1']", "['W2']", "['b1']", "['b2']")
    rows = [shape for name, shape in shapes if not name.endswith(weights)]
    if rows:
        counts = [shape[0] for shape in rows]
        examples = max(counts, key=counts.count)
        found = {"number of examples": examples} | found
        if "number of outputs" not in found:
            found["number of columns"] = next(shape[1] for shape in reversed(rows) if shape[0] == examples)
    return tuple((name, size) for name, size in found.items() if size > 1)
