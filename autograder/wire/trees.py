"""Walking a nested value: lists, tuples and dicts are looked into, everything else is a leaf.

The values that travel are trees of a few known types. Whoever needs something of each leaf walks them here.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import numpy as np

from autograder.wire.types import Remote, Tensor, Variable

Path = tuple[str | int, ...]


def mapped(value: Any, change: Callable[[Any], Any]) -> Any:
    """The same tree with every leaf changed; also inside of what a `Remote` is built from.

    Example:

    >>> mapped({"a": [1, 2], "b": (3,)}, lambda number: 10 * number)
    {'a': [10, 20], 'b': (30,)}
    """
    kind = type(value)
    if kind in (list, tuple):
        return kind(mapped(item, change) for item in value)
    if kind is dict:
        return {key: mapped(item, change) for key, item in value.items()}
    if kind is Remote:
        built = Remote(value.path, *mapped(value.arguments, change), **mapped(value.options, change))
        for method, arguments in value.steps:
            built = built.then(method, *mapped(arguments, change))
        return built
    return change(value)


def mapped_arrays(value: Any, change: Callable[[np.ndarray], np.ndarray]) -> Any:
    """The same tree with every array changed, those of tensors and variables included."""

    def of_leaf(leaf: Any) -> Any:
        if type(leaf) in (Tensor, Variable):
            return type(leaf)(change(leaf.array))
        return change(leaf) if type(leaf) is np.ndarray else leaf

    return mapped(value, of_leaf)


def leaves(value: Any, path: Path = ()) -> Iterator[tuple[Path, Any]]:
    """Each leaf with the keys and places that lead to it, in order.

    Example:

    >>> list(leaves({"a": [1, 2]}))
    [(('a', 0), 1), (('a', 1), 2)]
    """
    kind = type(value)
    if kind is dict:
        for key, item in value.items():
            yield from leaves(item, (*path, key))
    elif kind in (list, tuple):
        for place, item in enumerate(value):
            yield from leaves(item, (*path, place))
    elif kind is Remote:
        yield from leaves((value.arguments, value.options, value.steps), path)
    else:
        yield path, value


def array_of(value: Any) -> Any:
    """The numbers of a tensor or variable; anything else as it is.

    Args:
        value: What a call of the submission, or of the reference, gave.

    Example:

    >>> array_of(Tensor(np.array([1.0]))), array_of(2)
    (array([1.]), 2)
    """
    return value.array if type(value) in (Tensor, Variable) else value


def is_single(value: Any) -> bool:
    """Whether any array in a tree is float32."""
    found = (array_of(leaf) for _, leaf in leaves(value))
    return any(type(leaf) is np.ndarray and leaf.dtype == np.float32 for leaf in found)


def same_bytes(one: np.ndarray, two: np.ndarray) -> bool:
    """Whether two arrays are one in dtype, shape and every bit; NaN is NaN here, and 0 is not -0."""
    return one.dtype == two.dtype and one.shape == two.shape and one.tobytes() == two.tobytes()
