"""A gradient against nudges of a sample of entries; what looks wrong is looked at again. NumPy alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

from numpy.typing import ArrayLike

from tfkit._arguments import Seed, check_callable
from tfkit.gradient_check._run import as_float64, matching_gradients, one_number, run_check
from tfkit.gradient_check.verdicts import GradientCheck


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

    >>> import numpy as np
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
    check_callable("f", f, "check_gradients(lambda w: (w**2).sum(), w, 2 * w)")
    single = not isinstance(params, Mapping)
    named = {"x": params} if single else dict(params)  # type: ignore[arg-type]
    point = {name: as_float64(value, f"parameter {name!r}") for name, value in named.items()}
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
