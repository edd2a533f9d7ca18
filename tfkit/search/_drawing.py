"""One configuration of a space at random, and how many there are."""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from tfkit.search.space import CONTINUOUS, Space, check_space


def draw_log_uniform(low: float, high: float, rng: np.random.Generator, size: Any = None) -> Any:
    """Draw numbers whose logarithm is uniform; `log_uniform` is the same with its arguments checked."""
    # exp(log(high)) may be rounded past high
    drawn = np.clip(np.exp(rng.uniform(math.log(low), math.log(high), size=size)), low, high)
    return float(drawn) if size is None else drawn


def draw(space: Space, rng: np.random.Generator) -> dict[str, Any]:
    """Draw one configuration: log-uniform, uniform, or one of the choices with equal chance."""
    config: dict[str, Any] = {}
    for name, (kind, *rest) in check_space(space).items():
        if kind == "choice":
            config[name] = rest[0][int(rng.integers(len(rest[0])))]
        elif kind == "int":
            config[name] = int(rng.integers(rest[0], rest[1], endpoint=True))
        elif kind == "log":
            config[name] = draw_log_uniform(rest[0], rest[1], rng)
        else:
            config[name] = float(rng.uniform(rest[0], rest[1]))
    return config


def size_of(space: Space) -> float:
    """Return how many configurations a space holds, `inf` when a range is continuous."""
    size: float = 1
    for kind, *rest in check_space(space).values():
        if kind in CONTINUOUS:
            return math.inf
        size *= len(rest[0]) if kind == "choice" else rest[1] - rest[0] + 1
    return size
