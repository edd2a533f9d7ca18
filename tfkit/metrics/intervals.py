"""How sure a figure is: intervals by drawing patients again, not images."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import Seed, check_positive_integer, generator
from tfkit.metrics._checks import check_labels, check_scores


class Interval(NamedTuple):
    """A figure and its interval.

    Example:

    >>> Interval(0.9, 0.8, 0.95, 1000, 0)
    Interval(estimate=0.9, low=0.8, high=0.95, resamples=1000, redrawn=0)

    Attributes:
        estimate: The metric on the data as they are.
        low: Lower end.
        high: Upper end.
        resamples: Draws that the ends are percentiles of.
        redrawn: Draws with one class only, which were drawn again.
    """

    estimate: float
    low: float
    high: float
    resamples: int
    redrawn: int


def bootstrap_interval(
    metric: Callable[[np.ndarray, np.ndarray], Any],
    y: ArrayLike,
    scores: ArrayLike,
    patients: ArrayLike,
    *,
    seed: Seed,
    confidence: float = 0.95,
    resamples: int = 1000,
) -> Interval:
    """Return a metric with its bootstrap interval, patients being drawn with all their images.

    Two images of one patient say the same twice. An interval over images takes them for two witnesses and is too
    narrow. `scipy.stats.bootstrap` draws rows, which is right only if each row is another patient.

    Example:

    >>> from tfkit.metrics import auc
    >>> rng = np.random.default_rng(0)
    >>> y = rng.integers(2, size=200)
    >>> interval = bootstrap_interval(auc, y, y + rng.normal(size=200), np.arange(200) // 4, seed=0, resamples=200)
    >>> interval.low < interval.estimate < interval.high
    True

    Args:
        metric: Function of labels and scores, each of shape `(images,)`, that returns a number.
        y: Labels 0 and 1, shape `(M,)`.
        scores: Scores of class 1, shape `(M,)`.
        patients: Whose image each is: numbers or names, shape `(M,)`. `numpy.arange(M)` if no patient has two.
        seed: An integer or a `numpy.random.Generator`.
        confidence: Part of the draws inside the interval.
        resamples: Number of draws.

    Returns:
        An `Interval`; its ends are percentiles.

    Raises:
        ValueError: If arrays are malformed, there is one patient, the metric does not return a finite number, or
            almost every draw holds one class only.

    Reference:
        Efron and Tibshirani, "An introduction to the bootstrap", 1993, chapters 8 and 13.
    """
    labels = check_labels(y)
    values = check_scores(scores, labels)
    check_positive_integer("resamples", resamples)
    if not 0 < confidence < 1:
        raise ValueError(f"expected confidence between 0 and 1, received {confidence!r}")
    rows_of = _rows_of_patients(patients, len(labels))
    rng = generator(seed)
    figures: list[float] = []
    redrawn = 0
    while len(figures) < resamples:
        rows = np.concatenate([rows_of[i] for i in rng.integers(len(rows_of), size=len(rows_of))])
        drawn = labels[rows]
        if drawn.min() == drawn.max():
            redrawn += 1
            if redrawn > 10 * resamples:
                raise ValueError(
                    "expected draws with both classes, but almost all have only one; there are too few patients"
                )
            continue
        figures.append(_figure(metric, drawn, values[rows]))
    tail = (1 - confidence) / 2
    low, high = np.quantile(figures, [tail, 1 - tail])
    return Interval(_figure(metric, labels, values), float(low), float(high), int(resamples), redrawn)


def _rows_of_patients(patients: ArrayLike, M: int) -> list[np.ndarray]:
    names = np.asarray(patients)
    if names.shape == (M, 1):
        names = names.reshape(M)
    if names.shape != (M,):
        raise ValueError(
            f"expected a patient for each of {M} images, received shape {names.shape}; "
            "if no patient has two images, pass numpy.arange(len(y))"
        )
    if names.dtype.kind == "f" and not np.isfinite(names).all():
        raise ValueError("expected a patient for each image, received NaN; leave out images whose patient is unknown")
    _, number = np.unique(names, return_inverse=True)
    order = np.argsort(number, kind="stable")
    rows_of = np.split(order, np.flatnonzero(np.diff(number[order])) + 1)
    if len(rows_of) < 2:
        raise ValueError("expected two patients or more, received one")
    return rows_of


def _figure(metric: Callable[[np.ndarray, np.ndarray], Any], y: np.ndarray, scores: np.ndarray) -> float:
    value = np.asarray(metric(y, scores))
    if value.shape != () or value.dtype.kind not in "fiub" or not np.isfinite(value):
        raise ValueError(f"expected the metric to return one finite number, received {value!r}")
    return float(value)
