"""From whatever a training left behind to arrays: losses, one metric, learning rates."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np

from tfkit._arguments import described

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
    values = history
    while hasattr(values, "history"):  # a trained Keras model has a history, and that one a dict
        values = values.history
    if hasattr(values, "columns") and hasattr(values, "to_numpy"):  # a table, such as CSVLogger's file
        values = {name: values[name].to_numpy() for name in values.columns if values[name].dtype.kind in "fiub"}
    if not isinstance(values, Mapping):
        if not isinstance(values, Iterable) or isinstance(values, str) or hasattr(values, "X"):
            advice = "; for a sweep, use tfkit.plot_sweep" if hasattr(values, "learning_rates") else ""
            raise ValueError(
                f"expected a history, a dict of lists or a list of losses, received {described(history)}{advice}"
            )
        values = list(values)
        if any(hasattr(value, "history") for value in values):
            raise ValueError(
                f"expected one history, received {described(values)}; for several runs, use "
                "tfkit.plot_losses({'first': history, 'second': another})"
            )
        values = {"loss": values}
    if "loss" not in values:
        raise ValueError(
            f"expected a 'loss' in the history, received only {list(values)}; the training loss is what all else is "
            "compared with"
        )
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
        raise ValueError(f"expected a list of numbers for {name!r}, received {described(series)}") from None
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"expected one number for each epoch in {name!r}, received an array of shape {array.shape}")
    return array


def _metric_name(arrays: Mapping[str, np.ndarray]) -> str | None:
    names = [name for name in arrays if any(part in name.lower() for part in _HIGHER_IS_BETTER)]
    names = [name for name in names if not name.endswith("loss") and np.isfinite(arrays[name]).all()]
    validated = [name for name in names if name.startswith("val_")]
    return next(iter(validated or names), None)
