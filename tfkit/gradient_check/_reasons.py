"""A kink, noise or a mistake: what ever smaller nudges tell about one entry."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

#: Takes an index and a step; returns the loss with this entry moved, and the step that was really taken.
Slope = Callable[[tuple[int, ...], float], tuple[float, float]]


def explain(
    at: Slope, index: tuple[int, ...], value: float, analytic: float, numeric: float, h: float, tolerance: float
) -> tuple[str, float, str]:
    """Say why the analytic and the numeric derivative by one entry differ."""
    # If a smaller nudge agrees with the analytic derivative, the larger one crossed a kink. If every nudge has one
    # slope at the right and another at the left, the entry stands on the kink, and any slope between the two is as
    # good. If the slopes do not settle, the function is computed too roughly, or jumps. Else the analytic derivative
    # is wrong.
    slopes, sides = [numeric], [_sides(at, index, value, h)]
    for step in (h / 10, h / 100, h / 1000):
        (up, right), (down, left) = at(index, step), at(index, -step)
        slope = (up - down) / (right - left)
        # a slope is off by some 1e-16 |f| / step: the smaller the nudge, the fewer digits
        rounding = 1e-14 * abs(value) / step
        agrees = abs(slope - analytic) <= max(tolerance * (abs(slope) + abs(analytic)), rounding)
        # and not by rounding: it has come all the way from the first slope, however short that was
        if agrees and abs(slope - analytic) < 0.1 * abs(numeric - analytic) and abs(slope - numeric) > 3 * rounding:
            return "kink", slope, f"there is a kink within {h:g}; a nudge of {step:g} agrees"
        slopes.append(slope)
        sides.append(((down - value) / left, (up - value) / right))
    rounding = 1e-14 * abs(value) / (h / 10)
    (left_before, right_before), (left_after, right_after) = sides[0], sides[1]
    low, high = sorted((left_after, right_after))
    slack = rounding + 1e-3 * (high - low)
    # of a curve, the two slopes approach each other as the step shrinks; of a kink, they stay apart
    steady = abs(left_before - left_after) <= slack and abs(right_before - right_after) <= slack
    if steady and _differ(low, high, rounding) and low - slack <= analytic <= high + slack:
        low, high = (0.0 if abs(slope) <= slack else slope for slope in (low, high))
        return "kink", numeric, f"there is a kink exactly here; any slope from {low:.4g} to {high:.4g} is right"
    rounding = 1e-14 * abs(value) / (h / 1000)
    if all(_differ(slope, after, rounding) for slope, after in pairwise(slopes)):
        text = "the slope keeps changing as the nudge shrinks: f jumps, is random, or computes in float32 inside"
        return "noise", numeric, text
    return "mistake", numeric, ""


def _sides(at: Slope, index: tuple[int, ...], value: float, step: float) -> tuple[float, float]:
    (up, right), (down, left) = at(index, step), at(index, -step)
    return (down - value) / left, (up - value) / right


def _differ(a: float, b: float, rounding: float) -> bool:
    return abs(a - b) > 1e-3 * max(abs(a), abs(b)) + 2 * rounding
