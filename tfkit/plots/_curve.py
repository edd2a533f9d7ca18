"""One series of losses as a line: dots where there are few, a moving average where there are many, gaps at NaN."""

from __future__ import annotations

from itertools import groupby
from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit.curves.smoothing import moving_average

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.lines import Line2D

#: Up to so many points are dots on the line; from so many on, a moving average shows the trend.
FEW, MANY = 12, 150


def draw_curve(ax: Axes, values: np.ndarray, label: str, color: str, style: str, width: float = 2.0) -> Line2D:
    """Draw values against 1, 2, 3, …, and return the line for the legend."""
    n = len(values)
    places = np.arange(1, n + 1)
    finite = np.isfinite(values)
    missing = "" if finite.all() else f", {_missing(values)}"
    alone = finite & ~np.r_[False, finite[:-1]] & ~np.r_[finite[1:], False]  # a line through one point is invisible
    look: dict[str, Any] = {"color": color, "linestyle": style, "linewidth": width, "label": label + missing}
    drawn = np.where(finite, values, np.nan)
    if n > MANY:
        ax.plot(places, drawn, color=color, linewidth=0.8, alpha=0.3, label="_")
        drawn = smoothed(drawn, ax.get_yscale() == "log")
    elif n <= FEW:
        look |= {"marker": "o", "markersize": 4 + width / 2}
    line: Line2D = ax.plot(places, drawn, **look)[0]
    if n > FEW and alone.any():
        ax.plot(places[alone], values[alone], ".", color=color, label="_")
    return line


def smoothed(values: np.ndarray, log: bool = False) -> np.ndarray:
    """Return the moving average of each stretch of finite values, over a fifteenth of the run."""
    if log:  # what the eye averages on a log axis; one exploding epoch would lift all its neighbours
        averaged: np.ndarray = np.exp(smoothed(np.log(values)))
        return averaged
    result = np.full(len(values), np.nan)
    at = 0
    for finite, group in groupby(np.isfinite(values)):
        length = len(list(group))
        if finite:
            result[at : at + length] = moving_average(values[at : at + length], window(len(values)))
        at += length
    return result


def window(n: int) -> int:
    """Return over how many of n values the moving average runs, an odd number."""
    return (n // 15) | 1


def label_epochs(ax: Axes, n: int, words: str = "epoch") -> None:
    """Label the horizontal axis of n epochs, at whole numbers; say how long a moving average is."""
    from matplotlib.ticker import MaxNLocator

    note = f"  (pale: each value; bold: mean of {window(n)})" if n > MANY else ""
    ax.set_xlabel(words + note)
    ax.xaxis.set_major_locator(MaxNLocator(integer=True))
    if n == 1:
        ax.set(xlim=(0.5, 1.5), xticks=[1])


def _missing(values: np.ndarray) -> str:
    """Where a curve is not finite, and how."""
    bad = np.flatnonzero(~np.isfinite(values)) + 1
    what = "NaN" if np.isnan(values[bad - 1]).all() else "infinite" if np.isinf(values[bad - 1]).all() else "not finite"
    if len(bad) == len(values):
        return f"always {what}"
    return f"{what} from epoch {bad[0]}" if len(bad) == len(values) - bad[0] + 1 else f"{what} at epoch {bad[0]}"
