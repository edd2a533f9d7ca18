"""The axis of losses: logarithmic where one large value would press all others to the floor, and said so."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: The largest value over the smallest from which on the axis is logarithmic.
_WIDE = 100


def scale_losses(ax: Axes, series: list[np.ndarray], log_scale: bool | None = None) -> None:
    """Scale and label the vertical axis, before anything is drawn; None: logarithmic where the range passes 100."""
    values = np.concatenate(series)
    values = values[np.isfinite(values)]
    sizes = np.abs(values[values != 0])
    label = "loss (mean over examples)"
    if len(values) == 0:
        ax.text(0.5, 0.5, "no finite loss to draw", transform=ax.transAxes, ha="center", va="bottom", color="0.4")
        ax.set_yticks([])
    elif log_scale or (log_scale is None and (values > 0).all() and values.max() > _WIDE * values.min()):
        log_axis(ax, float(values.min()), float(values.max()))
        label += ", log scale"
    elif log_scale is None and len(sizes) and sizes.max() > _WIDE * np.median(sizes):
        # zeros and negative losses stay visible: linear up to what is usual, logarithmic beyond
        ax.set_yscale("symlog", linthresh=float(np.median(sizes)))
        label += f", log scale above {np.median(sizes):.2g}"
    ax.set_ylabel(label)


def log_axis(ax: Axes, low: float, high: float) -> None:
    """Make the vertical axis logarithmic, with numbers that are read at a glance: 0.02 and not 2 × 10⁻²."""
    from matplotlib.ticker import FuncFormatter, LogLocator, MaxNLocator, NullFormatter

    ax.set_yscale("log")
    if high < 4 * low:  # a log axis has hardly a tick there
        ax.yaxis.set_major_locator(MaxNLocator(6))
    elif high < 40 * low:
        ax.yaxis.set_major_locator(LogLocator(subs=(1, 2, 5)))
    ax.yaxis.set_major_formatter(FuncFormatter(lambda value, place: f"{value:.6g}"))
    ax.yaxis.set_minor_formatter(NullFormatter())
