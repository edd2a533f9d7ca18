"""One line on the terminal that says how far training is, or one line an epoch where a log is wanted."""

from __future__ import annotations

import sys
import time
from collections.abc import Mapping
from typing import Any


class Progress:
    """Prints where a training stands.

    Keras's bar moves with every batch; a program that runs hundreds of epochs at once has no batches to show.

    Example:

    >>> progress = Progress(2, first=0, last=3)
    >>> progress.show(1, {"loss": 0.25, "accuracy": 0.5})
    epoch 1/3 · accuracy: 0.5 · loss: 0.25

    Args:
        verbose: `"auto"` is 1 on a terminal and 0 elsewhere; 0 shows nothing, 1 one line that is written
            over, 2 a line for each epoch.
        first: Number of epochs done before.
        last: Number of epochs in the end.

    Raises:
        ValueError: If `verbose` is none of these.
    """

    def __init__(self, verbose: Any, *, first: int, last: int):
        if verbose not in ("auto", 0, 1, 2):
            raise ValueError(f"expected verbose to be 'auto', 0, 1 or 2, received {verbose!r}")
        self.verbose = int(sys.stdout.isatty()) if verbose == "auto" else int(verbose)
        self._first, self._last = first, last
        self._start = time.monotonic()
        self._width = 0

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
        line = " · ".join(words)
        print("\r" + line.ljust(self._width), end="", flush=True)
        self._width = len(line)

    def close(self) -> None:
        """End the line, if there is one."""
        if self._width:
            print()
            self._width = 0
