"""Pictures of a wrong answer: the submission's numbers beside how far they are off."""

from __future__ import annotations

import numpy as np

from autograder.facts.result import Picture

_LARGEST_SIDE = 32
_LONGEST_CURVE = 200


def picture_of(values: tuple[str, np.ndarray, np.ndarray] | None) -> Picture | None:
    """The picture of what differs; None for a single number and for what is too large to be looked at.

    A hidden test has no picture: each number in it would tell one of what is expected.

    Example:

    >>> picture = picture_of(("W1", np.array([[1.0, 2.0]]), np.array([[1.0, 1.0]])))
    >>> picture.yours, picture.difference
    ([[1.0, 2.0]], [[0.0, 1.0]])
    """
    if values is None:
        return None
    name, received, exact = values
    is_curve = received.ndim == 1
    longest = _LONGEST_CURVE if is_curve else _LARGEST_SIDE
    if received.shape != exact.shape or received.ndim not in (1, 2) or not received.size >= 2:
        return None
    if max(received.shape) > longest:
        return None
    yours, right = (np.atleast_2d(array.astype(np.float64)) for array in (received, exact))
    with np.errstate(over="ignore", invalid="ignore"):
        difference = yours - right
    drawn = _rounded(yours), _rounded(difference)
    # the largest of all floats is finite and rounds to infinity, which no gradebook can hold
    if not np.isfinite(drawn).all() or not np.any(drawn[1]):
        return None
    return Picture("curve" if is_curve else "heatmap", name, *drawn, hidden=False)


def _rounded(array: np.ndarray) -> list[list[float]]:
    return [[float(f"{number:.4g}") for number in row] for row in array.tolist()]
