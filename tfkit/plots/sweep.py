"""Which learning rate is best: the loss against the learning rate."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from tfkit._arguments import described
from tfkit.plots._curve import FEW
from tfkit.plots._legend import place_legend
from tfkit.plots._scale import log_axis
from tfkit.plots._style import LINE_STYLES, PALETTE, axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def plot_sweep(result: Any, ax: Axes | None = None, *, epochs: Any = None) -> Axes:
    """Draw the loss in some of the epochs against the learning rate, both on log scales.

    The curve is flat at the left, where the rate is too low to get anywhere, has a valley, and a cliff at the
    right, where training diverges. Crosses at the upper edge are networks whose loss became NaN or infinite.
    The best rate is marked; with more epochs, the valley moves to the left. Several networks of one learning
    rate are drawn as their median, in a band from the best to the worst.

    Example:

    >>> import tfkit
    >>> X = np.linspace(-1, 1, 8)[:, None]
    >>> rates = np.geomspace(1e-3, 1e3, 13)
    >>> result = tfkit.sweep(tfkit.TwoLayerNet(1, 3, 1, seed=0), X, X, 20, 4, seed=0, learning_rate=rates)
    >>> ax = plot_sweep(result)
    >>> ax.get_xlabel(), ax.get_xscale()
    ('learning rate', 'log')

    Args:
        result: A `tfkit.SweepResult`.
        ax: Axes to draw on, by default those of a new figure.
        epochs: Which epochs, one or a list of them, counted from 1; by default the last, and those at a
            tenth and a hundredth of it.

    Returns:
        The axes.

    Raises:
        ValueError: If `result` is something else, there is one learning rate only, or one of `epochs` was not trained.
    """
    if not hasattr(result, "learning_rates"):
        raise ValueError(
            f"expected what tfkit.sweep returned, received {described(result)}; for a history, use "
            "tfkit.plot_history or tfkit.plot_losses"
        )
    rates, losses = np.asarray(result.learning_rates), np.asarray(result.losses)
    different = np.unique(rates)
    if len(different) < 2:
        raise ValueError(
            f"expected two learning rates or more, received {different.tolist()}; for one rate, use plot_losses"
        )
    last = losses.shape[1]
    shown = sorted({last // 100, last // 10, last} - {0}) if epochs is None else list(np.atleast_1d(epochs))
    if not shown or not all(1 <= epoch <= last for epoch in shown):
        raise ValueError(f"expected epochs between 1 and {last}, received {epochs!r}")

    ax = axes_or_new(ax)
    # a loss above that of the worst start is divergence, and would press everything else to the floor
    finite = np.where(np.isfinite(losses), losses, np.nan)
    starts = finite[rates <= np.median(rates), 0]
    ceiling = 3 * np.nanmax(starts) if np.isfinite(starts).any() else np.inf
    lost = np.zeros(len(different), bool)
    drawn = []
    for i, epoch in enumerate(shown):
        column = finite[:, epoch - 1]
        column = np.where(column <= ceiling, column, np.nan)
        groups = [column[rates == rate] for rate in different]
        lost |= [bool(np.isnan(group).any()) for group in groups]
        # a rate at which some network diverged is not recommended, and gets no point
        low, middle, high = (np.array([f(group) for group in groups]) for f in (np.min, np.median, np.max))
        color, line = PALETTE[i % len(PALETTE)], LINE_STYLES[(len(shown) - 1 - i) % len(LINE_STYLES)]
        marker = "." if len(different) <= FEW else None
        ax.plot(different, middle, label=f"epoch {epoch}", linewidth=2, color=color, linestyle=line, marker=marker)
        if len(rates) > len(different):
            ax.fill_between(different, low, high, color=color, alpha=0.2, linewidth=0)
        drawn.append(middle[np.isfinite(middle) & (middle > 0)])
        if epoch == shown[-1] and not np.isnan(middle).all():
            best = int(np.nanargmin(middle))
            ax.plot(
                different[best], middle[best], "o", color="black", zorder=3, label=f"best rate: {different[best]:.2g}"
            )
    values = np.concatenate(drawn)
    if len(values):
        log_axis(ax, float(values.min()), float(values.max()))
    else:
        ax.text(0.5, 0.5, "every network diverged", transform=ax.transAxes, ha="center", color="0.4")
        ax.set_yticks([])
    ax.set(xscale="log", xlabel="learning rate", ylabel="loss (mean over examples), log scale")
    edge = (different[-1] / different[0]) ** 0.04
    ax.set_xlim(different[0] / edge, different[-1] * edge)
    if lost.any():
        top = np.full(lost.sum(), 0.97)
        size = max(2.5, min(6.0, 250 / len(different)))
        transform = ax.get_xaxis_transform()
        ax.plot(different[lost], top, "x", color="black", markersize=size, transform=transform, label="diverged")
    handles, labels = ax.get_legend_handles_labels()
    place_legend(ax, handles, labels, below=len(labels) > 6)
    return ax
