"""A student process as the grader sees it: requests with deadlines, and how it ended."""

from __future__ import annotations

import errno
import math
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from autograder.errors import UsageError
from autograder.facts.fact import Fact
from autograder.isolation.sandbox.scratch import remove_scratch
from autograder.isolation.settings import UNREADABLE, Limits, Settings
from autograder.wire import Bounds, Channel, ChannelClosed, ChannelTimeout, FrameError


class TemplateError(UsageError):
    """A machine or a template that cannot run submissions; the message says why in one line."""


# what a machine is out of that it may have again in a moment: processes, memory, descriptors
NO_ROOM = (errno.EAGAIN, errno.ENOMEM, errno.EMFILE, errno.ENFILE, errno.ENOBUFS, errno.ETOOMANYREFS)


class NoProcess(TemplateError):
    """A machine that has no room for another process now; the message says what it is out of."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        super().__init__(
            f"no process could be started for a submission ({reason}); close other programs, or use fewer --workers"
        )


class ProcessEnded(Exception):
    """A student process that will not answer any more; the fact tells how it ended."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact.kind)
        self.fact = fact


@dataclass
class Ending:
    """How a student process ended.

    Attributes:
        signal: The signal that ended it, or 0.
        exit_code: Its exit status when no signal did.
        output: What it printed since that was last asked, cut to the limit.
        reason: The limit that it exceeded (`memory`, `processes`, `descriptors`, `scratch`); `keeper` when the process
            that watches it was killed; or "".
        cpu_seconds: Processor time it used.
        left: How many processes of the submission could not be ended: none, on a machine that works.
    """

    signal: int = 0
    exit_code: int = 0
    output: str = ""
    reason: str = ""
    cpu_seconds: float = 0.0
    left: int = 0


class Guardian(Protocol):
    """Whoever holds a student process: a keeper, or the grader itself where nothing can be forked."""

    def begin(self, deadline: float) -> dict[str, Any]:
        """Waits for the process to exist; returns its `pid` and `sandbox`, or {} when it failed.

        Raises:
            NoProcess: When this machine has no room for it now.
        """

    def printed(self) -> str:
        """What was printed since this was last asked, cut to the limit; what cannot be told now comes with the end."""

    def end(self) -> Ending:
        """Ends the process and all below it."""


_PROCESSOR_TIME = 24
# signals that have a name in every language
_KNOWN_SIGNALS = (4, 6, 7, 8, 9, 11, 15, 25)


def _exceeded(reason: str, limits: Limits) -> Fact:
    """The limit that a process went beyond; `keeper` where the process that watched it was killed."""
    values = {
        "memory": {"limit": limits.memory_mb},
        "scratch": {"limit": limits.scratch_mb},
        "processes": {"limit": limits.processes, "tasks": limits.tasks},
        "descriptors": {"limit": limits.descriptors, "sockets": limits.sockets},
    }
    return Fact(reason, values=values.get(reason, {}))


class StudentProcess:
    """One student process."""

    def __init__(self, channel: Channel, guardian: Guardian, settings: Settings) -> None:
        self._channel = channel
        self._channel.answers = Bounds.of_answers(settings.limits.answer_mb)
        self._guardian = guardian
        self._settings = settings
        self.sandbox: dict[str, str] = {}
        self.ending: Ending | None = None
        self.seconds_inside = 0.0

    @property
    def seconds_coding(self) -> float:
        """Time the grader spent turning values into bytes and back."""
        return self._channel.seconds_coding

    def start(self, deadline: float) -> None:
        """Waits until the process has set itself up.

        Raises:
            NoProcess: When this machine has no room for it, or no device; that costs no submission a mark.
        """
        # room for a slow machine, not for the submission: none of its code is loaded yet
        deadline = max(deadline, time.monotonic() + 30.0)
        try:
            record = self._guardian.begin(deadline)
        except NoProcess:
            self.close()
            raise
        if not record:
            self.close()
            # nothing of the submission exists yet: this is the machine's doing, and costs nobody points
            raise TemplateError("no student process could be set up; `autograder doctor` looks for the reason")
        self.sandbox = record["sandbox"]
        if UNREADABLE in self.sandbox:
            self.close()
            raise TemplateError(
                f"no other user may read {self.sandbox[UNREADABLE]}, and without a mount namespace it cannot be shown "
                "to them: install Python where every user may read it, or start the grader as an ordinary user"
            )
        answer = self._receive(deadline)
        if "raised" in answer:
            self.close()
            raise NoProcess(_told(answer["raised"]))

    def request(self, action: str, deadline: float, **parameters: Any) -> dict[str, Any]:
        """Sends a request and waits for its answer.

        Raises:
            ProcessEnded: When it did not answer in time, ended, used too much memory, or sent something else
                than an answer. The process is gone then.
        """
        if self.ending is not None:
            raise ProcessEnded(Fact("ended"))
        self._send({"do": action, **parameters}, deadline)
        return self._receive(deadline)

    def request_answering(
        self, reply: Callable[[dict[str, Any]], dict[str, Any]], action: str, deadline: float, **parameters: Any
    ) -> dict[str, Any]:
        """As `request`, of a process that may ask in turn; while it waits for that, its time stands still."""
        answer = self.request(action, deadline, **parameters)
        while "ask" in answer:
            start = time.monotonic()
            given = reply(answer)
            deadline += time.monotonic() - start
            self._send(given, deadline)
            answer = self._receive(deadline)
        return answer

    def _send(self, value: dict[str, Any], deadline: float) -> None:
        try:
            self._channel.send(value, deadline=deadline)
        except ChannelTimeout:
            self.close()
            raise ProcessEnded(Fact("time-limit")) from None
        except ChannelClosed:
            pass  # how it ended is told by what is received

    def printed(self) -> str:
        """What was printed since this was last asked, as far as it is known; of a process that has ended, nothing."""
        return "" if self.ending is not None else self._guardian.printed()

    def _receive(self, deadline: float) -> dict[str, Any]:
        start = time.perf_counter()
        try:
            answer = self._channel.receive(deadline)
        except ChannelTimeout:
            self.close()
            raise ProcessEnded(Fact("time-limit")) from None
        except ChannelClosed:
            raise self._explain_end() from None
        except FrameError as error:
            self.close()
            raise ProcessEnded(Fact("not-an-answer", values={"why": str(error)})) from None
        if type(answer) is not dict or type(answer.get("seconds")) is not float or math.isnan(answer["seconds"]):
            self.close()
            raise ProcessEnded(Fact("not-an-answer"))
        # what it says of its own time counts no further than the time that passed
        self.seconds_inside += min(max(answer["seconds"], 0.0), time.perf_counter() - start)
        return answer

    def _explain_end(self) -> ProcessEnded:
        self.close()
        ending = self.ending or Ending()
        if ending.reason:
            return ProcessEnded(_exceeded(ending.reason, self._settings.limits))
        if ending.signal == _PROCESSOR_TIME:
            return ProcessEnded(Fact("processor-time"))
        if ending.signal:
            known = ending.signal in _KNOWN_SIGNALS
            name = Fact(f"signal-{ending.signal if known else 'other'}", values={"number": ending.signal})
            return ProcessEnded(Fact("signal", values={"name": name}))
        return ProcessEnded(Fact("exit", values={"status": ending.exit_code}))

    def close(self) -> Ending:
        """Ends the process and all below it, removes its scratch folder, and says how it ended."""
        if self.ending is not None:
            return self.ending
        self._channel.close()
        self.ending = self._guardian.end()
        # done by the keeper, where there is one that lives
        remove_scratch(self._settings.scratch)
        return self.ending


def _told(raised: Any) -> str:
    """An exception that the process described, in words: its type and its text."""
    described = raised if isinstance(raised, dict) else {"text": raised}
    return ": ".join(str(described[key]) for key in ("error", "text") if described.get(key))[:500]
