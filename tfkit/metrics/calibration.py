"""Whether 0.8 means four of five: predicted probabilities against what happened."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import check_positive_integer
from tfkit.metrics._checks import check_labels, check_scores


class CalibrationCurve(NamedTuple):
    """What was predicted and what happened, a row per bin that has examples.

    Example:

    >>> calibration_curve([0, 1, 1, 1], [0.1, 0.2, 0.8, 0.9], bins=2).observed
    array([0.5, 1. ])

    Attributes:
        predicted: Mean probability of class 1 in each bin.
        observed: Part of the examples in each bin that are of class 1.
        counts: Examples in each bin.
    """

    predicted: np.ndarray
    observed: np.ndarray
    counts: np.ndarray


def calibration_curve(y: ArrayLike, probabilities: ArrayLike, bins: int = 10) -> CalibrationCurve:
    """Return the calibration curve, in bins of equal width.

    Example:

    >>> calibration_curve([0, 0, 1, 1], [0.1, 0.3, 0.7, 0.9], bins=2)
    CalibrationCurve(predicted=array([0.2, 0.8]), observed=array([0., 1.]), counts=array([2, 2]))

    Args:
        y: Labels 0 and 1, shape `(M,)`.
        probabilities: Probabilities of class 1, shape `(M,)`.
        bins: Number of bins between 0 and 1. Empty ones are left out.

    Returns:
        A `CalibrationCurve`.

    Raises:
        ValueError: If labels or probabilities are malformed, one class is absent, or `bins` is not a positive integer.

    Reference:
        DeGroot and Fienberg, "The comparison and evaluation of forecasters", 1983;
        `sklearn.calibration.calibration_curve`, which does not return the counts.
    """
    from sklearn.calibration import calibration_curve as curve

    labels = check_labels(y)
    values = check_scores(probabilities, labels, probabilities=True)
    check_positive_integer("bins", bins)
    observed, predicted = curve(labels, values, n_bins=bins, strategy="uniform")
    # scikit-learn's bins: a value on a border belongs to the bin below it
    edges = np.linspace(0, 1, bins + 1)[1:-1]
    counts = np.bincount(np.searchsorted(edges, values), minlength=bins)
    return CalibrationCurve(predicted, observed, counts[counts > 0])


def expected_calibration_error(y: ArrayLike, probabilities: ArrayLike, bins: int = 10) -> float:
    """Return the mean distance between predicted and observed, each bin weighted by its examples.

    It depends on the bins and is never quite 0 for few examples. A network can be calibrated and useless: one that
    always answers the prevalence has error 0.

    Example:

    >>> round(expected_calibration_error([0, 0, 1, 1], [0.1, 0.3, 0.7, 0.9], bins=2), 3)
    0.2

    Args:
        y: Labels 0 and 1, shape `(M,)`.
        probabilities: Probabilities of class 1, shape `(M,)`.
        bins: Number of bins between 0 and 1.

    Returns:
        The error, in [0, 1].

    Raises:
        ValueError: As `calibration_curve`.

    Reference:
        Guo et al., "On calibration of modern neural networks", 2017, eq. 3, with the probability of class 1 in place
        of the confidence.
    """
    curve = calibration_curve(y, probabilities, bins)
    return float(np.average(np.abs(curve.predicted - curve.observed), weights=curve.counts))
