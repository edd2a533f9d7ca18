"""Synthetic images of skin lesions with their masks: to learn segmentation from, not medicine."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tfkit._arguments import Seed, check_positive_integer, generator
from tfkit.data._drawing import check_size, plane

EMPTY_SHARE = 0.2  # about one image in five shows no lesion, as in screening


@dataclass(frozen=True, eq=False)
class Lesions:
    """Synthetic images of skin and the masks of the lesions on them. No image shows a patient.

    Example:

    >>> make_lesions(3, seed=0)
    Lesions(3 synthetic images of 32 × 32 pixels, 2 with a lesion)

    Attributes:
        images: Brightness in [0, 1], float64, shape `(count, size, size)`.
        masks: 1 on the lesion and 0 elsewhere, float64, shape `(count, size, size)`. About one in five is empty.
        description: That these images are made up, for captions.
    """

    images: np.ndarray
    masks: np.ndarray
    description: str = "synthetic lesions, drawn by a program; no image shows a patient"

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        _, height, width = self.images.shape
        shown = int(self.masks.any(axis=(1, 2)).sum())
        return f"Lesions({len(self)} synthetic images of {height} × {width} pixels, {shown} with a lesion)"


def make_lesions(count: int, *, seed: Seed, size: int = 32) -> Lesions:
    """Draw synthetic images of skin, most of them with one dark, uneven spot, and the mask of the spot.

    A spot is an ellipse with a wavy outline, darker than the skin, on a background with a slope of light and noise:
    bright and dark skin, faint and clear spots, large and small ones. The same seed gives the same images.

    Example:

    >>> lesions = make_lesions(100, seed=0)
    >>> lesions.images.shape, lesions.masks.shape
    ((100, 32, 32), (100, 32, 32))
    >>> lesions.masks.mean().round(2)  # of all pixels; a mask of zeros is right about the rest
    np.float64(0.08)

    Args:
        count: How many images, at least 1.
        seed: An integer or a `numpy.random.Generator`.
        size: Height and width in pixels, at least 8.

    Returns:
        The images and their masks.

    Raises:
        ValueError: If count or size is too small, or no integer.
    """
    check_positive_integer("count", count)
    check_size(size)
    rng = generator(seed)
    row, column = plane(size)
    images, masks = np.empty((count, size, size)), np.zeros((count, size, size))
    for image, mask in zip(images, masks, strict=True):
        # every image draws the same numbers, whether or not it has a lesion
        empty = rng.uniform() < EMPTY_SHARE
        centre = rng.uniform(-0.4, 0.4, size=2)
        radius, stretch, turn = rng.uniform(0.2, 0.6), rng.uniform(0.6, 1.0), rng.uniform(0, np.pi)
        waves = rng.normal(size=(2, 3)) * 0.08
        skin, contrast, slope = rng.uniform(0.5, 0.9), rng.uniform(0.15, 0.4), rng.normal(size=2) * 0.05
        noise = rng.normal(size=(size, size)) * 0.03
        y, x = row - centre[0], column - centre[1]
        along, across = x * np.cos(turn) + y * np.sin(turn), (y * np.cos(turn) - x * np.sin(turn)) / stretch
        angle = np.arctan2(across, along)
        order = np.arange(2, 5)[:, None, None]
        waved = np.cos(order * angle) * waves[0][:, None, None] + np.sin(order * angle) * waves[1][:, None, None]
        inside = (np.hypot(along, across) <= radius * (1 + waved.sum(axis=0))) & ~np.bool_(empty)
        mask[inside] = 1
        image[:] = np.clip(skin + slope[0] * row + slope[1] * column - contrast * mask + noise, 0, 1)
    return Lesions(images, masks)
