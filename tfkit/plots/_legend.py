"""A legend that stays inside its figure: in the axes where it is small, below them in as many columns as fit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfkit.plots._style import figure_width

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_MOST_INSIDE, _LONGEST_INSIDE = 6, 32
_LONGEST = 60


def place_legend(ax: Axes, handles: list[Any], labels: list[str], *, below: bool = False) -> None:
    """Draw the legend; `below` keeps it out of the axes, where it would cover lines that it does not see."""
    labels = [label if len(label) <= _LONGEST else f"{label[: _LONGEST - 1]}…" for label in labels]
    longest = max(map(len, labels), default=0)
    if not below and len(labels) <= _MOST_INSIDE and longest <= _LONGEST_INSIDE:
        ax.legend(handles, labels)
        return
    size = 9
    width = ax.get_position().width * figure_width(ax)
    columns = _columns(labels, width * 72 / size)
    place: dict[str, Any] = {"loc": "upper center", "bbox_to_anchor": (0.5, -0.16), "borderaxespad": 0.0}
    ax.legend(handles, labels, ncols=columns, frameon=False, fontsize=size, **place)


def _columns(labels: list[str], width: float) -> int:
    """How many columns fit into a width in heights of a letter."""
    for columns in range(len(labels), 1, -1):
        rows = -(-len(labels) // columns)
        longest = [max(map(len, labels[i : i + rows])) for i in range(0, len(labels), rows)]
        # a letter is about half as wide as it is high; the sample of a line and the gaps take five
        if sum(0.52 * length + 5 for length in longest) <= width:
            return columns
    return 1


def room_below(labels: list[str], width: float) -> float:
    """Return how much higher, in inches, a figure of this width should be for a legend below its axes."""
    if len(labels) <= _MOST_INSIDE and max(map(len, labels), default=0) <= _LONGEST_INSIDE:
        return 0.0
    return 0.2 * -(-len(labels) // _columns([label[:_LONGEST] for label in labels], width * 8))
