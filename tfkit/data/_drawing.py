"""What the synthetic images have in common: a plane to draw on, soft shapes, and sums of spots."""

from __future__ import annotations

from typing import Any

import numpy as np

from tfkit._arguments import check_positive_integer


def check_size(size: Any) -> None:
    """Raise unless `size` is an integer that leaves room for a shape."""
    check_positive_integer("size", size)
    if size < 8:
        raise ValueError(f"expected size to be 8 or more pixels, received {size}: a smaller image shows no outline")


def plane(size: int) -> tuple[np.ndarray, np.ndarray]:
    """Row and column of each pixel, both from -1 to 1, shape `(size, size)`."""
    row, column = np.meshgrid(np.linspace(-1, 1, size), np.linspace(-1, 1, size), indexing="ij")
    return row, column


def soft(distance: np.ndarray, width: float) -> np.ndarray:
    """1 where `distance` is well above 0, 0 where it is well below, and a slope of `width` between."""
    return 1 / (1 + np.exp(-np.clip(distance / width, -30, 30)))


def spots(size: int, centres: np.ndarray, radius: np.ndarray, height: np.ndarray | float = 1.0) -> np.ndarray:
    """Images `(n, size, size)` of k round spots each: `centres` are row and column, `(n, k, 2)`, the rest is `(k,)`."""
    # a spot is a Gaussian, a product of one of the row and one of the column, so that the sum is a product of matrices
    line = np.linspace(-1, 1, size)
    fall = np.exp(-(((line[:, None, None] - centres[:, None]) / radius[:, None]) ** 2))
    images: np.ndarray = (fall[..., 0] * height) @ fall[..., 1].swapaxes(1, 2)
    return images
