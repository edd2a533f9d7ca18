"""Fourteen findings in one picture: a weight for each label's positives and negatives."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike


class LabelWeights(NamedTuple):
    """Weights of positives and negatives, an entry per label.

    Example:

    >>> LabelWeights(np.array([0.9]), np.array([0.1])).positive
    array([0.9])

    Attributes:
        positive: w₊ of each label, shape `(k,)`.
        negative: w₋ of each label, shape `(k,)`.
    """

    positive: np.ndarray
    negative: np.ndarray


def multi_label_weights(Y: ArrayLike) -> LabelWeights:
    """Return the weights at which a label's positives and negatives count the same in total.

    w₊ is the part of the *negatives* and w₋ the part of the positives, so that the rare ones weigh more. Count on
    the training set alone. `class_weight=` of Keras's `fit` does not do this: it accepts several labels
    without a word, and weighs each *example* by the first of its largest labels. Use
    `WeightedBinaryCrossentropy`.

    Example:

    >>> multi_label_weights([[1, 0], [0, 0], [0, 1], [0, 1]])
    LabelWeights(positive=array([0.75, 0.5 ]), negative=array([0.25, 0.5 ]))

    Args:
        Y: Labels 0 and 1 of the training set, shape `(M, k)`.

    Returns:
        `LabelWeights`; w₊ + w₋ is 1 for each label.

    Raises:
        ValueError: If `Y` is not such a table, or a label has no positives or no negatives.

    Reference:
        Rajpurkar et al., "CheXNet: radiologist-level pneumonia detection on chest X-rays with deep learning", 2017,
        eq. 1.
    """
    labels = np.asarray(Y)
    if labels.dtype.kind not in "fiub" or labels.ndim != 2 or labels.size == 0 or not np.isin(labels, (0, 1)).all():
        raise ValueError(
            f"expected labels 0 and 1 of shape (M, k), received {labels.dtype} of shape {labels.shape}; "
            "decide first what uncertain labels are"
        )
    share = labels.mean(axis=0, dtype=np.float64)
    alone = np.flatnonzero((share == 0) | (share == 1))
    if len(alone):
        raise ValueError(
            f"expected positives and negatives of every label, but label {alone[0]} is always {int(share[alone[0]])}; "
            "leave it out, or split the data so that every label has both"
        )
    return LabelWeights(1 - share, share)
