"""What most functions ask of their arguments."""

from __future__ import annotations

import math
from numbers import Integral, Real
from typing import Any

import numpy as np

Seed = int | np.random.Generator


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
