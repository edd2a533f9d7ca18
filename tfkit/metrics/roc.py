"""The ROC curve and the area under it, exact."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from tfkit.metrics._checks import check_labels, check_scores


class RocCurve(NamedTuple):
    """Sensitivity against false positive rate at every threshold, from (0, 0) to (1, 1).

    Example:

    >>> curve = roc_curve([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    >>> curve.sensitivity
    array([0. , 0.5, 0.5, 1. , 1. ])

    Attributes:
        false_positive_rate: One minus specificity, ascending.
        sensitivity: True positive rate, ascending.
        thresholds: Descending from infinity (nobody is positive); positive is `score >= threshold`.
    """

    false_positive_rate: np.ndarray
    sensitivity: np.ndarray
    thresholds: np.ndarray


def roc_curve(y: ArrayLike, scores: ArrayLike) -> RocCurve:
    """Return the ROC curve: a point for each different score.

    Example:

    >>> roc_curve([0, 1, 1], [0.2, 0.7, 0.7]).thresholds
    array([inf, 0.7, 0.2])

    Args:
        y: Labels 0 and 1, shape `(M,)`.
        scores: Probabilities or logits of class 1, shape `(M,)`; equal scores share a point.

    Returns:
        A `RocCurve`.

    Raises:
        ValueError: If labels or scores are malformed, one class is absent, or the scores are labels.

    Reference:
        Fawcett, "An introduction to ROC analysis", 2006; `sklearn.metrics.roc_curve`.
    """
    from sklearn.metrics import roc_curve as curve

    labels, values = _ranking(y, scores)
    return RocCurve(*curve(labels, values, drop_intermediate=False))


def auc(y: ArrayLike, scores: ArrayLike) -> float:
    """Return the area under the ROC curve: how often a positive is scored above a negative, ties counting half.

    `keras.metrics.AUC` sums over 200 fixed thresholds in [0, 1]: good enough to watch a training, but 0.5 for
    scores that all lie below 0.001, and silently wrong for logits. The mean of the batches' areas is wrong too.
    For several labels take one area each: a label without positives has none, and is not 0.

    Example:

    >>> auc([0, 0, 1, 1], [0.1, 0.4, 0.35, 0.8])
    0.75

    Args:
        y: Labels 0 and 1, shape `(M,)`.
        scores: Probabilities or logits of class 1, shape `(M,)`.

    Returns:
        The area. Below 0.5 the positive class is likely to be the other one.

    Raises:
        ValueError: As `roc_curve`.

    Reference:
        Hanley and McNeil, "The meaning and use of the area under a ROC curve", 1982; `sklearn.metrics.roc_auc_score`.
    """
    from sklearn.metrics import roc_auc_score

    return float(roc_auc_score(*_ranking(y, scores)))


def _ranking(y: ArrayLike, scores: ArrayLike) -> tuple[np.ndarray, np.ndarray]:
    labels = check_labels(y)
    values = check_scores(scores, labels)
    if np.isin(values, (0, 1)).all():
        # one threshold is applied already: the area would be the mean of sensitivity and specificity
        raise ValueError("expected scores, received only 0 and 1; pass probabilities, not the labels made from them")
    return labels, values
