"""How far each tensor's gradient is from its nudges, on the scale on which gradients are judged."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tfkit._arguments import described
from tfkit.plots._style import PALETTE, axes_or_new

if TYPE_CHECKING:
    from matplotlib.axes import Axes

    from tfkit.gradient_check import GradientCheck

_EXACT = 1e-12  # what is smaller is drawn here: a log scale has no place for 0


def plot_gradient_check(check: GradientCheck, ax: Axes | None = None) -> Axes:
    """Draw the relative error of each tensor on a log scale, and name the worst entry of those that are wrong.

    Right gradients are filled circles at the left, about 1e-10 in float64; a mistake is a cross further to the right,
    above 1e-2 as a rule. Shaded in between is where kinks and float32 lie. A tensor with a kink says so.

    Example:

    >>> from tfkit import check_gradients
    >>> check = check_gradients(lambda p: p["w"] ** 2 + p["b"], {"w": 3.0, "b": 1.0}, {"w": 6.0, "b": 2.0})
    >>> ax = plot_gradient_check(check)
    >>> [label.get_text() for label in ax.get_yticklabels()]
    ['w', 'b']

    Args:
        check: What `check_gradients` or `check_model_gradients` returned.
        ax: Axes to draw on, by default those of a new figure.

    Returns:
        The axes.

    Raises:
        ValueError: If `check` is something else.
    """
    if not hasattr(check, "tensors"):
        raise ValueError(
            f"expected what tfkit.check_gradients or tfkit.check_model_gradients returned, received {described(check)}"
        )
    ax = axes_or_new(ax, figsize=(8, 1.3 + 0.45 * len(check)))
    ax.axvspan(1e-7, 1e-2, color="0.93", zorder=0)
    for row, verdict in enumerate(check):
        error = min(max(verdict.relative_error, _EXACT), 1.0)
        marker, colour = ("o", PALETTE[0]) if verdict.ok else ("X", PALETTE[1])
        ax.plot([_EXACT, error], [row, row], color=colour, linewidth=1.2, alpha=0.6)
        ax.plot(error, row, marker, color=colour, markersize=9, zorder=3)
        text = "kink" if verdict.ok and "kink" in verdict.note else ""
        if not verdict.ok:
            entry = f"[{', '.join(map(str, verdict.index))}]" if verdict.index else "it"
            text = f"{entry} is {verdict.analytic:.3g}, nudged {verdict.numeric:.3g}"
        right = error > 1e-5
        place: dict[str, Any] = {"xytext": (-10 if right else 10, 8), "ha": "right" if right else "left"}
        ax.annotate(text, (error, row), textcoords="offset points", fontsize=8, color=colour, **place)
    ax.set_xscale("log")
    ax.set_xlim(_EXACT / 2, 3)
    ax.set_ylim(len(check) - 0.5, -0.8)
    ax.set_yticks(range(len(check)), [verdict.name for verdict in check])
    ax.set_xlabel("relative error of the gradient (norms; 0 right, 1 reversed or missing)")
    return ax
