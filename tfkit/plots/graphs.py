"""A computation graph from left to right, each node with its number and its gradient."""

from __future__ import annotations

from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Protocol

from tfkit._arguments import described
from tfkit._nodes import nodes_of
from tfkit.plots._style import PALETTE, axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes


class _Node(Protocol):
    """What is drawn: a `tfkit.Value`, or a node of a class of one's own. Labels and operations may be missing."""

    data: float
    grad: float
    operands: Any
    local_derivatives: Any


_MOST_NODES = 80
_COLUMN, _ROW = 2.3, 1.25  # distances of boxes, in inches
_NARROW, _MOST_WIDE = 1.85, 8  # the distance where there are more columns than that
_WIDTH, _HEIGHT = 1.3, 0.78  # of a box


@dataclass(eq=False)
class _Place:
    """A node in its column, or a point that a long edge passes on its way through the column."""

    column: int
    node: _Node | None = None
    left: list[_Place] = field(default_factory=list)
    right: list[_Place] = field(default_factory=list)
    y: float = 0.0


def plot_graph(value: _Node, ax: Axes | None = None, *, local_derivatives: bool = True) -> Axes:
    """Draw the graph that computes `value`: inputs at the left, the output at the right.

    A box shows a node's label and how it is computed, its number, and, once `backward()` was called, the derivative
    of the output by it. An edge shows the derivative of the node at its right by the one at its left: the product
    along a way from an input to the output, summed over all ways, is the input's gradient.

    Example:

    >>> from tfkit import Value
    >>> a, b, c = Value(2, "a"), Value(4, "b"), Value(3, "c")
    >>> J = (3 * (a + (b * c).named("u")).named("v")).named("J")
    >>> J.backward()
    >>> ax = plot_graph(J)
    >>> len(ax.patches)
    11

    Args:
        value: The output, a `tfkit.Value`. An object of another class will do as well, if it has `data`, `grad`,
            `operands` and `local_derivatives` as a `Value` has them; `label` and `operation` are written where there
            are some.
        ax: Axes to draw on, by default those of a new figure, large enough for the graph.
        local_derivatives: Whether to write derivatives on the edges.

    Returns:
        The axes.

    Raises:
        ValueError: If `value` is no node, or its graph has more than 80 nodes.
    """
    if not hasattr(value, "operands"):
        raise ValueError(
            f"expected a tfkit.Value, the output of a graph, received {described(value)}; begin with "
            "x = tfkit.Value(2.0, 'x')"
        )
    nodes = nodes_of(value)
    if len(nodes) > _MOST_NODES:
        raise ValueError(
            f"expected at most {_MOST_NODES} nodes to draw, received {len(nodes)}; draw the graph of one example, "
            "or of a node further left"
        )
    places, edges = _places(nodes)
    columns = _columns(places)
    _order(columns)
    _spread(columns)

    low, high = min(place.y for place in places), max(place.y for place in places)
    step = _COLUMN if len(columns) <= _MOST_WIDE else _NARROW
    size = (step * (len(columns) - 1) + _WIDTH + 0.4, (high - low) * _ROW + _HEIGHT + 0.4)
    ax = axes_or_new(ax, figsize=(max(size[0], 2.5), max(size[1], 1.6)))
    for way, derivative in edges:
        _draw_edge(ax, way, derivative if local_derivatives else None, step)
    known = any(node.grad for node in nodes)  # all zero: backward was not called, or there is nothing to see
    for place in places:
        if place.node is not None:
            _draw_node(ax, place, value, known, step)
    ax.set_xlim(-_WIDTH / 2 - 0.2, size[0] - _WIDTH / 2 - 0.2)
    ax.set_ylim(low * _ROW - _HEIGHT / 2 - 0.2, high * _ROW + _HEIGHT / 2 + 0.2)
    ax.set_aspect("equal")
    ax.set_axis_off()
    return ax


def _expression(node: _Node) -> str:
    """How a node is computed, in the labels of its operands."""
    known = getattr(node, "expression", None)
    operation = getattr(node, "operation", "")
    if known is not None or not operation:
        return known or ""
    names = [(getattr(one, "label", "") or "·") if hasattr(one, "operands") else f"{one:g}" for one in node.operands]
    return f" {operation} ".join(names) if len(names) > 1 else f"{operation}({''.join(names)})"


def _places(nodes: list[_Node]) -> tuple[list[_Place], list[tuple[list[_Place], float]]]:
    """Return a place per node and per column that an edge passes, and the edges: places from left to right."""
    column: dict[int, int] = {}
    for node in nodes:
        column[id(node)] = 1 + max((column[id(o)] for o in node.operands if id(o) in column), default=-1)
    # an input stands beside the first node that uses it: at the far left, its edge would cross the whole picture
    for node in nodes:
        if not node.operands:
            users = [column[id(user)] for user in nodes if any(operand is node for operand in user.operands)]
            column[id(node)] = min(users, default=1) - 1
    place_of = {id(node): _Place(column[id(node)], node) for node in nodes}
    places, edges = list(place_of.values()), []
    for node in nodes:
        ways: dict[int, float] = {}
        for operand, derivative in zip(node.operands, node.local_derivatives, strict=True):
            if id(operand) in place_of:  # x * x is one edge, with both derivatives
                ways[id(operand)] = ways.get(id(operand), 0.0) + derivative
        for key, derivative in ways.items():
            start, end = place_of[key], place_of[id(node)]
            passed = [_Place(number) for number in range(start.column + 1, end.column)]
            places += passed
            way = [start, *passed, end]
            for left, right in pairwise(way):
                left.right.append(right)
                right.left.append(left)
            edges.append((way, derivative))
    return places, edges


def _columns(places: list[_Place]) -> list[list[_Place]]:
    columns: list[list[_Place]] = [[] for _ in range(1 + max(place.column for place in places))]
    for place in places:
        columns[place.column].append(place)
    for column in columns:
        for position, place in enumerate(column):
            place.y = -float(position)  # first operands on top
    return columns


def _order(columns: list[list[_Place]]) -> None:
    """Sort each column by the mean height of its neighbours, back and forth, until edges cross less."""
    # The barycentre method of Sugiyama, Tagawa and Toda, "Methods for visual understanding of hierarchical system
    # structures", 1981.
    for sweep in range(8):
        forward = sweep % 2 == 0
        for column in columns if forward else reversed(columns):
            heights = {}
            for place in column:
                neighbours = place.left if forward else place.right
                heights[id(place)] = _mean([n.y for n in neighbours]) if neighbours else place.y
            column.sort(key=lambda place: -heights[id(place)])
            for position, place in enumerate(column):
                place.y = (len(column) - 1) / 2 - position


def _spread(columns: list[list[_Place]]) -> None:
    """Pull places towards their neighbours' height, so that edges are straight, and keep them a row apart."""
    for _ in range(30):
        for column in columns:
            wanted = [_mean([n.y for n in place.left + place.right] or [place.y]) for place in column]
            for place, height in zip(column, wanted, strict=True):
                place.y = height
            for _ in range(len(column)):
                for upper, lower in pairwise(column):
                    missing = 1 - (upper.y - lower.y)
                    if missing > 0:
                        upper.y += missing / 2
                        lower.y -= missing / 2
    for column in columns:  # what half steps have left too close
        for upper, lower in pairwise(column):
            lower.y = min(lower.y, upper.y - 1)


def _mean(numbers: list[float]) -> float:
    return sum(numbers) / len(numbers)


def _draw_edge(ax: Axes, way: list[_Place], derivative: float | None, step: float) -> None:
    from matplotlib.patches import FancyArrowPatch
    from matplotlib.path import Path

    points = [(place.column * step, place.y * _ROW) for place in way]
    points[0] = (points[0][0] + _WIDTH / 2, points[0][1])
    points[-1] = (points[-1][0] - _WIDTH / 2, points[-1][1])
    vertices, codes = [points[0]], [Path.MOVETO]
    for (x0, y0), (x1, y1) in pairwise(points):
        middle = (x0 + x1) / 2  # level at both ends
        vertices += [(middle, y0), (middle, y1), (x1, y1)]
        codes += [Path.CURVE4] * 3
    path = Path(vertices, codes)
    ax.add_patch(FancyArrowPatch(path=path, arrowstyle="-|>", mutation_scale=12, color="0.45", linewidth=1.3, zorder=1))
    if derivative is not None:
        (x0, y0), (x1, y1) = points[-2], points[-1]
        box = {"facecolor": "white", "edgecolor": "none", "pad": 0.8}
        where = ((x0 + x1) / 2, (y0 + y1) / 2)
        ax.text(*where, f"{derivative:.3g}", ha="center", va="center", fontsize=8, color=PALETTE[0], bbox=box, zorder=2)


def _draw_node(ax: Axes, place: _Place, output: _Node, gradients: bool, step: float) -> None:
    from matplotlib.patches import FancyBboxPatch

    node = place.node
    if node is None:
        return
    x, y = place.column * step, place.y * _ROW
    style = f"round,pad=0,rounding_size={0.12 if node.operands else 0.3}"
    face = "#EAF3FA" if node.operands else "#F2F2F2"
    edge = "black" if node is output else "0.35"
    corner = (x - _WIDTH / 2, y - _HEIGHT / 2)
    ax.add_patch(FancyBboxPatch(corner, _WIDTH, _HEIGHT, boxstyle=style, facecolor=face, edgecolor=edge, zorder=3))
    label = getattr(node, "label", "")
    title = " = ".join(part for part in (label, _expression(node)) if part) or "input"
    lines = [(title, "black", "normal"), (f"{node.data + 0.0:.4g}", "black", "bold")]
    if gradients:
        letter = getattr(output, "label", "") or "output"
        by = label or "·"
        lines.append((f"∂{letter}/∂{by} = {node.grad + 0.0:.4g}", PALETTE[1], "normal"))
    for i, (text, colour, weight) in enumerate(lines):
        height = y + 0.23 * ((len(lines) - 1) / 2 - i)
        size = 9 if len(text) <= 16 else 9 * 16 / len(text)  # a long formula shrinks to fit its box
        ax.text(x, height, text, ha="center", va="center", fontsize=size, color=colour, fontweight=weight, zorder=4)
