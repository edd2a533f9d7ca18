"""What a call returned, leaf by leaf, each as a few numbers: two values are compared without keeping either.

A leaf is an array or a number somewhere in a returned value. Of an array with more than `WIDTH` entries, `WIDTH` random
projections are kept: they are linear, so a constant factor between two arrays is one between their projections, and two
arrays that differ have projections that differ.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from itertools import groupby, islice
from typing import Any

import numpy as np

from autograder.engine.observed import Observed
from autograder.wire.trees import array_of, is_single, leaves

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
        sizes: Of the solution's leaves: how many rows the arguments share, how many columns the last of them has, and
            the other sizes of the fixture, each with its name, such as `number of examples`.
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
        """What it is called in a sentence: the keys of dicts on the way to it, such as `W1` or `m['W1']`, or ""."""
        keys = re.findall(r"\['([^']*)'\]", self.path)
        if keys:
            return keys[0] + "".join(f"[{key!r}]" for key in keys[1:])
        place = re.fullmatch(r"\[(\d+)\]", self.path)
        return f"[{place[1]}]" if place else ""

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
        single = is_single(one.arguments)
        values = [("", one.value), *((f"argument {index + 1}", value) for index, value in one.changed)]
        for prefix, value in values:
            for path, array in islice(_arrays(value), _MOST_LEAVES - len(found)):
                found.append(_leaf(call, one.name, prefix + path, array, single))
        if len(found) == _MOST_LEAVES:
            break
    return found


def lengths_of(observed: list[Observed]) -> dict[tuple[int, str, str], float]:
    """The Euclidean norm of each leaf, by its key."""
    with np.errstate(over="ignore", invalid="ignore"):
        return {
            (call, one.name, path): float(np.linalg.norm(array.astype(np.float64)))
            for call, one in enumerate(observed)
            for path, array in islice(_arrays(one.value), _MOST_LEAVES)
        }


def _leaf(call: int, name: str, path: str, array: np.ndarray, single: bool) -> Leaf:
    dtype = "float32" if array.dtype == np.float32 or single else "float64"
    return Leaf(call, name, path, array.shape, dtype, sketch(array))


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


def _arrays(value: Any) -> Iterator[tuple[str, np.ndarray]]:
    """Arrays and numbers of a value with the way to each; a list of numbers is one array."""
    for way, items in groupby(leaves(value), lambda found: found[0][:-1]):
        path = "".join(f"[{key!r}]" for key in way)
        if len(path) > _LONGEST_PATH:
            continue
        found = list(items)
        numbers = [_as_float(leaf) for _, leaf in found if _is_number(leaf)]
        if len(numbers) == len(found) and all(keys and type(keys[-1]) is int for keys, _ in found):
            yield path, np.array(numbers, np.float64)
            continue
        for keys, leaf in found:
            array = array_of(leaf)
            own = path + "".join(f"[{key!r}]" for key in keys[len(way) :])
            if type(array) is np.ndarray and array.dtype.kind in "fiub":
                yield own, array
            elif type(array) in (int, float, bool):
                yield own, np.array(_as_float(array))


def _is_number(leaf: Any) -> bool:
    """Whether it is one number of Python's or NumPy's."""
    return type(leaf) in (int, float) or (type(leaf) is np.ndarray and leaf.ndim == 0 and leaf.dtype.kind in "fiu")


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


Axis = tuple[int, int]  # place of an argument, and which of its axes


def sizes_of(
    arguments: tuple[Any, ...], rows: Axis | None = None, declared: Iterable[Mapping[str, int]] = ()
) -> tuple[tuple[str, int], ...]:
    """How many rows the arguments of a call share, and how many columns the last array with these rows has.

    Example:

    >>> sizes_of((np.ones((7, 3)), np.ones((7, 3))))
    (('number of examples', 7), ('number of columns', 3))
    >>> sizes_of((np.ones((7, 3)), np.ones((7, 2))), None, [{"patients": 7, "diseases": 2}])
    (('number of patients', 7), ('number of diseases', 2))
    """
    shapes = shapes_of(arguments)
    direct = [shape for path, shape in shapes if path.count("[") == 1 and shape]
    axis = rows[1] if rows else 0
    if rows:
        chosen = [shape for path, shape in shapes if path == f"[{rows[0]}]" and len(shape) > axis]
        counts = [shape[axis] for shape in chosen]
    else:
        counts = [shape[0] for shape in [one for one in direct if len(one) > 1] or direct]
    if not counts:
        return ()
    count = max(counts, key=counts.count)
    sizes = {size for _, shape in shapes for size in shape}
    fixture = max(declared, key=lambda one: (count in one.values(), len(sizes & set(one.values()))), default={})
    words = {size: word for word, size in fixture.items()}
    found = [(f"number of {words.get(count, 'examples')}", count)]
    wide = [shape for _, shape in shapes if len(shape) > axis + 1 and shape[axis] == count]
    if wide:
        columns = wide[-1][-1]
        found.append((f"number of {words.get(columns, 'columns')}", columns))
        rest = words.keys() & sizes - {count, columns}
        found += [(f"number of {word}", size) for size, word in words.items() if size in rest]
    return tuple(found)


def shapes_of(arguments: tuple[Any, ...]) -> list[tuple[str, tuple[int, ...]]]:
    """The shapes of the arrays among arguments, with the way to each."""
    return [(path, array.shape) for path, array in islice(_arrays(arguments), _MOST_SHAPES) if array.ndim]
