"""What all clinical metrics ask of labels and scores."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

from tfkit._arguments import check_finite


def check_labels(y: ArrayLike, name: str = "y", *, both: bool = True) -> np.ndarray:
    """Return binary labels as integers of shape `(M,)`."""
    labels = _flat(y, name)
    if not np.isin(labels, (0, 1)).all():
        wrong = labels[~np.isin(labels, (0, 1))][0]
        raise ValueError(
            f"expected labels 0 and 1 in {name}, received {wrong}; decide which class is positive, and label it 1"
        )
    if both and len(np.unique(labels)) < 2:
        raise ValueError(f"expected positive and negative examples in {name}, received only {int(labels[0])}")
    return labels.astype(np.int64)


def check_scores(scores: ArrayLike, y: np.ndarray, *, probabilities: bool = False) -> np.ndarray:
    """Return scores as float64 of shape `(M,)`, one for each label."""
    values = _flat(scores, "scores").astype(np.float64)
    if len(values) != len(y):
        raise ValueError(f"expected a score for each of {len(y)} labels, received {len(values)}")
    check_finite("scores", values)
    if probabilities and not ((values >= 0) & (values <= 1)).all():
        raise ValueError(
            f"expected probabilities in [0, 1], received scores from {values.min():.3g} to {values.max():.3g}; "
            "apply a sigmoid to logits first"
        )
    return values


def _flat(values: ArrayLike, name: str) -> np.ndarray:
    array = np.asarray(values)
    if array.dtype.kind not in "fiub" or array.size == 0 or not (array.ndim == 1 or array.shape[1:] == (1,)):
        raise ValueError(
            f"expected numbers of shape (M,) or (M, 1) in {name}, received {array.dtype} of shape {array.shape}"
        )
    return array.reshape(-1)
