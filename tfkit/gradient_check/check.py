"""A gradient against nudges of a sample of entries; what looks wrong is looked at again. NumPy alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from tfkit.gradient_check.reasons import explain
from tfkit.gradient_check.verdicts import GradientCheck, TensorVerdict
from tfkit.gradients import relative_error
from tfkit.parameters import Seed, check_positive_integer, generator

Slope = Callable[[tuple[int, ...], float], tuple[float, float]]


def check_gradients(
    f: Callable[[Any], Any],
    params: Mapping[str, ArrayLike] | ArrayLike,
    gradients: Any,
    *,
    h: float = 1e-5,
    tolerance: float | None = None,
    max_entries: int = 100,
    seed: Seed = 0,
) -> GradientCheck:
    """Check the gradients of a function against nudges, tensor by tensor.

    Of each tensor up to `max_entries` entries, drawn at random, are nudged to both sides in float64, and `f` is called
    twice for each. A tensor is right if the relative error of its norms is small, or if what is left is no more than
    the rounding of `f`. A tensor that looks wrong is looked at again, entry by entry with ever smaller nudges:
    where a ReLU or a maximum bends between `x - h` and `x + h`, the slope of the nudge is a mean of two, and the
    mistake is the check's; a gradient that is wrong stays wrong.

    For networks and Keras models, see `check_model_gradients`.

    Example:

    >>> X, y = np.array([[1.0, 2.0], [3.0, 4.0]]), np.array([1.0, 2.0])
    >>> def loss(p):
    ...     return np.mean((X @ p["w"] + p["b"] - y) ** 2)
    >>> def gradients(p):
    ...     error = X @ p["w"] + p["b"] - y
    ...     return {"w": 2 * X.T @ error / 2, "b": 2 * error.sum()}  # the mean is forgotten in b
    >>> check = check_gradients(loss, {"w": [0.5, -1.0], "b": 0.0}, gradients)
    >>> {verdict.name: verdict.ok for verdict in check}
    {'w': True, 'b': False}
    >>> check["b"].analytic, round(check["b"].numeric, 6)
    (-14.0, -7.0)

    Args:
        f: Function of a dict of arrays (or of one array, if `params` is one) that returns one number, computed in
            float64, the same number for the same parameters.
        params: Point, a dict of real arrays of any shapes, or one array, which is then called `"x"`.
        gradients: What to check: a dict with the keys and shapes of `params` (or one array), or a function that
            returns it at `params`.
        h: Nudge, in the units of the parameters.
        tolerance: Largest relative error of a right tensor; by default 1e-6, or 1e-3 for gradients in float32.
        max_entries: Entries of each tensor that are nudged at most.
        seed: An integer or a `numpy.random.Generator` that draws the entries of larger tensors.

    Returns:
        A `GradientCheck`: `.ok`, a verdict per tensor, `to_frame()`, and a table when printed.

    Raises:
        ValueError: If names or shapes of parameters and gradients differ, if `f` returns something other than one
            finite float64 number, or another one when it is called again.

    Reference:
        CS231n's notes, "Gradient checks": relative errors, kinks, and few data points.
    """
    single = not isinstance(params, Mapping)
    named = {"x": params} if single else dict(params)  # type: ignore[arg-type]
    point = {name: _float64(value, f"parameter {name!r}") for name, value in named.items()}
    if callable(gradients):
        copies = {name: value.copy() for name, value in point.items()}
        gradients = gradients(copies["x"] if single else copies)
    if single and not isinstance(gradients, Mapping):
        gradients = {"x": gradients}
    analytic, in_float32 = matching_gradients(gradients, point)

    def value_at(name: str, index: tuple[int, ...], number: float | None) -> float:
        nudged = {other: array.copy() for other, array in point.items()}
        if number is not None:
            nudged[name][index] = number
        return one_number(f(nudged["x"] if single else nudged))

    return run_check(value_at, point, analytic, h, tolerance or (1e-3 if in_float32 else 1e-6), max_entries, seed)


def run_check(
    value_at: Callable[[str, tuple[int, ...], float | None], float],
    point: dict[str, np.ndarray],
    analytic: dict[str, np.ndarray | None],
    h: float,
    tolerance: float,
    max_entries: int,
    seed: Seed,
) -> GradientCheck:
    """Check analytic gradients against a function that sets one entry and returns the loss.

    Example:

    >>> point = {"x": np.array([1.0, 3.0])}
    >>> def square(name, index, number):
    ...     x = point[name].copy()
    ...     if number is not None:
    ...         x[index] = number
    ...     return float(x @ x)
    >>> run_check(square, point, {"x": np.array([2.0, 6.0])}, 1e-5, 1e-6, 100, 0).ok
    True

    Args:
        value_at: Takes a tensor's name, an index and the number to put there (None: nothing is changed), and returns
            the loss.
        point: The parameters, float64.
        analytic: A gradient per parameter; None where nothing reached it.
        h: Nudge.
        tolerance: Largest relative error.
        max_entries: Entries nudged per tensor.
        seed: Draws the entries.

    Returns:
        The verdicts.

    Raises:
        ValueError: If a setting is none, or the loss changes from call to call.
    """
    if not (math.isfinite(h) and h > 0):
        raise ValueError(f"expected a nudge h > 0, received {h!r}")
    if not (math.isfinite(tolerance) and tolerance > 0):
        raise ValueError(f"expected a tolerance above 0, received {tolerance!r}")
    check_positive_integer("max_entries", max_entries)
    if not point or not all(array.size for array in point.values()):
        raise ValueError(f"expected parameters with entries, received { ({n: a.shape for n, a in point.items()}) }")
    rng = generator(seed)
    first = next(iter(point))
    value = value_at(first, (), None)
    again = value_at(first, (), None)
    if value != again:
        raise ValueError(
            f"expected the same number from the same parameters, received {value!r} and then {again!r}; "
            "switch off dropout and noise, or give them a fixed seed"
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
                raise ValueError(f"expected a nudge that changes {array[index]}, {step!r} is lost; use a larger h")
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
        reason = kinks[0] + (f" (and for {len(kinks) - 1} entries more)" if len(kinks) > 1 else "")
    elif not ok and kind != "noise":
        reason = _pattern(given[shown], numeric[shown], missing, tolerance) or reason
    elif ok and missing:
        reason = "no gradient reaches it, and it does not act on the loss"
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
        return "no gradient reaches it, though it acts on the loss: NumPy, assign or stop_gradient is on the way"
    if not np.isfinite(given).all():
        return "the gradient given is not finite"
    if not given.any():
        return "the gradient given is 0 everywhere"
    factor = float(given @ numeric / (numeric @ numeric)) if numeric.any() else 0.0
    if len(given) < 2 or np.count_nonzero(numeric) < 2 or factor == 0:
        return ""
    if relative_error(given, factor * numeric) > tolerance:
        return ""
    if math.isclose(factor, -1, rel_tol=1e-4):
        return "the sign is reversed"
    times = f"{factor:.4g} times the right one" if abs(factor) >= 1 else f"the right one divided by {1 / factor:.4g}"
    return f"every entry is {times}: a factor, such as the number of examples, or a 2"


def matching_gradients(gradients: Any, point: dict[str, np.ndarray]) -> tuple[dict[str, np.ndarray | None], bool]:
    """Return gradients as float64 arrays in the order of the parameters, and whether they came in float32.

    Example:

    >>> matching_gradients({"w": [1, 2]}, {"w": np.zeros(2)})
    ({'w': array([1., 2.])}, False)

    Args:
        gradients: Dict of arrays; None for a parameter that no gradient reaches.
        point: The parameters.

    Returns:
        A dict, and True if one of the gradients has less than float64's digits.

    Raises:
        ValueError: If names or shapes differ.
    """
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
            hint = "; was it transposed?" if given.shape == array.shape[::-1] else "; it has the shape of its parameter"
            raise ValueError(f"expected a gradient of {name!r} of shape {array.shape}, received {given.shape}{hint}")
        short |= given.dtype.kind == "f" and given.dtype.itemsize < 8
        result[name] = _float64(given, f"gradient of {name!r}", finite=False)
    return result, short


def one_number(value: Any) -> float:
    """Return the value of a loss as a float.

    Example:

    >>> one_number(np.float64(2.5))
    2.5

    Args:
        value: A number, or an array or tensor without axes.

    Returns:
        The number.

    Raises:
        ValueError: If it is no single finite real number, or is one in float32.
    """
    array = np.asarray(value)
    if array.shape != () or array.dtype.kind not in "fiub":
        raise ValueError(f"expected f to return one real number, received shape {array.shape} and dtype {array.dtype}")
    if array.dtype.kind == "f" and array.dtype.itemsize < 8:
        raise ValueError(
            f"expected f to compute in float64, received {array.dtype}: a nudge of 1e-5 drowns in its rounding; "
            "convert data and parameters to float64"
        )
    if not np.isfinite(array):
        raise ValueError(f"expected f to return a finite number, received {float(array)}")
    return float(array)


def _float64(value: Any, name: str, finite: bool = True) -> np.ndarray:
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected real numbers in {name}, received dtype {array.dtype}")
    array = np.array(array, dtype=np.float64)
    if finite and not np.isfinite(array).all():
        raise ValueError(f"expected finite numbers in {name}, received NaN or infinity")
    return array
