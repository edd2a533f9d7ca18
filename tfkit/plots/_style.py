"""What all pictures share: colours, line styles, and a figure when nobody gives axes."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfkit._arguments import described

if TYPE_CHECKING:
    from matplotlib.axes import Axes

#: Okabe and Ito's colours, which people with any of the common kinds of colour blindness can tell apart.
#: Their yellow is left out, being too pale for a line on white.
PALETTE = ("#0072B2", "#D55E00", "#009E73", "#CC79A7", "#E69F00", "#56B4E9", "#000000")

#: Lines of one colour, and lines in a black-and-white print, differ in these.
LINE_STYLES = ("-", "--", "-.", ":")


def figure_width(ax: Axes) -> float:
    """Return the width in inches of the whole figure that the axes are in."""
    figure: Any = ax.figure
    return float(figure.figure.get_figwidth())  # a part of a figure knows the whole; a whole is its own


def axes_or_new(ax: Axes | None, figsize: tuple[float, float] | None = None) -> Axes:
    """Return `ax`, or the axes of a new figure."""
    if ax is not None and not hasattr(ax, "get_figure"):
        raise ValueError(
            f"expected ax to be axes of matplotlib, received {described(ax)}; make some with plt.subplots()"
        )
    if ax is None:
        import matplotlib.pyplot

        _, ax = matplotlib.pyplot.subplots(layout="constrained", figsize=figsize)
    return ax
