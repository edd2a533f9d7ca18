"""From whatever a training left behind to arrays: losses, one metric, learning rates."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

#: Parts of names of metrics that are better the higher they are. Others are not read: an error tells what a loss
#: tells already.
_HIGHER_IS_BETTER = ("acc", "auc", "precision", "recall", "f1", "dice", "iou", "sensitivity", "specificity")


@dataclass(frozen=True)
class Curves:
    """The arrays that a diagnosis is made from."""

    loss: np.ndarray
    val_loss: np.ndarray | None = None
    metric: np.ndarray | None = None  # one that is better the higher it is, on validation data where there are any
    metric_name: str | None = None
    learning_rate: np.ndarray | None = None


def read_history(history: Any) -> Curves:
    """Return the curves of a history."""
    values = getattr(history, "history", history)
    if not isinstance(values, Mapping):
        if values is None or isinstance(values, str):
            raise ValueError(f"expected a history, a dict of lists or a list of losses, received {values!r}")
        values = {"loss": values}
    if "loss" not in values:
        raise ValueError(f"expected a 'loss' in the history, received only {list(values)}")
    arrays = {str(name): _series(str(name), series) for name, series in values.items() if series is not None}
    n = len(arrays["loss"])
    for name, array in arrays.items():
        if len(array) != n:
            raise ValueError(
                f"expected {n} values of {name!r}, as many as losses, received {len(array)}; "
                "if validation_freq is above 1, keep only the epochs that were validated"
            )
    metric = _metric_name(arrays)
    return Curves(
        loss=arrays["loss"],
        val_loss=arrays.get("val_loss"),
        metric=None if metric is None else arrays[metric],
        metric_name=metric,
        learning_rate=arrays.get("learning_rate", arrays.get("lr")),
    )


def _series(name: str, series: Any) -> np.ndarray:
    try:
        array = np.array([np.nan if value is None else value for value in series], dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"expected a list of numbers for {name!r}, received {series!r:.80}") from None
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"expected one number for each epoch in {name!r}, received an array of shape {array.shape}")
    return array


def _metric_name(arrays: Mapping[str, np.ndarray]) -> str | None:
    names = [name for name in arrays if any(part in name.lower() for part in _HIGHER_IS_BETTER)]
    names = [name for name in names if not name.endswith("loss") and np.isfinite(arrays[name]).all()]
    validated = [name for name in names if name.startswith("val_")]
    return next(iter(validated or names), None)
