"""The trend in a noisy curve."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import check_positive_integer


def moving_average(values: ArrayLike, window: int) -> np.ndarray:
    """Return the mean of each value with its neighbours.

    The window is centred, so that the trend does not lag behind the curve, and shrinks evenly at both ends, so
    that there are as many means as values and none is made of values that do not exist: padding with zeros would
    bend the ends of a loss curve down.

    Example:

    >>> moving_average([1.0, 2.0, 6.0, 2.0, 1.0], 3)
    array([1.        , 3.        , 3.33333333, 3.        , 1.        ])

    Args:
        values: Numbers, shape `(n,)`.
        window: Values per mean; an even number is made odd by one more.

    Returns:
        A float64 array of shape `(n,)`.

    Raises:
        ValueError: If the values are not a series of finite numbers or the window is not a positive integer.

    Reference:
        Review session, "Monitor learning curves".
    """
    array = np.asarray(values)
    if array.dtype.kind not in "fiub" or array.ndim != 1 or array.size == 0:
        raise ValueError(f"expected numbers of shape (n,), received {array.dtype} of shape {array.shape}")
    array = array.astype(np.float64)
    if not np.isfinite(array).all():
        raise ValueError("expected finite values, received NaN or infinity; use only the part before it diverged")
    check_positive_integer("window", window)
    n, places = len(array), np.arange(len(array))
    reach = np.minimum(window // 2, np.minimum(places, n - 1 - places))
    sums: np.ndarray = np.concatenate([[0.0], np.cumsum(array)])
    means: np.ndarray = (sums[places + reach + 1] - sums[places - reach]) / (2 * reach + 1)
    return means
