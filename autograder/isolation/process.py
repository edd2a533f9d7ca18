"""A student process as the grader sees it: requests with deadlines, and how it ended."""

from __future__ import annotations

import shutil
import sys
import time
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.isolation import linux
from autograder.isolation.settings import Settings
from autograder.wire import Channel, ChannelClosed, ChannelTimeout, FrameError


class ProcessEnded(Exception):
    """A student process that will not answer any more.

    Attributes:
        status: `timeout`, `memory`, `crashed` or `tampered`.
        message: One line for the student.
    """

    def __init__(self, status: str, message: str) -> None:
        super().__init__(message)
        self.status = status
        self.message = message


@dataclass
class Ending:
    """How a student process ended.

    Attributes:
        signal: The signal that ended it, or 0.
        exit_code: Its exit status when no signal did.
        output: What it printed, cut to the limit.
        cpu_seconds: Processor time it used.
    """

    signal: int = 0
    exit_code: int = 0
    output: str = ""
    cpu_seconds: float = 0.0


class Guardian(Protocol):
    """Whoever holds a student process: a keeper, or the grader itself where nothing can be forked."""

    def begin(self, deadline: float) -> dict[str, Any]:
        """Waits for the process to exist; returns its `pid`, `memory` and `isolation`, or {} when it failed."""

    def end(self) -> Ending:
        """Ends the process and all below it."""


_SIGNALS = {
    4: "an illegal instruction",
    6: "an abort",
    7: "a bus error",
    8: "a floating-point trap",
    9: "a kill",
}
_SIGNALS |= {11: "a segmentation fault", 15: "a termination", 25: "a file beyond the size limit"}


class StudentProcess:
    """One student process.

    Args:
        channel: The conversation with it.
        guardian: Who ends it and says how it ended.
        settings: What it was started with; the scratch folder is removed at the end.
    """

    def __init__(self, channel: Channel, guardian: Guardian, settings: Settings) -> None:
        self._channel = channel
        self._guardian = guardian
        self._settings = settings
        self._pid = 0
        self._memory_before = 0
        self.isolation = ""
        self.ending: Ending | None = None
        self.seconds_inside = 0.0
        self.seconds_waiting = 0.0

    @property
    def seconds_coding(self) -> float:
        """Time the grader spent turning values into bytes and back."""
        return self._channel.seconds_coding

    def start(self, deadline: float) -> None:
        """Waits until the process has set itself up.

        Raises:
            ProcessEnded: When it could not.
        """
        # room for a slow machine, not for the submission: none of its code is loaded yet
        deadline = max(deadline, time.monotonic() + 30.0)
        record = self._guardian.begin(deadline)
        if not record:
            raise ProcessEnded("crashed", "the student process could not be set up; see `autograder doctor`")
        self._pid, self._memory_before = record["pid"], record["memory"]
        self.isolation = record["isolation"]
        answer = self._receive(deadline)
        if "error" in answer:
            raise ProcessEnded("crashed", f"the student process could not start: {answer['error']}")

    def request(self, action: str, deadline: float, **parameters: Any) -> dict[str, Any]:
        """Sends a request and waits for its answer.

        Args:
            action: One of the student process's `do_…`.
            deadline: The `time.monotonic` second after which the process is ended.
            **parameters: The request's parameters.

        Returns:
            The answer, a dict with text keys; its values are whatever the process says.

        Raises:
            ProcessEnded: When it did not answer in time, ended, used too much memory, or sent something else
                than an answer. The process is gone then.
        """
        if self.ending is not None:
            raise ProcessEnded("crashed", "the process that ran this submission has ended")
        start = time.perf_counter()
        try:
            self._channel.send({"do": action, **parameters}, deadline=deadline)
        except ChannelTimeout:
            self.close()
            raise ProcessEnded("timeout", "took longer than the time limit") from None
        except ChannelClosed:
            pass  # how it ended is told by what follows
        answer = self._receive(deadline)
        self.seconds_waiting += time.perf_counter() - start
        return answer

    def _receive(self, deadline: float) -> dict[str, Any]:
        try:
            answer = self._channel.receive(deadline, tick=self._watch_memory)
        except ChannelTimeout:
            self.close()
            raise ProcessEnded("timeout", "took longer than the time limit") from None
        except ChannelClosed:
            raise self._explain_end() from None
        except FrameError as error:
            self.close()
            raise ProcessEnded("tampered", f"the answer is not one that this kit sends: {error}") from None
        if type(answer) is not dict or not isinstance(answer.get("seconds"), float):
            self.close()
            raise ProcessEnded("tampered", "the answer is not one that this kit sends")
        self.seconds_inside += min(max(answer["seconds"], 0.0), 1e6)
        return answer

    def _watch_memory(self) -> None:
        if sys.platform != "linux":
            return
        used = linux.private_memory(self._pid) - self._memory_before
        limit = self._settings.limits.memory_mb
        if used > limit * 2**20:
            self.close()
            raise ProcessEnded("memory", f"used more than the {limit} MB of memory that are allowed")

    def _explain_end(self) -> ProcessEnded:
        self.close()
        ending = self.ending or Ending()
        if ending.signal:
            what = _SIGNALS.get(ending.signal, f"signal {ending.signal}")
            return ProcessEnded("crashed", f"the process was ended by {what}")
        return ProcessEnded("crashed", f"the process left with exit status {ending.exit_code} instead of answering")

    def close(self) -> Ending:
        """Ends the process and all below it, removes its scratch folder, and says how it ended."""
        if self.ending is not None:
            return self.ending
        self._channel.close()
        self.ending = self._guardian.end()
        # done by the keeper, where there is one that lives
        shutil.rmtree(self._settings.scratch, ignore_errors=True)
        return self.ending
