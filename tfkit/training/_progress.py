"""What `fit` shows: one line that is written over, or one line for each epoch where a log is wanted."""

from __future__ import annotations

import time
from collections.abc import Mapping
from typing import Any

from tfkit._progress import ProgressLine


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
