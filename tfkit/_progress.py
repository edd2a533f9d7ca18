"""One line on the terminal that says how far something is."""

from __future__ import annotations

import sys
from typing import TextIO


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
