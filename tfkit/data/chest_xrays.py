"""Synthetic chest X-rays with the fourteen labels of ChestX-ray14: to learn many rare labels from, not medicine."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfkit._arguments import Seed, check_positive_integer, generator
from tfkit.data._drawing import check_size, plane, soft

#: Share of the images that show each finding: ChestX-ray14's, in its order, but hernias are five times as common here.
PREVALENCES = {
    "Atelectasis": 0.10,
    "Cardiomegaly": 0.025,
    "Effusion": 0.12,
    "Infiltration": 0.18,
    "Mass": 0.05,
    "Nodule": 0.055,
    "Pneumonia": 0.013,
    "Pneumothorax": 0.047,
    "Consolidation": 0.042,
    "Edema": 0.02,
    "Emphysema": 0.022,
    "Fibrosis": 0.015,
    "Pleural_Thickening": 0.03,
    "Hernia": 0.01,
}
#: How often an image shows what its patient has: some of it heals, some of it is not there yet.
PERSISTENCE = 0.8


@dataclass(frozen=True, eq=False)
class ChestXRays:
    """Synthetic chest X-rays. No image shows a patient.

    Example:

    >>> make_chest_xrays(3, seed=0)
    ChestXRays(9 synthetic images of 32 × 32 pixels, 3 patients, 14 labels)

    Attributes:
        images: Brightness in [0, 1], float64, shape `(N, size, size)`. As on any X-ray, bone is bright and air is dark.
        labels: 1 for each finding that an image shows, else 0, float64, shape `(N, 14)`. Most rows are all 0.
        patients: Whose image it is: a number from 0, shape `(N,)`. The images of a patient follow each other.
        names: What each column of `labels` stands for.
        description: That these images are made up, for captions.
    """

    images: np.ndarray
    labels: np.ndarray
    patients: np.ndarray
    names: tuple[str, ...] = tuple(PREVALENCES)
    description: str = "synthetic chest X-rays, drawn by a program; no image shows a patient"

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        _, height, width = self.images.shape
        return (
            f"ChestXRays({len(self)} synthetic images of {height} × {width} pixels, {len(np.unique(self.patients))} "
            f"patients, {len(self.names)} labels)"
        )


def make_chest_xrays(patients: int, *, seed: Seed, size: int = 32) -> ChestXRays:
    """Draw synthetic X-rays of chests, one to four of each patient, with the findings of ChestX-ray14.

    Each finding changes the image in its own way: a large heart is large, a nodule is a small round spot, fluid
    whitens the bottom of a lung, air around a lung blackens its edge. A finding is rare, from 1 % of the images
    (hernia) to 18 % (infiltration), and several may come together. A patient's images share the build and mostly the
    findings, so they belong in one part of a split. The same seed gives the same images.

    Example:

    >>> xrays = make_chest_xrays(200, seed=0)
    >>> xrays.images.shape, xrays.labels.shape
    ((519, 32, 32), (519, 14))
    >>> xrays.names[2], xrays.labels[:, 2].mean().round(2)
    ('Effusion', np.float64(0.09))

    Args:
        patients: How many patients, at least 1.
        seed: An integer or a `numpy.random.Generator`.
        size: Height and width in pixels, at least 8.

    Returns:
        The images, what each shows, and whose they are.

    Raises:
        ValueError: If patients or size is too small, or no integer.

    Reference:
        Wang and others, "ChestX-ray8: hospital-scale chest X-ray database and benchmarks", 2017.
    """
    check_positive_integer("patients", patients)
    check_size(size)
    rng = generator(seed)
    often = np.array(list(PREVALENCES.values())) / PERSISTENCE
    images, labels = [], []
    for _ in range(patients):
        count = rng.integers(1, 5)
        has = rng.uniform(size=len(often)) < often
        shown = has & (rng.uniform(size=(count, len(often))) < PERSISTENCE)
        images.append(_chest(rng, shown, size))
        labels.append(shown.astype(np.float64))
    whose = np.repeat(np.arange(patients), [len(rows) for rows in labels])
    return ChestXRays(np.concatenate(images), np.concatenate(labels), whose)


def _chest(rng: np.random.Generator, shown: np.ndarray, size: int) -> np.ndarray:
    """The images of one chest, one for each row of findings."""
    count, kinds = shown.shape
    # what stays the same: the build, and where a finding sits
    width, height, tissue = rng.uniform(0.3, 0.38), rng.uniform(0.66, 0.82), rng.uniform(0.6, 0.78)
    heart_width, heart_height = rng.uniform(0.24, 0.31), rng.uniform(0.25, 0.33)
    ribs, phase = rng.uniform(18, 27), rng.uniform(0, 2 * np.pi)
    floors = rng.uniform(0.4, 0.52, size=2)
    shoulder, collar = rng.uniform(1.2, 2.2), rng.uniform(0.1, 0.35)
    sides = rng.choice([-1, 1], size=kinds)
    places = rng.uniform([-0.4, 0.34], [0.2, 0.54], size=(kinds, 2))  # row, and how far from the middle
    patches = rng.normal(size=(8, 2)) * 0.13
    # what changes from image to image
    strength = shown * rng.uniform(0.15, 1.1, size=shown.shape)  # from hardly visible to plain
    moved = rng.normal(size=(count, 2, 1, 1)) * 0.015
    contrast, exposure = rng.uniform(0.95, 1.05, size=(count, 1, 1)), rng.normal(size=(count, 1, 1)) * 0.015
    noise = rng.normal(size=(count, size, size)) * 0.03

    row, column = plane(size)
    y, x = row - moved[:, 0], column - moved[:, 1]
    much = dict(zip(PREVALENCES, strength.T[..., None, None], strict=True))
    image = np.full((count, size, size), tissue)
    for side, floor in zip((-1, 1), floors, strict=True):  # -1 is the left of the image, which is the patient's right
        here = {name: much[name] * (sides[i] == side) for i, name in enumerate(PREVALENCES)}
        here |= {name: much[name] for name in ("Edema", "Emphysema", "Fibrosis")}  # these have no side
        lung, air = _lung(y, side * x, here, dict(zip(PREVALENCES, places, strict=True)), patches, width, height, floor)
        bones = 0.08 * np.cos(ribs * (y + 0.5 * (np.abs(x) - 0.35) ** 2 * np.sign(y)) + phase)
        image += lung * (np.minimum(air + bones, tissue + 0.08) - image)
    spine = soft(0.09 - np.abs(x), 0.02) * (1 - 0.25 * np.exp(-((x / 0.05) ** 2)) * soft(-0.35 - y, 0.05))
    image += spine * (tissue + 0.1 - image)
    broad = heart_width * (1 + 0.5 * much["Cardiomegaly"] - 0.15 * much["Emphysema"])
    heart = soft(1 - ((x - 0.08 - 0.25 * (broad - heart_width)) / broad) ** 2 - ((y - 0.3) / heart_height) ** 2, 0.12)
    image += heart * (tissue + 0.06 - image)
    # a piece of the stomach above the diaphragm: a ring with air in it, in front of the heart
    ring = np.hypot(y - 0.3, x - 0.02) / 0.16
    image += much["Hernia"] * (0.12 * np.exp(-(((ring - 1) / 0.25) ** 2)) - 0.35 * soft(0.85 - ring, 0.08))
    collarbone = np.exp(-(((y + 0.66 - collar * (np.abs(x) - 0.4)) / 0.045) ** 2)) * soft(0.8 - np.abs(x), 0.05)
    image += 0.12 * collarbone * soft(np.abs(x) - 0.08, 0.03)
    body = soft(y + 1.0 - shoulder * np.maximum(np.abs(x) - 0.3, 0) ** 2, 0.03) * soft(0.97 - np.abs(x), 0.02)
    developed = ((image - 0.5) * contrast + 0.5 + exposure) * (0.08 + 0.92 * body)
    images: np.ndarray = np.clip(developed + noise, 0, 1)
    return images


def _lung(
    y: np.ndarray,
    x: np.ndarray,
    much: dict[str, np.ndarray],
    places: dict[str, np.ndarray],
    patches: np.ndarray,
    width: float,
    height: float,
    low: float,
) -> tuple[np.ndarray, np.ndarray]:
    """Where one lung is, from 0 to 1, and how bright it is there; `x` counts from the middle of the body."""
    swollen = 1 + 0.1 * much["Emphysema"]
    across = (x - 0.44) / (width * swollen * (0.85 + 0.25 * np.clip(y + 0.3, -0.4, 0.6)))
    along = (y + 0.08) / (height * swollen)
    # the diaphragm: a dome, flat in emphysema, higher where a part of the lung has collapsed
    dome = (0.9 - 0.6 * much["Emphysema"]) * (x - 0.38) ** 2
    floor = low + dome + 0.12 * much["Emphysema"] - 0.22 * much["Atelectasis"]
    lung = soft(1 - np.abs(across) ** 2.5 - np.abs(along) ** 2.5, 0.08) * soft(floor - y, 0.025)
    edge = across - 0.1 + 0.8 * y  # of a lung that has come off the wall

    def around(name: str) -> np.ndarray:
        distance: np.ndarray = np.hypot(y - places[name][0], x - places[name][1])
        return distance

    def patchy(name: str, radius: float) -> np.ndarray:
        centres = places[name] + patches
        spots = [np.exp(-((y - down) ** 2 + (x - out) ** 2) / radius**2) for down, out in centres]
        haze: np.ndarray = np.sum(spots, axis=0)
        return haze

    changes: dict[str, Callable[[], Any]] = {
        # what collapsed lies as a bright band above the diaphragm
        "Atelectasis": lambda: 0.25 * np.exp(-(((floor - y - 0.1) / 0.06) ** 2)),
        # fluid stands at a level, a little higher along the wall
        "Effusion": lambda: 0.4 * soft(y - 0.24 + 0.3 * np.maximum(across, 0) ** 2, 0.03),
        "Infiltration": lambda: 0.09 * patchy("Infiltration", 0.16),
        "Mass": lambda: 0.45 * soft(0.17 - around("Mass"), 0.02),
        "Nodule": lambda: 0.5 * soft(0.08 - around("Nodule"), 0.02),
        "Pneumonia": lambda: 0.25 * patchy("Pneumonia", 0.09),
        # air between lung and wall is darker than the lung, whose edge is a fine bright line
        "Pneumothorax": lambda: 0.25 * np.exp(-((edge / 0.12) ** 2)) - 0.2 * soft(edge, 0.05),
        # the upper lobe, down to a straight border
        "Consolidation": lambda: 0.25 * soft(-0.12 - y, 0.02),
        # around the root of each lung, like the wings of a bat
        "Edema": lambda: 0.22 * np.exp(-(((x - 0.28) / 0.2) ** 2) - ((y + 0.05) / 0.3) ** 2),
        "Emphysema": lambda: -0.12,
        "Fibrosis": lambda: 0.35 * np.maximum(np.cos(26 * y) * np.cos(26 * x), 0) * soft(y - 0.05, 0.08),
        "Pleural_Thickening": lambda: 0.4 * soft(across - 0.68, 0.05),
    }
    brightness = np.full(y.shape, 0.25)
    for name, change in changes.items():
        if much[name].any():
            brightness += much[name] * change()
    return lung, brightness
