"""Whether two builds are the same, on whatever processor each was made.

Another processor adds up in another order: with AVX-512 eight numbers at a time, with SSE two. The last digits move,
and so does what follows from them. How far is a matter of the dtype, and of the size of all numbers in an array and not
of each one: what is left of a sum that nearly cancels is rounding, and has no digits of its own.
"""

from __future__ import annotations

import json
from typing import Any

import numpy as np

from autograder.engine.recorded import array_nodes

# norm-wise relative difference, ‖a−b‖ / (‖a‖+‖b‖): far above what processors make, far below what a change makes
_CLOSE = {"<f8": 1e-7, "<f4": 1e-3, "<f2": 1e-2}
# of a number that a solution returns as Python's own: it may have been float32
_CLOSE_NUMBER = 1e-3
# what is left where all of an array cancels
_NOTHING = {"<f8": 1e-12, "<f4": 1e-5, "<f2": 1e-2}


def is_same(old: str, new: str) -> bool:
    """Whether a generated file says the same; of recorded values, as far as processors agree.

    Args:
        old: The text on disk.
        new: The text that was made now.

    Example:

    >>> is_same('{"x": 0.1}', '{"x": 0.1000000001}'), is_same('{"x": 0.1}', '{"x": 0.2}')
    (True, False)
    """
    if old == new:
        return True
    try:
        return _alike(json.loads(old), json.loads(new))
    except ValueError:
        return False


def _alike(old: Any, new: Any) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        if old.keys() != new.keys():
            return False
        if old.keys() == {"header", "arrays"}:
            return _alike(old["header"], new["header"]) and _same_arrays(old, new)
        # a key is a hash of arguments, some of which are reference values: it moves with their last digits
        return all(_calls(old[name], new[name]) if name == "calls" else _alike(old[name], new[name]) for name in old)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_alike(a, b) for a, b in zip(old, new, strict=True))
    if isinstance(old, float) and isinstance(new, float):
        return abs(old - new) <= _CLOSE_NUMBER * (abs(old) + abs(new)) + _NOTHING["<f8"]
    return type(old) is type(new) and old == new


def _calls(old: Any, new: Any) -> bool:
    """Whether the same calls were recorded, in any order: they are sorted by keys, which move."""
    if not isinstance(old, list) or not isinstance(new, list) or len(old) != len(new):
        return False
    left = list(new)
    for call in old:
        same = next((one for one in left if _same_call(call, one)), None)
        if same is None:
            return False
        left.remove(same)
    return True


def _same_call(old: Any, new: Any) -> bool:
    if not isinstance(old, dict) or not isinstance(new, dict):
        return False
    names = old.keys() - {"key"}
    return names == new.keys() - {"key"} and all(_alike(old[name], new[name]) for name in names)


def _same_arrays(old: dict[str, Any], new: dict[str, Any]) -> bool:
    dtypes = [node["dtype"] for node in array_nodes(old["header"])]
    if not len(dtypes) == len(old["arrays"]) == len(new["arrays"]):
        return False
    return all(_close(*one) for one in zip(dtypes, old["arrays"], new["arrays"], strict=True))


def _close(dtype: str, old: list[Any], new: list[Any]) -> bool:
    if dtype not in _CLOSE:
        return old == new
    one, two = np.array(old, np.float64), np.array(new, np.float64)
    if one.shape != two.shape:
        return False
    apart, size = np.linalg.norm(one - two), np.linalg.norm(one) + np.linalg.norm(two)
    return bool(apart <= _CLOSE[dtype] * size + _NOTHING[dtype] * np.sqrt(one.size))
