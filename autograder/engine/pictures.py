"""Pictures of a wrong answer: the submission's numbers beside how far they are off."""

from __future__ import annotations

import numpy as np

from autograder.records.result import Picture

_LARGEST_SIDE = 32
_LONGEST_CURVE = 200
# of a hidden test's difference, so many steps are shown: enough to see a pattern, too few to read a value from
_STEPS = 3


def picture_of(values: tuple[str, np.ndarray, np.ndarray] | None, hidden: bool) -> Picture | None:
    """The picture of what differs; None for a single number and for what is too large to be looked at.

    Args:
        values: Name, what came and what was expected.
        hidden: Whether the test is hidden: the difference is then told in a few steps, without a scale.

    Example:

    >>> picture = picture_of(("W1", np.array([[1.0, 2.0]]), np.array([[1.0, 1.0]])), hidden=False)
    >>> picture.yours, picture.difference
    ([[1.0, 2.0]], [[0.0, 1.0]])
    """
    if values is None:
        return None
    name, received, exact = values
    yours, right = (np.atleast_2d(array.astype(np.float64)) for array in (received, exact))
    is_curve = received.ndim == 1
    longest = _LONGEST_CURVE if is_curve else _LARGEST_SIDE
    if received.ndim not in (1, 2) or yours.size < 2 or max(yours.shape) > longest or yours.shape != right.shape:
        return None
    with np.errstate(over="ignore", invalid="ignore"):
        difference = yours - right
    largest = float(np.abs(difference).max())
    if not np.isfinite(largest) or largest == 0:
        return None
    if hidden:
        difference = np.round(_STEPS * difference / largest) / _STEPS
    return Picture(
        "curve" if is_curve else "heatmap",
        name,
        _rounded(yours),
        _rounded(difference),
        hidden,
    )


def _rounded(array: np.ndarray) -> list[list[float]]:
    return [[float(f"{number:.4g}") for number in row] for row in array.tolist()]
