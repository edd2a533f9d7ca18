"""Nudge a sample of entries of each tensor; what looks wrong is looked at again. NumPy alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np

from tfkit._arguments import Seed, check_finite, check_positive, check_positive_integer, generator
from tfkit.gradient_check._reasons import Slope, explain
from tfkit.gradient_check.verdicts import GradientCheck, TensorVerdict
from tfkit.gradients import relative_error


def run_check(
    value_at: Callable[[str, tuple[int, ...], float | None], float],
    point: dict[str, np.ndarray],
    analytic: dict[str, np.ndarray | None],
    h: float,
    tolerance: float,
    max_entries: int,
    seed: Seed,
) -> GradientCheck:
    """Check analytic gradients against a function that sets one entry and returns the loss."""
    check_positive("h", h)
    check_positive("tolerance", tolerance)
    check_positive_integer("max_entries", max_entries)
    if not point or not all(array.size for array in point.values()):
        raise ValueError(
            f"expected parameters that are not empty, received { ({n: a.shape for n, a in point.items()}) }"
        )
    rng = generator(seed)
    first = next(iter(point))
    value = value_at(first, (), None)
    again = value_at(first, (), None)
    if value != again:
        raise ValueError(
            f"expected the same number from the same parameters, received {value!r} and then {again!r}; "
            "turn off dropout and noise, or give them a fixed seed"
        )
    # what summing many terms in float64 may leave, once divided by the step
    noise = 200 * np.finfo(np.float64).eps * abs(value) / h
    verdicts = []
    for name, array in point.items():
        flat = np.arange(array.size)
        if array.size > max_entries:
            flat = np.sort(rng.choice(array.size, max_entries, replace=False))
        entries = [tuple(int(i) for i in np.unravel_index(place, array.shape)) for place in flat]

        def at(index: tuple[int, ...], step: float, name: str = name, array: np.ndarray = array) -> tuple[float, float]:
            """Return the loss with an entry moved by `step`, and how far it was really moved."""
            moved = float(array[index] + step)
            taken = moved - float(array[index])
            if taken == 0:
                raise ValueError(
                    f"expected a nudge that changes {array[index]}, but {step!r} is lost in rounding; use a larger h"
                )
            return value_at(name, index, moved), taken

        verdicts.append(_judge(name, array.shape, entries, analytic[name], at, value, h, tolerance, noise))
    return GradientCheck(tuple(verdicts))


def _judge(
    name: str,
    shape: tuple[int, ...],
    entries: list[tuple[int, ...]],
    gradient: np.ndarray | None,
    at: Slope,
    value: float,
    h: float,
    tolerance: float,
    noise: float,
) -> TensorVerdict:
    missing = gradient is None
    given = np.zeros(len(entries)) if gradient is None else np.array([gradient[index] for index in entries], np.float64)
    numeric = np.array([_slope(at, index, h) for index in entries])

    compared = np.ones(len(entries), bool)

    def agree() -> bool:
        difference = np.abs(given - numeric)[compared]
        return bool((difference <= noise).all()) or relative_error(given[compared], numeric[compared]) <= tolerance

    kinks: list[str] = []
    kind, reason = "", ""
    while np.isfinite(given).all() and not agree():
        # the worst entry first: one mistake is enough for a verdict, kinks are set aside one by one
        worst = int(np.argmax(np.where(compared, np.abs(given - numeric), -1)))
        kind, better, text = explain(
            at, entries[worst], value, float(given[worst]), float(numeric[worst]), h, tolerance
        )
        if kind != "kink":
            reason = text
            break
        numeric[worst], compared[worst] = better, False
        kinks.append(text)
    ok = agree()
    shown = compared if compared.any() else ~compared
    difference = np.where(shown, np.abs(given - numeric), -1)
    worst = int(np.argmax(np.where(np.isnan(difference), np.inf, difference)))
    if ok and kinks:
        reason = kinks[0] + (f" (and {len(kinks) - 1} more entries)" if len(kinks) > 1 else "")
    elif not ok and kind != "noise":
        reason = _pattern(given[shown], numeric[shown], missing, tolerance) or reason
    elif ok and missing:
        reason = "no gradient reaches it, and the loss does not depend on it"
    error = relative_error(given[shown], numeric[shown])
    return TensorVerdict(
        name, shape, len(entries), error, entries[worst], float(given[worst]), float(numeric[worst]), ok, reason
    )


def _slope(at: Slope, index: tuple[int, ...], h: float) -> float:
    (up, right), (down, left) = at(index, h), at(index, -h)
    return (up - down) / (right - left)


def _pattern(given: np.ndarray, numeric: np.ndarray, missing: bool, tolerance: float) -> str:
    """Say what all entries of a wrong gradient have in common."""
    if missing:
        return "no gradient reaches it, but the loss depends on it: look for NumPy, assign or stop_gradient on the way"
    if not np.isfinite(given).all():
        return "the given gradient is NaN or infinite"
    if not given.any():
        return "the given gradient is 0 everywhere"
    factor = float(given @ numeric / (numeric @ numeric)) if numeric.any() else 0.0
    if len(given) < 2 or np.count_nonzero(numeric) < 2 or factor == 0:
        return ""
    if relative_error(given, factor * numeric) > tolerance:
        return ""
    if math.isclose(factor, -1, rel_tol=1e-4):
        return "the sign is flipped"
    times = f"{factor:.4g} times the right one" if abs(factor) >= 1 else f"the right one divided by {1 / factor:.4g}"
    return f"every entry is {times}: look for a factor, such as the number of examples or a 2"


def matching_gradients(gradients: Any, point: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray | None], bool]:
    """Return gradients as float64 arrays in the order of the parameters, and whether they came in float32."""
    if not isinstance(gradients, Mapping):
        raise ValueError(f"expected gradients as a dict from names to arrays, received {type(gradients).__name__}")
    if set(gradients) != set(point):
        raise ValueError(
            f"expected gradients of {', '.join(point)}, received {', '.join(map(str, gradients)) or 'none'}"
        )
    result: dict[str, np.ndarray | None] = {}
    short = False
    for name, array in point.items():
        if gradients[name] is None:
            result[name] = None
            continue
        given = np.asarray(gradients[name])
        if given.shape != array.shape:
            hint = (
                "; was it transposed?"
                if given.shape == array.shape[::-1]
                else "; a gradient has the shape of its parameter"
            )
            raise ValueError(f"expected a gradient of {name!r} of shape {array.shape}, received {given.shape}{hint}")
        short |= given.dtype.kind == "f" and given.dtype.itemsize < 8
        result[name] = as_float64(given, f"gradient of {name!r}", finite=False)
    return result, short


def one_number(value: Any) -> float:
    """Return the value of a loss as a float."""
    array = np.asarray(value)
    if array.shape != () or array.dtype.kind not in "fiub":
        raise ValueError(f"expected f to return one real number, received shape {array.shape} and dtype {array.dtype}")
    if array.dtype.kind == "f" and array.dtype.itemsize < 8:
        raise ValueError(
            f"expected f to compute in float64, received {array.dtype}, whose rounding hides a nudge of 1e-5; "
            "convert data and parameters to float64"
        )
    if not np.isfinite(array):
        raise ValueError(f"expected f to return a finite number, received {float(array)}")
    return float(array)


def as_float64(value: Any, name: str, finite: bool = True) -> np.ndarray:
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected real numbers in {name}, received dtype {array.dtype}")
    array = np.array(array, dtype=np.float64)
    if finite:
        check_finite(name, array)
    return array
