"""One submission's conversation: the clock of its questions, its requests, and what happens after an end."""

from __future__ import annotations

import time
from dataclasses import replace
from typing import Any

from autograder.assertions.failure import CheckFailed
from autograder.engine.connection import Connection, problems_of
from autograder.engine.observed import size_of
from autograder.engine.record import Record
from autograder.engine.setup import Setup
from autograder.facts.fact import Fact
from autograder.fingerprint import derived_seed
from autograder.handin.sources import Source
from autograder.isolation.host.clock import Clock, Use
from autograder.isolation.host.errors import NoProcess, ProcessEnded
from autograder.isolation.host.process import StudentProcess
from autograder.wire import ChannelTimeout

# a test may hold so many of the largest answers at a time
_ANSWERS = 4


class Session:
    """One submission, running.

    Attributes:
        connection: The line to its process.
        record: What becomes of it.
    """

    def __init__(self, setup: Setup, connection: Connection | None = None) -> None:
        self.setup = setup
        self.record = Record()
        self.connection = connection or Connection(setup)
        self._source = setup.source
        self._dead: ProcessEnded | None = None
        self._no_process: NoProcess | None = None
        self._question = ""
        self._forbids: tuple[str, ...] = ()
        self._received = 0
        self._of_question = Clock(0.0)
        self._of_submission = self._clock(setup.limits.seconds_per_submission)

    def _clock(self, seconds: float, decides: bool = True) -> Clock:
        return Clock(seconds, self.connection.used(), self.setup.patience if decides else 0.0)

    def begin(
        self, question_id: str, forbids: tuple[str, ...] = (), seconds: float = float("inf"), decides: bool = True
    ) -> None:
        """Starts a question's clock; its first request seeds the libraries from the question's id.

        Args:
            question_id: The question.
            forbids: Calls that it forbids.
            seconds: What it may take, if that is less than usual.
            decides: Whether marks depend on it. What only words need is not waited for on a busy machine.
        """
        self._question = question_id
        self._forbids = forbids
        self.connection.seeded = None
        self._received = 0
        self._of_question = self._clock(min(seconds, self.setup.limits.seconds_per_question), decides)

    def begin_late(self, question_id: str, seconds: float, decides: bool = False) -> None:
        """Starts the clock of something that is asked when the time of the submission may be over."""
        self.begin(question_id, seconds=seconds, decides=decides)
        if self._of_submission.deadline < time.monotonic() + seconds:
            self._of_submission = self._clock(seconds, decides)

    def forgive(self, seconds: float) -> None:
        """Time that somebody else took, while the submission waited."""
        self._of_question.forgive(seconds)
        self._of_submission.forgive(seconds)

    def answered(self, waited: float) -> None:
        """It has answered, so many seconds after the last look at it."""
        self._of_question.answered(waited)
        self._of_submission.answered(waited)

    def extend(self, use: Use | None, waited: float) -> None:
        """Gives the process more time, where it had too little of the machine; see `Clock`."""
        for clock in (self._of_question, self._of_submission):
            if clock.deadline <= time.monotonic():
                # of its processes before as well
                clock.extend(self.connection.use(), waited)

    @property
    def deadline(self) -> float:
        """When it has taken as long as it may, by the clock."""
        return min(self._of_question.deadline, self._of_submission.deadline)

    def replace(self, source: Source) -> None:
        """Puts another text in the place of this one: loaded into the process that runs, if there is one."""
        self._source = source
        self.record = Record()
        self._dead = None
        limits = self.setup.limits
        self._of_submission = self._clock(limits.seconds_per_submission)
        self._of_question = self._clock(limits.seconds_per_question)
        if self.connection.process is not None:
            try:
                self.record.loaded = self.connection.load(source, self)
            except ProcessEnded as end:
                self._failure(end)

    def beside(self, seed: int, seconds: float, decides: bool = True) -> Session:
        """The same submission on another seed, in the same process, with a record of its own.

        Args:
            seed: The seed.
            seconds: What all of it may take.
            decides: Whether marks depend on it.
        """
        limits = self.setup.limits
        shorter = replace(
            limits,
            seconds_per_question=min(seconds, limits.seconds_per_question),
            seconds_per_submission=seconds,
        )
        patience = self.setup.patience if decides else 0.0
        other = Session(replace(self.setup, seed=seed, limits=shorter, patience=patience), self.connection)
        other.record = Record(loaded=self.record.loaded)
        other._dead, other._no_process = self._dead, self._no_process
        return other

    def request(self, action: str, **parameters: Any) -> dict[str, Any]:
        """Sends a request to the student process, starting it when there is none.

        Raises:
            CheckFailed: When there is no answer; the fact says why.
            NoProcess: When this machine has no room for a process.
        """
        if self._no_process is not None:
            # it was waited for once: each question after it would wait again
            raise self._no_process
        try:
            process = self._ready_process()
            answer = self._sent(process, action, parameters)
        except ProcessEnded as end:
            raise self._failure(end) from None
        except NoProcess as error:
            self._no_process = error
            raise
        self._count(answer)
        self.record.loaded.note(problems_of(answer.get("problems")))
        self.connection.note_warnings(answer.get("warned"))
        return answer

    def _sent(self, process: StudentProcess, action: str, parameters: dict[str, Any]) -> dict[str, Any]:
        return process.request(action, self, **parameters)

    def _count(self, answer: dict[str, Any]) -> None:
        """Bounds what a test can make the grader hold: each answer has a limit, and so have all of them together."""
        limit = _ANSWERS * self.setup.limits.answer_mb
        self._received += size_of(answer, limit * 2**20)
        if self._received > limit * 2**20:
            raise CheckFailed(Fact("answers-too-large", values={"limit": limit}), outcome="error")

    def _ready_process(self) -> StudentProcess:
        if self._dead is not None:
            raise self._dead
        self._look_at_the_time()
        if self.connection.process is None:
            self._open()
        process = self.connection.process
        assert process is not None
        wanted = (self.setup.seed, self._question)
        if self.connection.seeded != wanted:
            self.connection.seeded = wanted
            seed = derived_seed(self.setup.seed, "libraries", self._question)
            process.request("seed", self, seed=seed, forbidden=self._forbids)
        return process

    def _look_at_the_time(self) -> None:
        """Whether there is any left for the submission."""
        clock = self._of_submission
        if clock.deadline <= time.monotonic():
            try:
                clock.extend(self.connection.use(), 0.0)
            except ChannelTimeout:
                fact = Fact("no-time-left", values={"seconds": self.setup.limits.seconds_per_submission})
                raise ProcessEnded(fact) from None

    def _open(self) -> None:
        """Starts a process and loads the submission."""
        known = self.record.loaded.problems
        try:
            self.record.loaded = self.connection.open(self._source, self)
        except ProcessEnded as end:
            # it does not survive being loaded, and would not the next time
            self._dead = end
            raise
        self.record.loaded.note(known)

    def _failure(self, end: ProcessEnded) -> CheckFailed:
        self.connection.close()
        if end.fact.kind == "time-limit":
            # the whole of it, as what it slept is its own
            self.connection.count(self._of_question.unused(self.connection.used()))
        self.record.ends.append(end.fact)
        return CheckFailed(self._told(end), outcome="error")

    def _told(self, end: ProcessEnded) -> Fact:
        if end.fact.kind != "time-limit":
            return end.fact
        return replace(end.fact, values={"seconds": self.setup.limits.seconds_per_question})

    def printed(self) -> str:
        """What the calls of a question printed, when it ends: what was printed since this was last asked."""
        return self.connection.printed()

    def warned(self) -> tuple[Fact, ...]:
        """Warnings that came up in a question's calls, each once, since this was last asked."""
        return self.connection.warned()

    @property
    def is_running(self) -> bool:
        """Whether a process of the submission is there, loaded and ready to be asked."""
        return self.connection.process is not None

    def close(self) -> None:
        """Ends the process, if there is one."""
        self.connection.close()
