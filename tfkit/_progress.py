"""One line on the terminal that says how far a training or a search is."""

from __future__ import annotations

import math
import sys
import time
from collections.abc import Mapping
from typing import Any, TextIO


class ProgressLine:
    """Words that are written over the words before, such as "epoch 3/10 · loss: 0.25 · 4 s left"."""

    def __init__(self, stream: TextIO | None = None) -> None:
        self.stream = stream or sys.stdout
        self._width = 0

    def write(self, *words: str) -> None:
        """Write the words in place of those shown last."""
        line = " · ".join(words)
        self.stream.write("\r" + line.ljust(self._width))
        self.stream.flush()
        self._width = len(line)

    def close(self) -> None:
        """End the line, if there is one."""
        if self._width:
            self.stream.write("\n")
            self._width = 0


class EpochProgress(ProgressLine):
    """Says where a training of epochs `first` to `last` stands; `verbose` is 0, 1 (the line) or 2 (the log)."""

    # Keras's bar moves with every batch; a program that runs hundreds of epochs at once has no batches to show

    def __init__(self, verbose: int, *, first: int, last: int) -> None:
        super().__init__()
        self.verbose = verbose
        self._first, self._last = first, last
        self._start = time.monotonic()

    def show(self, done: int, logs: Mapping[str, Any]) -> None:
        """Show that `done` epochs are done, the last of them with these quantities."""
        if not self.verbose:
            return
        numbers = [f"{name}: {value:.4g}" for name, value in sorted(logs.items()) if isinstance(value, (int, float))]
        words = [f"epoch {done}/{self._last}", *numbers]
        if self.verbose == 2:
            print(" · ".join(words))
            return
        left = (time.monotonic() - self._start) / max(done - self._first, 1) * (self._last - done)
        if left >= 1:
            words.append(f"{left:.0f} s left")
        self.write(*words)


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
