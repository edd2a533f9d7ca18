"""Pictures of a classifier for clinicians: ROC curve, calibration, confusion."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import as_numbers, described
from tfkit.metrics.calibration import calibration_curve, expected_calibration_error
from tfkit.metrics.operating_points import Confusion, OperatingPoint
from tfkit.metrics.roc import auc, roc_curve
from tfkit.plots._style import PALETTE, axes_or_new, figure_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MARKERS = ("s", "D", "^", "v", "P")


def plot_roc(
    y: ArrayLike,
    scores: ArrayLike,
    ax: Axes | None = None,
    *,
    points: Mapping[str, OperatingPoint] | None = None,
    clinicians: ArrayLike | None = None,
    name: str = "model",
) -> Axes:
    """Draw the ROC curve, operating points as squares, and clinicians as dots.

    A dot below the curve is a clinician whom the model beats at that specificity, on these patients.

    Example:

    >>> from tfkit.metrics import operating_point
    >>> y, scores = [0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8]
    >>> screening = operating_point(y, scores, sensitivity=0.9)
    >>> ax = plot_roc(y, scores, points={"screening": screening}, clinicians=[(0.9, 0.7)])
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('1 − specificity', 'sensitivity')

    Args:
        y: Labels 0 and 1, shape `(M,)`.
        scores: Scores of class 1, shape `(M,)`.
        ax: Axes to draw on, by default those of a new figure.
        points: Dict from names to operating points. They are drawn where the curve of *these* patients has their
            thresholds, which is not where the development set had them.
        clinicians: Sensitivity and specificity of each, shape `(n, 2)`.
        name: Name of the model in the legend.

    Returns:
        The axes.

    Raises:
        ValueError: If labels or scores are malformed, or clinicians are not pairs of rates.
    """
    if points is not None and not (
        isinstance(points, Mapping) and all(isinstance(point, OperatingPoint) for point in points.values())
    ):
        raise ValueError(
            f"expected points to be a dict from names to operating points, received {described(points)}; "
            "write {'screening': tfkit.metrics.operating_point(y, scores, sensitivity=0.9)}"
        )
    curve, area = roc_curve(y, scores), auc(y, scores)
    rates = None if clinicians is None else _rates(clinicians)
    ax = axes_or_new(ax, figsize=(5, 5))
    ax.plot([0, 1], [0, 1], color="0.6", linestyle=":", linewidth=1, label="chance")
    ax.plot(
        curve.false_positive_rate, curve.sensitivity, color=PALETTE[0], linewidth=2, label=f"{name}, area {area:.3f}"
    )
    for i, (label, point) in enumerate((points or {}).items()):
        index = int(np.flatnonzero(curve.thresholds >= point.threshold)[-1])
        x, height = float(curve.false_positive_rate[index]), float(curve.sensitivity[index])
        ax.plot(
            x,
            height,
            marker=_MARKERS[i % len(_MARKERS)],
            color=PALETTE[1 + i % (len(PALETTE) - 1)],
            markersize=9,
            markeredgecolor="white",
            linestyle="none",
            zorder=4,
            label=f"{label}: sensitivity {height:.2f}, specificity {1 - x:.2f}",
        )
    if rates is not None:
        ax.plot(
            1 - rates[:, 1],
            rates[:, 0],
            marker="o",
            color="black",
            markersize=5,
            linestyle="none",
            zorder=3,
            label=f"clinicians ({len(rates)})",
        )
    return _unit_square(ax, "1 − specificity", "sensitivity", margin=0.02, legend="lower right")


def plot_calibration(
    y: ArrayLike,
    probabilities: ArrayLike,
    ax: Axes | None = None,
    *,
    bins: int = 10,
    name: str = "model",
) -> Axes:
    """Draw what happened against what was predicted; dots grow with the number of examples in their bin.

    Example:

    >>> plot_calibration([0, 0, 1, 1], [0.1, 0.3, 0.7, 0.9], bins=2).get_xlabel()
    'predicted probability'

    Args:
        y: Labels 0 and 1, shape `(M,)`.
        probabilities: Probabilities of class 1, shape `(M,)`.
        ax: Axes to draw on, by default those of a new figure.
        bins: Number of bins between 0 and 1.
        name: Name of the model in the legend.

    Returns:
        The axes.

    Raises:
        ValueError: If labels or probabilities are malformed.
    """
    curve = calibration_curve(y, probabilities, bins)
    error = expected_calibration_error(y, probabilities, bins)
    ax = axes_or_new(ax, figsize=(5, 5))
    ax.plot([0, 1], [0, 1], color="0.6", linestyle=":", linewidth=1, label="perfect calibration")
    label = f"{name}, expected calibration error {error:.3f}"
    ax.plot(curve.predicted, curve.observed, color=PALETTE[0], linewidth=1.5, label=label)
    ax.scatter(
        curve.predicted,
        curve.observed,
        s=30 + 250 * curve.counts / curve.counts.max(),
        color=PALETTE[0],
        edgecolor="white",
        zorder=3,
    )
    return _unit_square(ax, "predicted probability", "observed part of positives", margin=0.04, legend="best")


def plot_confusion(
    confusion: Confusion | ArrayLike,
    ax: Axes | None = None,
    *,
    class_names: Sequence[str] | None = None,
) -> Axes:
    """Draw a confusion matrix: a row per true class, counts in the cells, shades by the part of their row.

    By row, because a rare class would be pale everywhere else: its 9 of 10 is a good rate, and a small count.

    Example:

    >>> ax = plot_confusion(Confusion(9, 99, 891, 1), class_names=["well", "ill"])
    >>> [text.get_text() for text in ax.texts]
    ['891\\n90 %', '99\\n10 %', '1\\n10 %', '9\\n90 %']

    Args:
        confusion: A `Confusion`, or counts of shape `(k, k)` with true classes in rows, as scikit-learn's
            `confusion_matrix` returns.
        ax: Axes to draw on, by default those of a new figure.
        class_names: Names of the k classes.

    Returns:
        The axes.

    Raises:
        ValueError: If the counts are not a square of numbers of 0 or more, or there are not k names.
    """
    counts = confusion.to_array() if isinstance(confusion, Confusion) else as_numbers("confusion", confusion)
    if counts.ndim != 2 or counts.shape[0] != counts.shape[1] or counts.dtype.kind not in "iu" or counts.size == 0:
        raise ValueError(
            f"expected counts of shape (k, k), received {counts.dtype} of shape {counts.shape}; "
            "sklearn.metrics.confusion_matrix(y, predicted) counts them"
        )
    if (counts < 0).any():
        raise ValueError(f"expected counts of 0 or more, received {counts.min()}")
    k = len(counts)
    if class_names is not None and (isinstance(class_names, str) or not isinstance(class_names, Iterable)):
        raise ValueError(f"expected a list of {k} class names, received {described(class_names)}")
    names = [str(i) for i in range(k)] if class_names is None else [str(name) for name in class_names]
    if len(names) != k:
        raise ValueError(f"expected {k} class names, received {len(names)}")
    totals = counts.sum(axis=1, keepdims=True)
    shares = counts / np.maximum(totals, 1)
    side, words = min(2.5 + 0.6 * k, 11.0), 0.07 * max(map(len, names))
    ax = axes_or_new(ax, figsize=(side + words, side + 0.7 * words))
    ax.imshow(shares, cmap="Blues", vmin=0, vmax=1)
    cell = 72 * 0.7 * figure_width(ax) / k  # a cell's width in points
    size = min(10.0, cell / (0.62 * max(len(str(counts.max())), 4)))
    for row, column in np.ndindex(k, k):
        share = f"\n{100 * shares[row, column]:.0f} %" if k <= 5 else ""
        ax.text(
            column,
            row,
            f"{counts[row, column]}{share}",
            ha="center",
            va="center",
            color="white" if shares[row, column] > 0.55 else "black",
            fontsize=size,
        )
    long = max(map(len, names)) * 5.5 > cell
    ax.set_xticks(range(k), names, rotation=40 if long else 0, ha="right" if long else "center")
    ax.set_yticks(range(k), names)
    ax.set(xlabel="predicted class", ylabel="true class")
    return ax


def _unit_square(ax: Axes, across: str, up: str, *, margin: float, legend: Any) -> Axes:
    """Make both axes run from 0 to 1, and label them."""
    ends = (-margin, 1 + margin)
    ax.set(xlabel=across, ylabel=up, xlim=ends, ylim=ends, aspect="equal")
    ax.legend(loc=legend, fontsize="small")
    return ax


def _rates(clinicians: ArrayLike) -> np.ndarray:
    rates = as_numbers("clinicians", clinicians, np.float64)
    if rates.ndim != 2 or rates.shape[1:] != (2,) or not ((rates >= 0) & (rates <= 1)).all():
        raise ValueError(
            f"expected a sensitivity and a specificity in [0, 1] for each clinician, received shape {rates.shape}"
        )
    return rates
