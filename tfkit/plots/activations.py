"""Signals layer by layer: do they keep their size, are units silent, are they saturated?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit.plots._style import PALETTE, axes_or_new

if TYPE_CHECKING:
    import pandas
    from matplotlib.axes import Axes


def plot_activations(statistics: pandas.DataFrame, ax: Axes | None = None) -> Axes:
    """Draw mean and deviation of the activations by depth, with the shares of zeros and of saturated ones.

    The band is the mean plus and minus one deviation: at a good start it keeps its width. Columns, on the axis at the
    right, are the share of activations that are exactly 0, hatched, and that lie at an end of a sigmoid or tanh,
    dotted. A ReLU's half of zeros is as it should be.

    Example:

    >>> import pandas
    >>> rows = {"layer": ["input", "h"], "mean": [0, 0.4], "std": [1, 0.6], "zeros": [0, 0.5]}
    >>> plot_activations(pandas.DataFrame(rows | {"saturated": float("nan")})).get_xlabel()
    'layer, from input to output'

    Args:
        statistics: What `activation_statistics` returned: columns `layer`, `mean`, `std`, `zeros`, `saturated`.
        ax: Axes to draw on, by default those of a new figure.

    Returns:
        The axes of mean and deviation.

    Raises:
        ValueError: If a column is missing, or there is no row.
    """
    needed = ["layer", "mean", "std", "zeros", "saturated"]
    missing = [name for name in needed if name not in getattr(statistics, "columns", ())]
    if missing or len(statistics) == 0:
        raise ValueError(
            f"expected a frame of activation_statistics, received one without {', '.join(missing) or 'rows'}"
        )
    depth = np.arange(len(statistics))
    mean, std, zeros, saturated = (statistics[name].to_numpy(np.float64) for name in needed[1:])

    ax = axes_or_new(ax, figsize=(min(max(6.4, 0.9 * len(depth)), 13.0), 4.2))
    right = ax.twinx()
    style: dict[str, Any] = {"width": 0.3, "facecolor": "none", "linewidth": 0.8, "zorder": 1}
    right.bar(depth - 0.16, zeros, edgecolor="0.45", hatch="///", label="zeros (right)", **style)
    if not np.isnan(saturated).all():
        right.bar(
            depth + 0.16,
            np.nan_to_num(saturated),
            edgecolor=PALETTE[1],
            hatch="...",
            label="saturated (right)",
            **style,
        )
    right.set_ylim(0, 1)
    right.set_ylabel("share of activations")
    ax.set_zorder(right.get_zorder() + 1)  # lines in front of columns
    ax.patch.set_visible(False)
    ax.fill_between(depth, mean - std, mean + std, color=PALETTE[0], alpha=0.2, linewidth=0, label="mean ± deviation")
    ax.plot(depth, mean, "o-", color=PALETTE[0], label="mean")
    ax.plot(depth, std, "s--", color=PALETTE[2], label="deviation")
    ax.axhline(0, color="0.7", linewidth=0.8, zorder=0)
    names = [str(name) for name in statistics["layer"]]
    turned: dict[str, Any] = {"rotation": 30, "ha": "right"} if sum(map(len, names)) > 45 else {}
    turned |= {"rotation": 60, "fontsize": 8} if len(names) > 16 else {}
    ax.set_xticks(depth, names, **turned)
    ax.yaxis.set_major_formatter("{x:.3g}")  # a factor of ten above the axis would run into the legend
    ax.set_xlim(-0.7, len(depth) - 0.3)
    ax.set(xlabel="layer, from input to output", ylabel="activation")
    handles, labels = ax.get_legend_handles_labels()
    more_handles, more_labels = right.get_legend_handles_labels()
    # above the picture: inside, it would cover a layer
    place: dict[str, Any] = {"loc": "lower center", "bbox_to_anchor": (0.5, 1.0)}
    ax.legend(handles + more_handles, labels + more_labels, ncols=5, frameon=False, fontsize=8, **place)
    return ax
