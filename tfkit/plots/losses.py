"""The loss of each epoch, one line for each training run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit.plots._style import LINE_STYLES, PALETTE, axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_losses(histories: Mapping[str, Any], ax: Axes | None = None, *, log_scale: bool = False) -> Axes:
    """Draw the loss of each epoch, one line for each training run.

    Epochs are counted from 1 on the axis: the point at 1 is the mean loss during the first epoch. Runs that
    agree cover each other; each line is a little thinner than the one below, so that both are seen.

    Example:

    >>> ax = plot_losses({"tape": [1.0, 0.5, 0.3], "Keras": [1.0, 0.6, 0.4]}, log_scale=True)
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('epoch', 'loss (mean over examples)')

    Args:
        histories: Dict from a name for the legend to a `tfkit.History`, a Keras history, or a list of losses.
        ax: Axes to draw on, by default those of a new figure.
        log_scale: Whether the axis of the losses is logarithmic.

    Returns:
        The axes.

    Raises:
        ValueError: If `histories` is not a dict with one run or more, a run has no losses, or `log_scale`
            meets a loss of 0 or below.
    """
    if not isinstance(histories, Mapping) or not histories:
        raise ValueError(f"expected a dict from names to histories, received {histories!r}; write {{'tape': history}}")
    losses = {name: _losses(name, history) for name, history in histories.items()}
    if log_scale:
        for name, values in losses.items():
            if (values <= 0).any():
                raise ValueError(f"expected losses above 0 for a log scale, received {values.min()} in {name!r}")

    from matplotlib.ticker import MaxNLocator

    ax = axes_or_new(ax)
    for i, (name, values) in enumerate(losses.items()):
        ax.plot(
            np.arange(1, len(values) + 1),
            values,
            label=name,
            color=PALETTE[i % len(PALETTE)],
            linestyle=LINE_STYLES[i % len(LINE_STYLES)],
            linewidth=max(3.5 - 0.8 * i, 1.2),
            marker="o" if len(values) == 1 else None,  # a line through one point is invisible
        )
    ax.set(xlabel="epoch", ylabel="loss (mean over examples)")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    if log_scale:
        ax.set_yscale("log")
    ax.legend()
    return ax


def _losses(name: str, history: Any) -> np.ndarray:
    values = history
    if hasattr(history, "history"):
        if "loss" not in history.history:
            raise ValueError(f"expected a 'loss' in the history of {name!r}, received {list(history.history)}")
        values = history.history["loss"]
    array = np.asarray(values, dtype=np.float64)
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"expected one loss per epoch for {name!r}, received an array of shape {array.shape}")
    return array
