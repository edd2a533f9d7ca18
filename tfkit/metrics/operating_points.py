"""A threshold for screening, another for acting: chosen on one set of patients, frozen, applied to another."""

from __future__ import annotations

import math
from dataclasses import dataclass
from numbers import Real

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import check_exactly_one
from tfkit.metrics._checks import check_labels, check_scores
from tfkit.metrics.roc import roc_curve


@dataclass(frozen=True)
class OperatingPoint:
    """A threshold, and what it did on the set that it was chosen on.

    Example:

    >>> operating_point([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], sensitivity=0.9)
    OperatingPoint(threshold=0.35, sensitivity=1.0, specificity=0.5)

    Attributes:
        threshold: Positive is `score >= threshold`.
        sensitivity: Part of the positives that were found, on the development set.
        specificity: Part of the negatives that were let go, on the development set.
    """

    threshold: float
    sensitivity: float
    specificity: float


@dataclass(frozen=True)
class Confusion:
    """Counts of a test with two outcomes, and the rates made of them; a rate of nobody is NaN.

    Sensitivity and specificity are of those who have the disease, and of those who have not. Predictive values
    are of those whom the test calls positive or negative, and change with the prevalence.

    Example:

    >>> confusion = Confusion(true_positives=9, false_positives=99, true_negatives=891, false_negatives=1)
    >>> confusion.sensitivity, confusion.specificity, round(confusion.positive_predictive_value, 3)
    (0.9, 0.9, 0.083)

    Attributes:
        true_positives: Ill and called ill.
        false_positives: Well and called ill.
        true_negatives: Well and called well.
        false_negatives: Ill and called well.
    """

    true_positives: int
    false_positives: int
    true_negatives: int
    false_negatives: int

    @property
    def sensitivity(self) -> float:
        """TP / (TP + FN), also called recall."""
        return _rate(self.true_positives, self.false_negatives)

    @property
    def specificity(self) -> float:
        """TN / (TN + FP)."""
        return _rate(self.true_negatives, self.false_positives)

    @property
    def positive_predictive_value(self) -> float:
        """TP / (TP + FP), also called precision."""
        return _rate(self.true_positives, self.false_positives)

    @property
    def negative_predictive_value(self) -> float:
        """TN / (TN + FN)."""
        return _rate(self.true_negatives, self.false_negatives)

    @property
    def prevalence(self) -> float:
        """Part of all who have the disease."""
        ill = self.true_positives + self.false_negatives
        return _rate(ill, self.true_negatives + self.false_positives)

    @property
    def accuracy(self) -> float:
        """Part of all who are called what they are: 0.99 at 1 % prevalence for a test that calls everybody well."""
        right = self.true_positives + self.true_negatives
        return _rate(right, self.false_positives + self.false_negatives)

    def to_array(self) -> np.ndarray:
        """Return `[[TN, FP], [FN, TP]]`, as `sklearn.metrics.confusion_matrix` does."""
        return np.array([[self.true_negatives, self.false_positives], [self.false_negatives, self.true_positives]])


def operating_point(
    y: ArrayLike,
    scores: ArrayLike,
    *,
    sensitivity: float | None = None,
    specificity: float | None = None,
) -> OperatingPoint:
    """Return the best threshold that keeps a promised sensitivity, or a promised specificity.

    High sensitivity is for screening, where a missed patient is the mistake; high specificity for acting, where an
    unnecessary biopsy is. Choose on the development set, and apply the frozen number to the test set with
    `apply_threshold`: chosen on the test set, it keeps its promise by construction. After class weights or
    oversampling, one half is no longer a natural threshold.

    Example:

    >>> y, scores = [0, 0, 0, 1, 1, 1], [0.1, 0.2, 0.6, 0.3, 0.7, 0.9]
    >>> operating_point(y, scores, sensitivity=1.0)
    OperatingPoint(threshold=0.3, sensitivity=1.0, specificity=0.6666666666666667)
    >>> operating_point(y, scores, specificity=1.0)
    OperatingPoint(threshold=0.7, sensitivity=0.6666666666666666, specificity=1.0)

    Args:
        y: Labels 0 and 1 of the development set, shape `(M,)`.
        scores: Scores of class 1, shape `(M,)`.
        sensitivity: Least sensitivity, in (0, 1]; among thresholds that have it, the most specific is taken.
        specificity: Least specificity, in (0, 1]; among thresholds that have it, the most sensitive is taken.

    Returns:
        An `OperatingPoint`. Its threshold is infinite if only calling nobody positive is specific enough.

    Raises:
        ValueError: If not exactly one rate is given, it lies outside (0, 1], or labels or scores are malformed.

    Reference:
        Gulshan et al., "Development and validation of a deep learning algorithm for detection of diabetic
        retinopathy in retinal fundus photographs", 2016.
    """
    check_exactly_one(sensitivity=sensitivity, specificity=specificity)
    name, target = ("sensitivity", sensitivity) if specificity is None else ("specificity", specificity)
    if isinstance(target, bool) or not isinstance(target, Real) or not 0 < target <= 1:
        raise ValueError(f"expected {name} in (0, 1], received {target!r}; write 0.9 for 90 %")
    curve = roc_curve(y, scores)
    specificities = 1 - curve.false_positive_rate
    # thresholds descend: the first that finds enough is the most specific, the last that spares enough the most
    # sensitive; rates are ratios of counts, and 0.9 may be a rounding error above 9/10
    if name == "sensitivity":
        index = int(np.argmax(curve.sensitivity >= target - 1e-12))
    else:
        index = int(np.flatnonzero(specificities >= target - 1e-12)[-1])
    return OperatingPoint(float(curve.thresholds[index]), float(curve.sensitivity[index]), float(specificities[index]))


def apply_threshold(y: ArrayLike, scores: ArrayLike, threshold: float | OperatingPoint) -> Confusion:
    """Return the counts on a set of patients, at a threshold chosen elsewhere.

    Example:

    >>> chosen = operating_point([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8], sensitivity=0.9)
    >>> apply_threshold([0, 1, 1], [0.5, 0.3, 0.9], chosen)
    Confusion(true_positives=1, false_positives=1, true_negatives=0, false_negatives=1)

    Args:
        y: Labels 0 and 1 of the test set, shape `(M,)`; one class may be absent.
        scores: Scores of class 1, shape `(M,)`, on the scale that the threshold was chosen on.
        threshold: An `OperatingPoint` or a number; positive is `score >= threshold`.

    Returns:
        A `Confusion`.

    Raises:
        ValueError: If labels, scores or threshold are malformed.
    """
    labels = check_labels(y, both=False)
    values = check_scores(scores, labels)
    number = threshold.threshold if isinstance(threshold, OperatingPoint) else threshold
    if isinstance(number, bool) or not isinstance(number, Real) or math.isnan(number):
        raise ValueError(f"expected a threshold, a number or an OperatingPoint, received {threshold!r}")
    positive = values >= float(number)
    ill = labels == 1
    return Confusion(
        true_positives=int((positive & ill).sum()),
        false_positives=int((positive & ~ill).sum()),
        true_negatives=int((~positive & ~ill).sum()),
        false_negatives=int((~positive & ill).sum()),
    )


def _rate(part: int, rest: int) -> float:
    return part / (part + rest) if part + rest else math.nan
