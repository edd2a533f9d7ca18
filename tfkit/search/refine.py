"""From coarse to fine: a smaller space around the best trial so far."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from numbers import Real
from typing import Any

from tfkit.search.space import Space, check_space


def coarse_to_fine(
    space: Space, trials: Sequence[tuple[Mapping[str, Any], float]], factor: float
) -> dict[str, tuple[Any, ...]]:
    """Return a space `factor` times smaller, with the best trial in its middle.

    Log ranges shrink in log space: from five decades to one with a factor of 5. When the best lies on an edge, half
    of the new range lies beyond it: better values may be there, and a search that never leaves its first range
    would never see them. Choices stay as they are.

    Example:

    >>> space = {"learning_rate": ("log", 1e-4, 1.0), "activation": ("choice", ["relu", "tanh"])}
    >>> good, bad = {"learning_rate": 0.01, "activation": "tanh"}, {"learning_rate": 0.5, "activation": "relu"}
    >>> smaller = coarse_to_fine(space, [(good, 0.9), (bad, 0.1)], factor=2)
    >>> [round(end, 6) for end in smaller["learning_rate"][1:]], smaller["activation"]
    ([0.001, 0.1], ('choice', ['relu', 'tanh']))

    Args:
        space: The space that was searched.
        trials: Pairs of configuration and score, higher is better. Scores that are NaN never win.
        factor: How much smaller each range becomes, above 1.

    Returns:
        A space of the same names. The ends of an int range are rounded. A range that began at 0 or above stays
        there, an int range that began at 1 or above at 1: a layer needs a unit.

    Raises:
        ValueError: If the space is not one, there is no trial with a score, the best lacks a name, or the factor
            is not above 1.

    Reference:
        Bengio, "Practical recommendations for gradient-based training of deep architectures", 2012, section 3.3.
    """
    checked = check_space(space)
    if isinstance(factor, bool) or not isinstance(factor, Real) or not 1 < factor < math.inf:
        raise ValueError(f"expected a factor above 1, received {factor!r}")
    scored = [(config, score) for config, score in trials if not math.isnan(score)]
    if not scored:
        raise ValueError(f"expected one scored trial or more, received {len(list(trials))} without a score")
    best = max(scored, key=lambda trial: trial[1])[0]
    missing = [name for name in checked if name not in best]
    if missing:
        raise ValueError(f"expected a value of {', '.join(missing)} in the best trial, received {dict(best)}")
    return {name: _around(entry, best[name], factor) for name, entry in checked.items()}


def _around(entry: tuple[Any, ...], value: Any, factor: float) -> tuple[Any, ...]:
    kind, *ends = entry
    if kind == "choice":
        return entry
    if kind == "log":
        half = math.log(ends[1] / ends[0]) / factor / 2
        return kind, value * math.exp(-half), value * math.exp(half)
    half = (ends[1] - ends[0]) / factor / 2
    low, high = value - half, value + half
    floor = 1 if kind == "int" and ends[0] >= 1 else 0 if ends[0] >= 0 else -math.inf
    if kind == "int":
        return kind, int(max(round(low), floor)), round(high)
    return kind, float(max(low, floor)), high
