"""One line that tells how far a search is, on a terminal and nowhere else."""

from __future__ import annotations

import math
import sys
import time
from typing import TextIO

__all__ = ["Progress"]


class Progress:
    """Rewrites one line on a terminal: trials done, the best score, the time. Silent in files and notebooks' logs.

    Example:

    >>> import io
    >>> progress = Progress(30, ("val_accuracy", "max"), io.StringIO())
    >>> progress.add(0.5)
    >>> progress.add(0.9)
    >>> progress.line(elapsed=12.3)
    'trial 2/30  val_accuracy 0.9000, best 0.9000  12 s'

    Args:
        total: How many trials there will be, or None when nobody knows.
        objective: Name of the metric and its direction.
        stream: Where to write, by default the standard error stream.
    """

    def __init__(self, total: int | None, objective: tuple[str, str], stream: TextIO | None = None) -> None:
        self.total = total
        self.name, direction = objective
        self.best_of = max if direction == "max" else min
        self.stream = stream or sys.stderr
        self.scores: list[float] = []
        self.start = time.perf_counter()
        self.width = 0

    def add(self, score: float) -> None:
        """Note a finished trial's score and show the line."""
        self.scores.append(score)
        if self.stream.isatty():
            text = self.line(time.perf_counter() - self.start)
            self.stream.write("\r" + text.ljust(self.width))
            self.stream.flush()
            self.width = len(text)

    def line(self, elapsed: float) -> str:
        """The line, `elapsed` seconds after the start."""
        best = self.best_of([score for score in self.scores if not math.isnan(score)], default=math.nan)
        count = len(self.scores) if self.total is None else f"{len(self.scores)}/{self.total}"
        return f"trial {count}  {self.name} {self.scores[-1]:.4f}, best {best:.4f}  {elapsed:.0f} s"

    def close(self) -> None:
        """End the line, if there is one."""
        if self.width:
            self.stream.write("\n")
            self.width = 0
