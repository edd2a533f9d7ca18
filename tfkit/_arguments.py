"""What most functions ask of their arguments."""

from __future__ import annotations

import math
from collections.abc import Mapping
from numbers import Integral, Real
from typing import Any

import numpy as np

Seed = int | np.random.Generator


def described(value: Any) -> str:
    """Return what a wrong argument is, in a few words, however large it is."""
    if value is None or isinstance(value, (bool, int, float, np.number)):
        return repr(value)
    if isinstance(value, str):
        return f"the text {value[:40]!r}"
    if isinstance(value, type):
        return f"the class {value.__name__} itself"
    kind = type(value).__name__
    if isinstance(value, (list, tuple)):
        kinds = {type(one).__name__ for one in value}
        of = f"{kinds.pop()}{'s' if len(value) > 1 else ''}" if len(kinds) == 1 else "things"
        return f"a {kind} of {len(value)} {of}" if value else f"an empty {kind}"
    if isinstance(value, Mapping):
        return f"a {kind} with {', '.join(repr(key) for key in list(value)[:5]) or 'nothing'}"
    if callable(value) and hasattr(value, "__name__"):
        return f"the function {value.__name__}"
    kind = "array" if kind == "ndarray" else kind
    article = "an" if kind[0] in "AEIOUaeiou" else "a"
    shape = getattr(value, "shape", None)
    return f"{article} {kind} of shape {tuple(shape)}" if isinstance(shape, tuple) else f"{article} {kind}"


def check_callable(name: str, value: Any, example: str) -> None:
    """Raise unless `value` can be called, with an example of what can."""
    if not callable(value):
        raise ValueError(f"expected {name} to be a function, received {described(value)}; write {example}")


def as_numbers(name: str, value: Any, dtype: Any = None) -> np.ndarray:
    """Return `value` as an array of numbers, or raise: texts, rows of several lengths, a data set."""
    if hasattr(value, "X") and hasattr(value, "Y"):
        raise ValueError(f"expected an array for {name}, received {described(value)}; pass its arrays, .X and .Y")
    try:
        array = np.asarray(value)
        if array.dtype.kind not in "fiubO":
            raise ValueError
        return array if dtype is None and array.dtype.kind != "O" else array.astype(dtype or np.float64, copy=False)
    except (TypeError, ValueError):
        raise ValueError(
            f"expected numbers in {name}, as many in each row, received {described(value)}; "
            "turn texts into numbers first, and make all rows equally long"
        ) from None


def check_positive_integer(name: str, value: Any) -> None:
    """Raise unless `value` is an integer of 1 or more; True is none."""
    if isinstance(value, bool) or not isinstance(value, Integral) or value < 1:
        raise ValueError(f"expected {name} to be an integer of 1 or more, received {value!r}")


def check_positive(name: str, value: Any) -> None:
    """Raise unless `value` is a finite number above 0."""
    if isinstance(value, bool) or not isinstance(value, Real) or not 0 < float(value) < math.inf:
        raise ValueError(f"expected {name} to be a number above 0, received {value!r}")


def check_choice(name: str, value: Any, choices: tuple[Any, ...]) -> None:
    """Raise unless `value` is one of `choices`."""
    if value not in choices:
        raise ValueError(f"expected {name} to be one of {', '.join(map(repr, choices))}, received {value!r}")


def check_exactly_one(**arguments: Any) -> None:
    """Raise unless one of two arguments is given and the other is None."""
    given = sum(value is not None for value in arguments.values())
    if given != 1:
        received = "both" if given else "neither"
        raise ValueError(f"expected either {' or '.join(arguments)}, received {received}")


def check_finite(name: str, array: Any) -> None:
    """Raise if an array holds NaN or infinity."""
    if not np.isfinite(array).all():
        raise ValueError(f"expected finite numbers in {name}, received NaN or infinity; fill or drop such rows")


def generator(seed: Seed) -> np.random.Generator:
    """Return a random generator from a seed of 0 or more, or the generator itself."""
    # None is refused: a run that nobody can repeat should be asked for by name, with numpy.random.default_rng()
    if isinstance(seed, np.random.Generator):
        return seed
    if isinstance(seed, bool) or not isinstance(seed, Integral) or seed < 0:
        raise ValueError(f"expected seed to be an integer of 0 or more or a numpy.random.Generator, received {seed!r}")
    return np.random.default_rng(int(seed))
