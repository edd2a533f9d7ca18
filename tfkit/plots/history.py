"""One training run: training against validation, the metric, and where its trouble lies."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfkit._arguments import described
from tfkit.curves._reading import read_history
from tfkit.curves.diagnosis import Diagnosis
from tfkit.plots._curve import MANY, draw_curve, label_epochs
from tfkit.plots._legend import place_legend
from tfkit.plots._scale import scale_losses
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
    moving average. The axis of the losses is logarithmic where the largest is more than 100 times the smallest, and
    its label says so.

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

    n = len(curves.loss)
    ax = axes_or_new(ax)
    scale_losses(ax, [curves.loss] if curves.val_loss is None else [curves.loss, curves.val_loss])
    handles = [draw_curve(ax, curves.loss, "training", PALETTE[0], "-")]
    if curves.val_loss is not None:
        handles.append(draw_curve(ax, curves.val_loss, "validation", PALETTE[1], "--"))
    if curves.metric is not None:
        right = ax.twinx()
        handles.append(draw_curve(right, curves.metric, f"{curves.metric_name} (right)", PALETTE[2], ":", width=1.8))
        right.set_ylabel(curves.metric_name or "", color=PALETTE[2])
        right.tick_params(axis="y", labelcolor=PALETTE[2])
    if diagnosis is not None:
        _mark(ax, diagnosis, n)
    steps = n > MANY and curves.val_loss is None
    label_epochs(ax, n, "epoch or step" if steps else "epoch")
    # "best" sees the lines of one axis alone, and would cover the metric
    place_legend(ax, handles, [str(line.get_label()) for line in handles], below=curves.metric is not None)
    return ax


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
