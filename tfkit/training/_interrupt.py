"""Ctrl-C that waits until what was computed has been written down."""

from __future__ import annotations

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any


@contextmanager
def interrupt_later() -> Iterator[list[int]]:
    """Note Ctrl-C in a list instead of raising KeyboardInterrupt in the middle of things; a second one raises."""
    # Python runs signal handlers in the main thread alone, so that in any other there is nothing to hold back.
    interrupted: list[int] = []
    before = signal.getsignal(signal.SIGINT)
    if threading.current_thread() is not threading.main_thread() or not callable(before):
        yield interrupted
        return

    def note(number: int, frame: Any) -> None:
        if interrupted:
            before(number, frame)
        interrupted.append(number)

    signal.signal(signal.SIGINT, note)
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)
