"""What `tune` shows: one line, on a terminal and nowhere else."""

from __future__ import annotations

import math
import sys
import time
from typing import TextIO

from tfkit._progress import ProgressLine


class TrialProgress(ProgressLine):
    """Says how many trials of `total` (None: nobody knows) are done, the last score and the best."""

    def __init__(self, total: int | None, objective: tuple[str, str], stream: TextIO | None = None) -> None:
        super().__init__(stream or sys.stderr)
        self.total = total
        self.name, direction = objective
        self.best_of = max if direction == "max" else min
        self.scores: list[float] = []
        self._start = time.perf_counter()

    def add(self, score: float) -> None:
        """Note a finished trial's score and show the line."""
        self.scores.append(score)
        if self.stream.isatty():
            self.write(*self.words(time.perf_counter() - self._start))

    def words(self, elapsed: float) -> tuple[str, ...]:
        """Return what to show `elapsed` seconds after the start."""
        best = self.best_of([score for score in self.scores if not math.isnan(score)], default=math.nan)
        count = f"{len(self.scores)}" if self.total is None else f"{len(self.scores)}/{self.total}"
        return f"trial {count}", f"{self.name}: {self.scores[-1]:.4f}", f"best: {best:.4f}", f"{elapsed:.0f} s"
