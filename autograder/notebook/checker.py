"""The kernel's side of a checker: started once, asked often, ended with the kernel."""

from __future__ import annotations

import contextlib
import json
import os
import queue
import signal
import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path
from typing import IO, Any

from autograder.errors import UsageError

_ROOT = str(Path(__file__).parents[2])
# seconds that an interrupted check may take to end, before its process is ended
_PATIENCE = 3.0


class CheckerDied(Exception):
    """The process has ended; the text says what it said last."""


class Process:
    """One checker.

    Args:
        folder: The assignment's folder.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._owner = os.getpid()
        self._lock = threading.Lock()
        self._number = 0
        self._start()

    def _start(self) -> None:
        # `python -m` would look for modules in the student's folder first
        code = (
            f"import sys; sys.path[0] = {_ROOT!r}; from autograder.cli.checker import main; main({str(self._folder)!r})"
        )
        self._said: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - closed with the process
        self._process = subprocess.Popen(
            [sys.executable, "-c", code],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._said,
            encoding="utf-8",
            # the stop button interrupts the kernel's whole group
            start_new_session=os.name != "nt",
        )
        self._answers: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self.ready = threading.Event()
        reading = (self._process.stdout, self._answers, self.ready)
        threading.Thread(target=_read, args=reading, daemon=True).start()

    @property
    def is_running(self) -> bool:
        """Whether it can be asked; a kernel that was forked has a line of its own to make."""
        return self._owner == os.getpid() and self._process.poll() is None

    def ask(self, **request: Any) -> dict[str, Any]:
        """The answer to a request; one at a time, whoever asks.

        Raises:
            CheckerDied: When the process has ended.
            UsageError: When the assignment cannot be checked.
            KeyboardInterrupt: When the kernel is interrupted; the check is stopped then.
        """
        with self._lock:
            answer = self._asked(request)
            if "renew" in answer:
                # its author has changed the assignment: tests are loaded once in a process
                self.close()
                self._start()
                answer = self._asked(request)
            return answer

    def _asked(self, request: dict[str, Any]) -> dict[str, Any]:
        self._number += 1
        assert self._process.stdin is not None
        try:
            self._process.stdin.write(json.dumps({"id": self._number, **request}) + "\n")
            self._process.stdin.flush()
        except (OSError, ValueError):
            raise CheckerDied(self._last_words()) from None
        try:
            return self._answer(self._number)
        except KeyboardInterrupt:
            self._stop(self._number)
            raise

    def _answer(self, number: int, deadline: float = float("inf")) -> dict[str, Any]:
        while True:
            try:
                answer = self._answers.get(timeout=min(1.0, max(0.01, deadline - time.monotonic())))
            except queue.Empty:
                if time.monotonic() > deadline:
                    raise
                continue
            if answer is None:
                self._answers.put(None)
                raise CheckerDied(self._last_words())
            if "failed" in answer:
                # the assignment is broken; the process ends, and the next check tries again
                raise UsageError(answer["failed"])
            if answer.get("id") == number:
                return answer

    def _stop(self, number: int) -> None:
        """Stops the check that runs; a process that does not stop it is ended."""
        try:
            if os.name == "nt":
                raise CheckerDied
            self._process.send_signal(signal.SIGINT)
            self._answer(number, time.monotonic() + _PATIENCE)
        except (CheckerDied, queue.Empty, KeyboardInterrupt, OSError):
            self.close()

    def _last_words(self) -> str:
        with contextlib.suppress(subprocess.TimeoutExpired):
            self._process.wait(1)
        with contextlib.suppress(OSError, ValueError):
            self._said.seek(0, os.SEEK_END)
            self._said.seek(max(0, self._said.tell() - 2000))
            lines = self._said.read().decode("utf-8", "replace").split("\n")
            return next((line.strip() for line in reversed(lines) if line.strip()), "")
        return ""

    def close(self) -> None:
        """Ends it at once. A kernel that ends need not: the process ends with its standard input."""
        if self._owner != os.getpid():
            return
        with contextlib.suppress(OSError, ValueError):
            self._process.kill()
            self._process.wait(5)
        for file in (self._process.stdin, self._process.stdout, self._said):
            with contextlib.suppress(OSError, ValueError):
                if file is not None:
                    file.close()


def _read(said: IO[str], answers: queue.Queue[dict[str, Any] | None], ready: threading.Event) -> None:
    """Takes what a process says, until it ends."""
    with contextlib.suppress(OSError, ValueError):
        for line in said:
            record = json.loads(line)
            if "ready" in record:
                ready.set()
            else:
                answers.put(record)
    answers.put(None)
