"""Configurations of a space: at random, or on a grid."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator
from typing import Any

import numpy as np

from tfkit._arguments import check_positive_integer
from tfkit.search._drawing import draw, draw_log_uniform, size_of
from tfkit.search.space import Space, check_space


def log_uniform(low: float, high: float, rng: np.random.Generator, size: Any = None) -> Any:
    """Draw numbers whose logarithm is uniform between those of `low` and `high`.

    Every decade gets the same share of the draws. Between 1e-5 and 1, a uniform draw puts 90 % above 0.1, where
    no learning rate is any good, and one of 11,000 below 1e-4.

    Example:

    >>> rng = np.random.default_rng(0)
    >>> draws = log_uniform(1e-4, 1.0, rng, size=10_000)
    >>> round(float((draws < 1e-2).mean()), 2)
    0.5

    Args:
        low: Lower end, above 0.
        high: Upper end, above `low`.
        rng: Source of randomness, which is advanced.
        size: Shape of the result, or None for one number.

    Returns:
        A float64 array of shape `size`, or a float.

    Raises:
        ValueError: If not 0 < low < high.

    Reference:
        Bergstra and Bengio, "Random search for hyper-parameter optimization", 2012, section 2.
    """
    _, low, high = check_space({"the range": ("log", low, high)})["the range"]
    return draw_log_uniform(low, high, rng, size)


def random_search(space: Space, n: int, rng: np.random.Generator) -> list[dict[str, Any]]:
    """Draw `n` configurations, all different.

    Example:

    >>> space = {"units": ("int", 1, 2), "optimizer": ("choice", ["sgd", "adam"])}
    >>> configs = random_search(space, 10, np.random.default_rng(0))
    >>> sorted((config["units"], config["optimizer"]) for config in configs)
    [(1, 'adam'), (1, 'sgd'), (2, 'adam'), (2, 'sgd')]

    Args:
        space: The space.
        n: How many.
        rng: Source of randomness, which is advanced.

    Returns:
        A list of n dicts; of all configurations, when the space holds fewer than n: running one twice
        teaches nothing new.

    Raises:
        ValueError: If the space is not one, or n is not a positive integer.

    Reference:
        Bergstra and Bengio, "Random search for hyper-parameter optimization", 2012.
    """
    check_positive_integer("n", n)
    checked, size = check_space(space), size_of(space)
    if size <= 4 * n:  # so few that drawing until a new one comes would take long
        axes = {}
        for name, (kind, *rest) in checked.items():
            axes[name] = rest[0] if kind == "choice" else list(range(rest[0], rest[1] + 1))
        every = list(_combinations(checked, axes))
        return [every[i] for i in rng.permutation(len(every))[:n]]
    found: dict[tuple[Any, ...], dict[str, Any]] = {}
    while len(found) < n:
        config = draw(checked, rng)
        found.setdefault(tuple(config.values()), config)
    return list(found.values())


def grid(space: Space, points: int) -> list[dict[str, Any]]:
    """Return every combination of evenly spaced values.

    A range gives `points` values, its ends included, evenly spaced in its own measure: the values of a log range
    have equal ratios, those of an int range are rounded and taken once each. A choice gives all its values.

    Example:

    >>> configs = grid({"learning_rate": ("log", 1e-4, 1.0), "units": ("int", 16, 17)}, points=3)
    >>> [list(config.values()) for config in configs]
    [[0.0001, 16], [0.0001, 17], [0.01, 16], [0.01, 17], [1.0, 16], [1.0, 17]]

    Args:
        space: The space.
        points: Values of each range, 2 or more.

    Returns:
        A list of dicts, the last name varying fastest.

    Raises:
        ValueError: If the space is not one, or `points` is too small.
    """
    checked = check_space(space)
    check_positive_integer("points", points)
    if points < 2 and any(kind != "choice" for kind, *_ in checked.values()):
        raise ValueError(f"expected 2 points or more, for both ends of each range, received {points}")
    return list(_combinations(checked, {name: _axis(points, *entry) for name, entry in checked.items()}))


def _combinations(names: Iterable[str], axes: dict[str, list[Any]]) -> Iterator[dict[str, Any]]:
    for values in itertools.product(*axes.values()):
        yield dict(zip(names, values, strict=True))


def _axis(points: int, kind: str, *rest: Any) -> list[Any]:
    if kind == "choice":
        return list(rest[0])
    low, high = rest
    if kind == "int":
        return list(dict.fromkeys(round(value) for value in np.linspace(low, high, points)))
    measured = np.geomspace(low, high, points) if kind == "log" else np.linspace(low, high, points)
    # the ends as they were given, and 0.01, not 0.010000000000000004
    return [low, *(float(f"{value:.12g}") for value in measured[1:-1]), high]
