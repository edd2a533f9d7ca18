"""The loss of each epoch, one line for each training run."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit._arguments import described
from tfkit.plots._curve import draw_curve, label_epochs
from tfkit.plots._legend import place_legend, room_below
from tfkit.plots._scale import scale_losses
from tfkit.plots._style import LINE_STYLES, PALETTE, axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_losses(histories: Mapping[str, Any], ax: Axes | None = None, *, log_scale: bool | None = None) -> Axes:
    """Draw the loss of each epoch, one line for each training run.

    Epochs are counted from 1 on the axis: the point at 1 is the mean loss during the first epoch. Runs that
    agree cover each other; each line is a little thinner than the one below, so that both are seen. Losses that are
    NaN or infinite leave a gap, and the legend says where. More than 150 epochs are drawn pale, with their moving
    average.

    Example:

    >>> ax = plot_losses({"tape": [1.0, 0.5, 0.3], "Keras": [1.0, 0.6, 0.4]}, log_scale=True)
    >>> ax.get_xlabel(), ax.get_ylabel()
    ('epoch', 'loss (mean over examples), log scale')

    Args:
        histories: Dict from a name for the legend to a `tfkit.History`, a Keras history, or a table,
            or a list of losses.
        ax: Axes to draw on, by default those of a new figure.
        log_scale: Whether the axis of the losses is logarithmic; by default it is where the largest loss is more than
            100 times the smallest.

    Returns:
        The axes.

    Raises:
        ValueError: If `histories` is not a dict with one run or more, a run has no losses, or `log_scale`
            meets a loss of 0 or below.
    """
    if not isinstance(histories, Mapping) or not histories:
        raise ValueError(
            f"expected a dict from names to histories, received {described(histories)}; "
            "write plot_losses({'my run': history})"
        )
    losses = {name: _losses(name, history) for name, history in histories.items()}
    if log_scale:
        for name, values in losses.items():
            if (values <= 0).any():
                raise ValueError(f"expected losses above 0 for a log scale, received {values.min()} in {name!r}")

    n = max(map(len, losses.values()))
    names = [str(name) for name in losses]
    ax = axes_or_new(ax, figsize=(6.4, 4.8 + room_below(names, 5.5)))
    scale_losses(ax, list(losses.values()), log_scale)
    handles = []
    for i, (name, values) in enumerate(zip(names, losses.values(), strict=True)):
        color, style = PALETTE[i % len(PALETTE)], LINE_STYLES[i % len(LINE_STYLES)]
        handles.append(draw_curve(ax, values, name, color, style, width=max(3.0 - 0.5 * i, 1.4)))
    label_epochs(ax, n)
    place_legend(ax, handles, [str(line.get_label()) for line in handles])
    return ax


def _losses(name: str, history: Any) -> np.ndarray:
    values = history
    while hasattr(values, "history"):
        values = values.history
    if isinstance(values, Mapping) or hasattr(values, "columns"):
        if "loss" not in values:
            raise ValueError(f"expected a 'loss' in the history of {name!r}, received {list(values)}")
        values = values["loss"]
    try:
        array = np.asarray(values, dtype=np.float64)
    except (TypeError, ValueError):
        raise ValueError(f"expected a history or a list of losses for {name!r}, received {described(values)}") from None
    if array.ndim != 1 or array.size == 0:
        raise ValueError(f"expected one loss per epoch for {name!r}, received an array of shape {array.shape}")
    return array
