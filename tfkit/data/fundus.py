"""Synthetic photographs of the retina, several of each patient, with a severity and the opinions of graders."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from tfkit._arguments import Seed, check_positive_integer, generator
from tfkit.data._drawing import check_size, plane, soft, spots

#: How often a patient has severity 0 to 4. In a screening programme, most have none.
SHARES = (0.45, 0.15, 0.2, 0.1, 0.1)
#: How often an image is one grade off its patient's: the disease comes and goes between visits.
CHANGES = 0.2
#: What a grader's opinion scatters by around the truth, in grades.
SCATTER = 0.5
#: Graders go from lenient to strict: the first and the last of several are half a grade off on average.
STRICTNESS = 0.5
#: By severity, how many there are at least and at most of: small red dots, larger bleedings, and yellow deposits, of
#: which healthy eyes have some with age.
DOTS = ((0, 0), (1, 4), (2, 10), (6, 18), (6, 18))
BLEEDINGS = ((0, 0), (0, 0), (1, 3), (3, 8), (3, 8))
DEPOSITS = ((0, 2), (0, 2), (0, 5), (1, 8), (1, 8))


@dataclass(frozen=True, eq=False)
class Fundus:
    """Synthetic photographs of the retina. No image shows a patient.

    Example:

    >>> make_fundus(3, seed=0, graders=2)
    Fundus(7 synthetic images of 32 × 32 pixels, 3 patients, 2 graders)

    Attributes:
        images: Red, green and blue in [0, 1], float64, shape `(N, size, size, 3)`.
        patients: Whose image it is: a number from 0, shape `(N,)`. The images of a patient follow each other.
        severity: The truth, from 0 (no disease) to 4 (proliferative), int, shape `(N,)`.
        grades: What each grader says, from 0 to 4, int, shape `(N, graders)`: the most lenient first, the strictest
            last.
        description: That these images are made up, for captions.
    """

    images: np.ndarray
    patients: np.ndarray
    severity: np.ndarray
    grades: np.ndarray
    description: str = "synthetic retinas, drawn by a program; no image shows a patient"

    def __len__(self) -> int:
        return len(self.images)

    def __repr__(self) -> str:
        _, height, width, _ = self.images.shape
        graders = self.grades.shape[1]
        return (
            f"Fundus({len(self)} synthetic images of {height} × {width} pixels, {len(np.unique(self.patients))} "
            f"patients, {graders} grader{'s' if graders > 1 else ''})"
        )


def make_fundus(patients: int, *, seed: Seed, size: int = 32, graders: int = 1) -> Fundus:
    """Draw synthetic photographs of the retina, one to four of each patient, from healthy to severely ill.

    A patient's images share the colour, the vessels and the place of the optic disc: whoever puts one in training and
    another in test measures how well patients are recognised. They differ in exposure, in where the eye looks, and a
    little in severity. Red dots come with severity 1, bleedings and yellow deposits with 2, many of them with 3, and
    one large bleeding or new vessels with 4. The same seed gives the same images, whatever the number of graders.

    Example:

    >>> fundus = make_fundus(100, seed=0, graders=3)
    >>> fundus.images.shape, fundus.grades.shape
    ((265, 32, 32, 3), (265, 3))
    >>> (fundus.grades > fundus.severity[:, None]).mean(axis=0).round(2)  # the last grader is the strictest
    array([0.03, 0.14, 0.43])

    Args:
        patients: How many patients, at least 1.
        seed: An integer or a `numpy.random.Generator`.
        size: Height and width in pixels, at least 8.
        graders: How many people look at each image, at least 1.

    Returns:
        The images, whose they are, how ill they show the eye to be, and what each grader says.

    Raises:
        ValueError: If patients, size or graders is too small, or no integer.
    """
    check_positive_integer("patients", patients)
    check_positive_integer("graders", graders)
    check_size(size)
    rng = generator(seed)
    (opinions,) = rng.spawn(1)  # of their own, so that more graders leave the images as they are
    strictness = np.linspace(-STRICTNESS, STRICTNESS, graders) if graders > 1 else np.zeros(1)
    images, severity, grades = [], [], []
    for _ in range(patients):
        count = rng.integers(1, 5)
        change = rng.choice([0, -1, 1], size=count, p=[1 - CHANGES, CHANGES / 2, CHANGES / 2])
        ill = np.clip(rng.choice(5, p=SHARES) + change, 0, 4)
        opinion = ill[:, None] + strictness + opinions.normal(size=(count, graders)) * SCATTER
        images.append(_eye(rng, ill, size))
        severity.append(ill)
        grades.append(np.clip(np.rint(opinion), 0, 4).astype(int))
    return Fundus(
        np.concatenate(images),
        np.repeat(np.arange(patients), [len(ill) for ill in severity]),
        np.concatenate(severity),
        np.concatenate(grades),
    )


def _eye(rng: np.random.Generator, severity: np.ndarray, size: int) -> np.ndarray:
    """The images of one eye, one for each severity."""
    # what stays the same
    side = rng.choice([-1, 1])
    disc = np.array([rng.uniform(-0.12, 0.12), side * rng.uniform(0.42, 0.58)])
    colour = np.array([0.85, 0.42, 0.2]) * rng.uniform(0.7, 1.05) * rng.uniform([0.95, 0.7, 0.5], [1.05, 1.1, 1.3])
    vessels, widths, depths = _vessels(rng, disc, side, thinnest=1 / size)
    waves, phase = rng.normal(size=(6, 2)) * 4, rng.uniform(0, 2 * np.pi, size=6)
    # what changes from visit to visit
    count = len(severity)
    gaze = rng.normal(size=(count, 1, 2)) * 0.02
    exposure = rng.uniform(0.95, 1.05, size=(count, 1, 1, 1))
    noise = rng.normal(size=(count, size, size, 3)) * 0.02

    row, column = plane(size)
    y, x = row - gaze[..., :1], column - gaze[..., 1:]
    mottled = sum(np.cos(a * y + b * x + shift) for (a, b), shift in zip(waves, phase, strict=True)) * 0.03
    paint = colour * (1 + mottled - 0.25 * (row**2 + column**2))[..., None]
    fovea = np.exp(-((y - disc[0] - 0.05) ** 2 + (x - disc[1] + side * 0.65) ** 2) / 0.2**2)
    paint *= 1 - fovea[..., None] * [0.3, 0.4, 0.3]
    inside = soft(0.17 - np.hypot(y - disc[0], (x - disc[1]) * 1.1), 0.025)
    paint += inside[..., None] * (np.array([1.0, 0.85, 0.55]) - paint) * 0.85
    tube = 1 - np.exp(-spots(size, vessels + gaze, widths, depths))
    paint *= 1 - (tube * (1 - 0.5 * inside))[..., None] * [0.35, 0.7, 0.6]
    for image, ill, shift in zip(paint, severity, gaze, strict=True):
        _disease(rng, image, int(ill), shift)
    aperture = soft(0.96 - np.hypot(row, column), 0.02)[..., None]
    images: np.ndarray = np.clip((paint * exposure + noise) * aperture, 0, 1)
    return images


def _vessels(
    rng: np.random.Generator, disc: np.ndarray, side: int, thinnest: float
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Points along the vessels of an eye, shape `(k, 2)`, and at each how wide and how dark to draw it."""
    t = np.linspace(0, 1, 48)[:, None]
    paths, widths = [], []
    for up in (-1, 1):
        # one to the far side, around the fovea, with a branch; one to the near side
        bend = disc + np.array([up * rng.uniform(0.55, 0.8), -side * rng.uniform(0.0, 0.2)])
        end = np.array([up * rng.uniform(0.35, 0.7), -side * rng.uniform(0.6, 0.95)])
        far = (1 - t) ** 2 * disc + 2 * t * (1 - t) * bend + t**2 * end
        fork = far[rng.integers(12, 30)]
        tip = fork + np.array([up * rng.uniform(0.3, 0.6), -side * rng.uniform(0.0, 0.4)])
        near = disc + np.array([up * rng.uniform(0.5, 0.9), side * rng.uniform(0.2, 0.45)])
        paths += [far, fork + t * (tip - fork), disc + t * (near - disc)]
        widths += [width * (1 - 0.5 * t[:, 0]) for width in (0.05, 0.035, 0.04)]
    steps = np.concatenate([np.linalg.norm(np.gradient(path, axis=0), axis=1) for path in paths])
    radius = np.maximum(np.concatenate(widths), thinnest)
    return np.concatenate(paths), radius, 0.6 * steps / radius  # dense points are drawn paler: their spots overlap


def _disease(rng: np.random.Generator, image: np.ndarray, severity: int, gaze: np.ndarray) -> None:
    """Draw on one image what its severity brings."""
    size = len(image)

    def scattered(many: tuple[int, int], smallest: float, largest: float, reach: float) -> np.ndarray:
        count = rng.integers(*many, endpoint=True)
        distance, angle = reach * np.sqrt(rng.uniform(0.05, 1, size=count)), rng.uniform(0, 2 * np.pi, size=count)
        places = np.stack([distance * np.sin(angle), distance * np.cos(angle)], axis=1)
        radius = np.maximum(rng.uniform(smallest, largest, size=count), 1.2 / size)
        drawn: np.ndarray = np.minimum(1.4 * spots(size, places[None] + gaze, radius)[0], 1)[..., None]
        return drawn

    clear = rng.uniform(0.3, 1.0)  # how well it shows: not every photograph is a good one
    deposits = scattered(DEPOSITS[severity], 0.03, 0.05, 0.6)
    image += deposits * ([1.0, 0.9, 0.45] - image) * clear
    for red in (scattered(BLEEDINGS[severity], 0.05, 0.1, 0.7), scattered(DOTS[severity], 0.02, 0.035, 0.75)):
        image *= 1 - red * [0.45, 0.85, 0.75] * clear
    if severity == 4:
        row, column = plane(size)
        y, x = row - gaze[0, 0] - rng.uniform(-0.3, 0.4), column - gaze[0, 1] - rng.uniform(-0.4, 0.4)
        # blood in front of the retina sinks, with a level above: half a disc
        pool = soft(rng.uniform(0.2, 0.32) - np.hypot(y, 0.8 * x), 0.02) * soft(y + 0.03, 0.02)
        image *= 1 - pool[..., None] * [0.5, 0.92, 0.85] * clear
