"""One training run: training against validation, the metric, and where its trouble lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit._arguments import described
from tfkit.curves._reading import read_history
from tfkit.curves.diagnosis import Diagnosis
from tfkit.curves.smoothing import moving_average
from tfkit.plots._style import PALETTE, axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Evidence that is a place on the axis of epochs, and what to write there.
_PLACES = {
    "overfitting": ("best_epoch", "best validation loss"),
    "decayed_too_early": ("epoch", "sharp bend"),
    "bad_initialisation": ("plateau_epochs", "begins to learn"),
    "diverged": ("first_bad_epoch", "diverged"),
}


def plot_history(history: Any, diagnosis: Diagnosis | None = None, ax: Axes | None = None) -> Axes:
    """Draw the losses of one run, its metric on the axis to the right, and what a diagnosis says.

    Training is a solid line, validation a dashed one. Epochs count from 1; the validation loss of an epoch is
    measured at its end, the training loss is the mean over it. More than 150 points are drawn pale, with their
    moving average.

    Example:

    >>> from tfkit import diagnose
    >>> history = {"loss": [2.0, 1.0, 0.5, 0.3, 0.2, 0.1], "val_loss": [2.0, 1.2, 1.0, 1.1, 1.3, 1.6]}
    >>> plot_history(history, diagnose(history)).get_title()
    'overfitting'

    Args:
        history: A `tfkit.History`, a Keras history, a dict of lists, or a list of losses.
        diagnosis: What `diagnose` returned for it; becomes the title, and marks the epoch it speaks of.
        ax: Axes to draw on, by default those of a new figure.

    Returns:
        The axes of the losses.

    Raises:
        ValueError: If the history has no loss, or lists are malformed.
    """
    curves = read_history(history)
    if diagnosis is not None and not isinstance(diagnosis, Diagnosis):
        raise ValueError(
            f"expected what tfkit.diagnose returned, received {described(diagnosis)}; "
            "write plot_history(history, diagnose(history))"
        )
    from matplotlib.ticker import MaxNLocator

    ax = axes_or_new(ax)
    _draw(ax, curves.loss, "training", PALETTE[0], "-")
    if curves.val_loss is not None:
        _draw(ax, curves.val_loss, "validation", PALETTE[1], "--")
    handles, labels = ax.get_legend_handles_labels()
    if curves.metric is not None:
        right = ax.twinx()
        right.plot(np.arange(1, len(curves.metric) + 1), curves.metric, color=PALETTE[2], linestyle=":", linewidth=1.8)
        right.set_ylabel(curves.metric_name or "", color=PALETTE[2])
        right.tick_params(axis="y", labelcolor=PALETTE[2])
        handles, labels = [*handles, right.lines[0]], [*labels, f"{curves.metric_name} (right)"]
    if diagnosis is not None:
        _mark(ax, diagnosis, len(curves.loss))
    ax.set(xlabel="epoch" if len(curves.loss) <= 150 else "epoch or step", ylabel="loss (mean over examples)")
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    if curves.metric is None:
        ax.legend(handles, labels)
    else:  # "best" sees the lines of one axis alone, and would cover the metric
        ax.legend(handles, labels, loc="upper center", bbox_to_anchor=(0.5, -0.14), ncols=3, frameon=False)
    return ax


def _draw(ax: Axes, values: np.ndarray, label: str, colour: str, style: str) -> None:
    places = np.arange(1, len(values) + 1)
    if len(values) <= 150 or not np.isfinite(values).all():
        marker = "o" if len(values) == 1 else None
        ax.plot(places, values, label=label, color=colour, linestyle=style, linewidth=2, marker=marker)
        return
    ax.plot(places, values, color=colour, linewidth=0.8, alpha=0.35)
    window = len(values) // 15
    ax.plot(
        places,
        moving_average(values, window),
        label=f"{label}, moving average of {window | 1}",
        color=colour,
        linestyle=style,
        linewidth=2,
    )


def _mark(ax: Axes, diagnosis: Diagnosis, n: int) -> None:
    ax.set_title(", ".join(code.replace("_", " ") for code in diagnosis.codes))
    finding = diagnosis.main
    key, words = _PLACES.get(finding.code, ("", ""))
    if key not in finding.evidence:
        return
    place = finding.evidence[key]
    ax.set_xlim(0.5, n + 0.5)  # also where nothing finite was drawn
    ax.axvline(place, color="0.4", linewidth=1, linestyle=(0, (2, 2)))
    left = place < 0.6 * n  # the words go where there is room
    ax.annotate(
        words,
        (place, 0.97),
        xycoords=("data", "axes fraction"),
        xytext=(4 if left else -4, 0),
        textcoords="offset points",
        ha="left" if left else "right",
        va="top",
        fontsize="small",
        color="0.3",
    )
