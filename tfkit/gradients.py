"""Check a gradient without trusting it: nudge every entry and watch the loss. NumPy alone."""

from __future__ import annotations

import math
from collections.abc import Callable, Mapping
from typing import Any, overload

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import check_callable, check_positive


@overload
def numeric_gradient(f: Callable[[Any], Any], x: Mapping[str, ArrayLike], h: float = ...) -> dict[str, np.ndarray]: ...
@overload
def numeric_gradient(f: Callable[[Any], Any], x: ArrayLike, h: float = ...) -> np.ndarray: ...
def numeric_gradient(f: Callable[[Any], Any], x: Any, h: float = 1e-5) -> Any:
    """Return the gradient of `f` at `x` by central differences.

    Every entry is nudged by `h` to both sides: `(f(x + h) - f(x - h)) / 2h`, whose error is of order `h²`.
    The default `h` is about the cube root of float64's precision, where truncation and rounding errors
    balance. `f` is called twice per entry, each time on a fresh float64 copy, so that neither an exception
    in `f` nor an `f` that writes into its argument can change the caller's array.

    Example:

    >>> numeric_gradient(lambda x: 3 * x[0] ** 2 + x[1] ** 2, [1.0, 1.0]).round(6)
    array([6., 2.])
    >>> numeric_gradient(lambda p: (p["w"] * p["b"]).sum(), {"w": [2, 3], "b": [5]})["b"].round(6)
    array([5.])

    Args:
        f: Function of an array (or of a dict of arrays, if `x` is one) that returns one number. It must use
            its argument: a function that reads the caller's array instead sees no nudge and has gradient 0.
        x: Point, an array of any shape or a dict of arrays. Integers are converted to float64.
        h: Step, in the units of `x`.

    Returns:
        A float64 array of the shape of `x`, or a dict of such arrays with the keys of `x`.

    Raises:
        ValueError: If `f` does not return one real number, if `x` is not real, if `h` is not positive, or
            if `h` is lost in the rounding of an entry of `x`.

    Reference:
        The gradient check of CS231n's notes, "Gradient checks".
    """
    check_positive("h", h)
    check_callable("f", f, "numeric_gradient(lambda x: (x**2).sum(), x)")
    if isinstance(x, Mapping):
        point = {name: _real_array(value, f"x[{name!r}]") for name, value in x.items()}
        return {name: _differences(_along(f, point, name), value, h) for name, value in point.items()}
    return _differences(f, _real_array(x, "x"), h)


def relative_error(a: ArrayLike, b: ArrayLike) -> float:
    """Return how far apart two arrays are: `‖a - b‖ / (‖a‖ + ‖b‖)`, from 0 (equal) to 1.

    The norms run over the whole array. An entry-wise ratio would call two gradients different because of one
    entry that happens to be almost zero, where only rounding noise is compared.

    Example:

    >>> relative_error([3.0, 4.0], [3.0, 4.0])
    0.0
    >>> relative_error([1.0], [-1.0])
    1.0
    >>> relative_error([1.0, float("nan")], [1.0, float("nan")])
    inf

    Args:
        a: Real array of any shape.
        b: Real array of exactly the same shape: `(3,)` and `(3, 1)` are different shapes.

    Returns:
        A float: 0.0 if both are zero everywhere; `inf` if either holds a NaN or an infinity, so that no
        tolerance lets them pass.

    Raises:
        ValueError: If the shapes differ, or an array is empty or not real.
    """
    left, right = _real_array(a, "a"), _real_array(b, "b")
    if left.shape != right.shape:
        raise ValueError(
            f"expected two arrays of the same shape, received {left.shape} and {right.shape}; reshape one of them"
        )
    if left.size == 0:
        raise ValueError(f"expected arrays with entries to compare, received two empty ones of shape {left.shape}")
    if not (np.isfinite(left).all() and np.isfinite(right).all()):
        return math.inf
    scale = max(np.abs(left).max(), np.abs(right).max())
    if scale == 0:
        return 0.0
    # dividing first keeps squares of 1e200 finite and squares of 1e-200 above zero
    left, right = left / scale, right / scale
    return float(np.linalg.norm(left - right) / (np.linalg.norm(left) + np.linalg.norm(right)))


def _differences(f: Callable[[np.ndarray], Any], x: np.ndarray, h: float) -> np.ndarray:
    gradient = np.zeros_like(x)
    for index in np.ndindex(x.shape):
        up, down = x.copy(), x.copy()
        up[index] += h
        down[index] -= h
        # not 2h: x + h is rounded, and only the step that was really taken belongs under the fraction
        step = float(up[index] - down[index])
        if step == 0:
            raise ValueError(
                f"expected a step h that changes x, but {x[index]} + {h} is rounded to the same number; use a larger h"
            )
        gradient[index] = (_number(f(up)) - _number(f(down))) / step
    return gradient


def _number(value: Any) -> float:
    array = np.asarray(value)
    if array.shape != ():
        raise ValueError(
            f"expected f to return one number, received shape {array.shape}; sum or average over the examples"
        )
    return float(_real_array(array, "the value of f"))


def _real_array(value: Any, name: str) -> np.ndarray:
    array = np.asarray(value)
    if array.dtype.kind not in "fiub":
        raise ValueError(f"expected real numbers in {name}, received dtype {array.dtype}")
    return np.array(array, dtype=np.float64)


def _along(f: Callable[[Any], Any], point: dict[str, np.ndarray], name: str) -> Callable[[np.ndarray], Any]:
    """Return `f` as a function of one entry of the dict, the others being fresh copies."""
    return lambda array: f({**{other: value.copy() for other, value in point.items()}, name: array})
