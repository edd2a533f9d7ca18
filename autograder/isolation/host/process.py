"""A student process as the grader sees it: requests with deadlines, and how it ended."""

from __future__ import annotations

import contextlib
import math
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, ClassVar, Protocol

from autograder.facts.fact import Fact
from autograder.isolation.host.clock import Use, use_of
from autograder.isolation.host.errors import NoProcess, ProcessEnded, TemplateError, TooBusy
from autograder.isolation.sandbox.scratch import remove_scratch
from autograder.isolation.settings import UNREADABLE, Limits, Settings
from autograder.wire import Bounds, Channel, ChannelClosed, ChannelTimeout, FrameError


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


class Waiting(Protocol):
    """Whoever says how long a process is waited for, such as a `Clock`.

    Attributes:
        deadline: When it has taken as long as it may, by the clock.
    """

    @property
    def deadline(self) -> float:
        """As above."""

    def forgive(self, seconds: float) -> None:
        """Time that somebody else took, while the process waited."""

    def answered(self, waited: float) -> None:
        """It has answered, so many seconds after the last look at it."""

    def extend(self, use: Use | None, waited: float) -> None:
        """Gives it more time, or raises: `ChannelTimeout` when it is too slow, `TooBusy` when nobody can tell."""


# a process is set up in a hundredth of that; none of the submission is there yet
_SECONDS_TO_START = 120.0
_PROCESSOR_TIME = 24
_KILL = 9
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


@dataclass
class _Start:
    """The time that a process has to set itself up: one that is late is the machine's fault."""

    deadline: float

    def forgive(self, seconds: float) -> None:
        """It waits for nobody."""

    def answered(self, waited: float) -> None:
        """It is there."""

    def extend(self, use: Use | None, waited: float) -> None:
        """There is no more time."""
        raise TooBusy


class StudentProcess:
    """One student process.

    Attributes:
        kills: How many, of all that this process has had, were killed other than by its order: by themselves, by
            somebody who may, or by a machine that was out of memory. Nobody can tell which.
    """

    kills: ClassVar[int] = 0

    def __init__(self, channel: Channel, guardian: Guardian, settings: Settings) -> None:
        self._channel = channel
        self._channel.answers = Bounds.of_answers(settings.limits.answer_mb)
        self._guardian = guardian
        self._settings = settings
        self.pid = 0
        self.sandbox: dict[str, str] = {}
        self.ending: Ending | None = None
        self.seconds_inside = 0.0

    @property
    def seconds_coding(self) -> float:
        """Time the grader spent turning values into bytes and back."""
        return self._channel.seconds_coding

    def start(self) -> None:
        """Waits until the process has set itself up.

        Raises:
            NoProcess: When the machine has no room for it, or no device, or takes too long: no submission's doing.
        """
        deadline = time.monotonic() + _SECONDS_TO_START
        try:
            record = self._guardian.begin(deadline)
            if not record and time.monotonic() > deadline:
                raise TooBusy
        except NoProcess:
            self.close()
            raise
        if not record:
            self.close()
            # nothing of the submission exists yet: this is the machine's doing, and costs nobody points
            raise TemplateError("no student process could be set up; `autograder doctor` looks for the reason")
        self.pid, self.sandbox = record["pid"], record["sandbox"]
        if UNREADABLE in self.sandbox:
            self.close()
            raise TemplateError(
                f"no other user may read {self.sandbox[UNREADABLE]}, and without a mount namespace it cannot be shown "
                "to them: install Python where every user may read it, or start the grader as an ordinary user"
            )
        answer = self._receive(_Start(deadline))
        if "raised" in answer:
            self.close()
            raise NoProcess(_told(answer["raised"]))

    def use(self) -> Use | None:
        """What it has used of the processor, and what it does; None where that cannot be told."""
        return use_of(self.pid) if self.pid and self.ending is None else None

    def request(self, action: str, waiting: Waiting, **parameters: Any) -> dict[str, Any]:
        """Sends a request and waits for its answer.

        Raises:
            ProcessEnded: When it did not answer in time, ended, used too much memory, or sent something else
                than an answer. The process is gone then.
            TooBusy: When the machine is too busy to tell whether it is too slow. The process is gone then.
        """
        if self.ending is not None:
            raise ProcessEnded(Fact("ended"))
        self._send({"do": action, **parameters}, waiting)
        return self._receive(waiting)

    def request_answering(
        self, reply: Callable[[dict[str, Any]], dict[str, Any]], action: str, waiting: Waiting, **parameters: Any
    ) -> dict[str, Any]:
        """As `request`, of a process that may ask in turn; while it waits for that, its time stands still."""
        answer = self.request(action, waiting, **parameters)
        while "ask" in answer:
            start = time.monotonic()
            given = reply(answer)
            waiting.forgive(time.monotonic() - start)
            self._send(given, waiting)
            answer = self._receive(waiting)
        return answer

    def _send(self, value: dict[str, Any], waiting: Waiting) -> None:
        with self._waited_for(waiting) as later:
            try:
                self._channel.send(value, deadline=waiting.deadline, later=later)
            except ChannelClosed:
                pass  # how it ended is told by what is received

    @contextlib.contextmanager
    def _waited_for(self, waiting: Waiting) -> Iterator[Callable[[], float]]:
        """Gives what tells a later deadline when one has passed; a process that is given up is ended."""
        looked = time.monotonic()
        has_looked = False

        def later() -> float:
            nonlocal looked, has_looked
            now = time.monotonic()
            waiting.extend(self.use(), now - looked if has_looked else 0.0)
            looked, has_looked = now, True
            return waiting.deadline

        try:
            yield later
            waiting.answered(time.monotonic() - looked)
        except ChannelTimeout:
            self.close()
            raise ProcessEnded(Fact("time-limit")) from None
        except NoProcess:
            self.close()
            raise

    def printed(self) -> str:
        """What was printed since this was last asked, as far as it is known; of a process that has ended, nothing."""
        return "" if self.ending is not None else self._guardian.printed()

    def _receive(self, waiting: Waiting) -> dict[str, Any]:
        start = time.perf_counter()
        try:
            with self._waited_for(waiting) as later:
                answer = self._channel.receive(waiting.deadline, later=later)
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
        if ending.reason == "keeper" or (not ending.reason and ending.signal == _KILL):
            StudentProcess.kills += 1
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
