"""A search, ready to be run here or in other processes."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from tfkit.search.sampling import grid
from tfkit.search.space import Space


@dataclass(frozen=True)
class Job:
    """A search, ready to be run here or in other processes. The attributes are `tune`'s arguments."""

    build: Callable[[Any], Any]
    data: tuple[Any, Any, tuple[Any, Any]]
    objective: tuple[str, str]
    method: str
    space: Space | None
    max_trials: int | None
    epochs: int
    batch_size: int
    points: int
    callbacks: tuple[Any, ...]
    seed: int

    @property
    def total(self) -> int | None:
        """How many trials there will be, if that is known."""
        if self.method == "grid" and self.space is not None:
            size = len(grid(self.space, self.points))
            return min(size, self.max_trials or size)
        return self.max_trials
