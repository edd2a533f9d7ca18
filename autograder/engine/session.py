"""One submission's conversation: starts its process, loads it, restarts it after an end, and keeps the time."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.assignment.questions import CheckFailed
from autograder.engine.observed import Notebook, size_of
from autograder.fingerprint import derived_seed
from autograder.handin.sources import Source
from autograder.isolation.host.process import NO_ROOM, NoProcess, ProcessEnded, StudentProcess, TemplateError
from autograder.isolation.host.starting import Spawner, start_process
from autograder.isolation.host.users import free_user
from autograder.isolation.sandbox.scratch import new_scratch
from autograder.isolation.settings import AUTO, Limits, SandboxPolicy, Settings, missing, refusal
from autograder.text import shortened

_MOST_TEXTS = 2000
# a test may hold so many of the largest answers at a time
_ANSWERS = 4


@dataclass
class Timings:
    """Where a submission's wall time went, in seconds.

    Attributes:
        inside: The student process's own work: TensorFlow's start, loading, calls.
        fork: Making, isolating and ending processes.
        wire: Encoding, decoding and carrying values.
        comparison: The tests' own work: fixtures, references, comparing.
        pytest: pytest around the tests.
        total: All of it.
    """

    inside: float = 0.0
    fork: float = 0.0
    wire: float = 0.0
    comparison: float = 0.0
    pytest: float = 0.0
    total: float = 0.0


@dataclass
class Session:
    """One submission, running.

    Attributes:
        spawner: Where its processes come from.
        source: Its text.
        limits: Its time and memory.
        seed: The run's seed.
        device: `cpu` or `gpu:N`.
        user: The first of the unprivileged users that its processes run as, or None.
        policy: What is asked of the sandbox.
        data: Files that the assignment declares.
        without: Modules that the submission cannot import.
        forbidden: Calls that some question of the assignment forbids.
        events: Statuses of processes that ended, in order.
        problems: Lines about statements that failed while loading.
        remark: One line about how it was loaded, or "".
        sandbox: The layers its process runs under: layer → "" when in force, else why not.
        observed: What the calls of the present test returned.
        left: How many of its processes could not be ended.
        explains: Whether wrong answers are to be explained: some checks then look for the cause.
        notes: Lines about help that could not be given, such as a picture; they cost nobody a point.
    """

    spawner: Spawner
    source: Source
    limits: Limits
    seed: int = 0
    device: str = "cpu"
    user: int | None = None
    policy: SandboxPolicy = AUTO
    data: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    forbidden: tuple[str, ...] = ()
    events: list[str] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    names: list[str] = field(default_factory=list)
    remark: str = ""
    output: str = ""
    sandbox: dict[str, str] = field(default_factory=dict)
    timings: Timings = field(default_factory=Timings)
    observed: Notebook = field(default_factory=Notebook)
    left: int = 0
    explains: bool = False
    notes: list[str] = field(default_factory=list)
    _process: StudentProcess | None = None
    _dead: ProcessEnded | None = None
    _no_process: NoProcess | None = None
    _question: str = ""
    _forbids: tuple[str, ...] = ()
    _seeded: str | None = None
    _question_deadline: float = 0.0
    _received: int = 0

    def __post_init__(self) -> None:
        self._submission_deadline = time.monotonic() + self.limits.seconds_per_submission

    def begin(self, question_id: str, forbids: tuple[str, ...] = (), seconds: float = float("inf")) -> None:
        """Starts a question's clock; its first request seeds the libraries from the question's id.

        Args:
            question_id: The question.
            forbids: Calls that it does not allow.
            seconds: Time for it where less is to be given than the assignment allows.
        """
        self._question = question_id
        self._forbids = forbids
        self._seeded = None
        self.observed = Notebook()
        self._received = 0
        self._question_deadline = time.monotonic() + min(seconds, self.limits.seconds_per_question)

    def replace(self, source: Source) -> None:
        """Puts another text in the place of this one: loaded into the process that runs, if there is one."""
        self.source = source
        self.events, self.problems, self.names, self.remark = [], [], [], ""
        self._dead = None
        self._submission_deadline = time.monotonic() + self.limits.seconds_per_submission
        self._question_deadline = time.monotonic() + self.limits.seconds_per_question
        if self._process is not None:
            try:
                self._load_into(self._process, definitions_only=False)
            except ProcessEnded as end:
                self._failure(end)

    @contextmanager
    def aside(self, seed: int, seconds: float) -> Iterator[None]:
        """Runs tests beside the grading, on another seed: what becomes of them changes nothing of the result.

        Args:
            seed: The seed meanwhile.
            seconds: Time for all of it.
        """
        kept = {name: getattr(self, name) for name in ("seed", "limits", "remark", "_dead", "_no_process")}
        events, problems = list(self.events), list(self.problems)
        shorter = min(seconds, self.limits.seconds_per_question)
        self.seed, self.limits = seed, replace(self.limits, seconds_per_question=shorter)
        self._submission_deadline = time.monotonic() + seconds
        try:
            yield
        finally:
            for name, value in kept.items():
                setattr(self, name, value)
            self.events, self.problems = events, problems

    def request(self, action: str, **parameters: Any) -> dict[str, Any]:
        """Sends a request to the student process, starting it when there is none.

        Raises:
            CheckFailed: When there is no answer; the message says why.
            NoProcess: When this machine has no room for a process.
        """
        if self._no_process is not None:
            # it was waited for once: each question after it would wait again
            raise self._no_process
        try:
            process = self._ready_process()
            answer = process.request(action, self._deadline(), **parameters)
        except ProcessEnded as end:
            raise self._failure(end) from None
        except NoProcess as error:
            self._no_process = error
            raise
        self._count(answer)
        return answer

    def _count(self, answer: dict[str, Any]) -> None:
        """Bounds what a test can make the grader hold: each answer has a limit, and so have all of them together."""
        most = _ANSWERS * self.limits.answer_mb * 2**20
        self._received += size_of(answer, most)
        if self._received > most:
            raise CheckFailed(
                f"your answers to this question take more than {_ANSWERS * self.limits.answer_mb} MB together; "
                "return what is asked for and no more",
                outcome="error",
            )

    def _deadline(self) -> float:
        return min(self._question_deadline, self._submission_deadline)

    def _ready_process(self) -> StudentProcess:
        if self._dead is not None:
            raise self._dead
        if time.monotonic() > self._submission_deadline:
            limit = f"{self.limits.seconds_per_submission:g} s"
            raise ProcessEnded("timeout", f"the {limit} of the whole submission were used up before")
        if self._process is None:
            self._process = self._load()
        if self._seeded != self._question:
            self._seeded = self._question
            seed = derived_seed(self.seed, "libraries", self._question)
            self._process.request("seed", self._deadline(), seed=seed, forbidden=self._forbids)
        return self._process

    def _load(self) -> StudentProcess:
        """Starts a process and loads the submission; one that does not survive its own import gets a second chance."""
        definitions_only = self.source.definitions_only or bool(self.remark)
        try:
            return self._load_once(definitions_only)
        except ProcessEnded as end:
            if definitions_only:
                self._dead = end
                raise
            self.events.append(end.status)
            self.remark = (
                f"running the file from top to bottom failed ({end.message}); "
                "only its imports, functions and classes were loaded"
            )
        self._question_deadline = time.monotonic() + self.limits.seconds_per_question
        return self._load()

    def _load_once(self, definitions_only: bool) -> StudentProcess:
        process = self._start()
        try:
            self._load_into(process, definitions_only)
        except BaseException:
            self._end(process)
            raise
        return process

    def _load_into(self, process: StudentProcess, definitions_only: bool) -> None:
        answer = process.request(
            "load",
            self._deadline(),
            parts=self.source.parts,
            definitions_only=definitions_only,
            forbidden=self.forbidden,
        )
        report = answer.get("value")
        if type(report) is dict:
            self.problems = _texts(report.get("problems"))
            self.names = _texts(report.get("names"))

    def _start(self) -> StudentProcess:
        start = time.perf_counter()
        process = start_process(self.spawner, self._settings, self._deadline())
        self.sandbox = process.sandbox
        if self.policy.strict and missing(self.sandbox):
            self._end(process)
            raise TemplateError(refusal(self.sandbox))
        self.timings.fork += time.perf_counter() - start - process.seconds_inside
        # the process's own start is waited for here: the clock of the question begins when it is ready
        waited = time.perf_counter() - start
        self._question_deadline += waited
        self._submission_deadline += waited
        return process

    def _settings(self) -> Settings:
        """For a new process: a scratch folder of its own, and where we are root a user of its own."""
        user = None if self.user is None else free_user(self.user)
        try:
            scratch = new_scratch(user)
        except OSError as error:
            if error.errno in NO_ROOM:
                raise
            raise TemplateError(f"no scratch folder can be made: {error}; set TMPDIR to another place") from None
        return Settings(
            scratch=scratch,
            seed=derived_seed(self.seed, "load"),
            device=self.device,
            limits=self.limits,
            user=user,
            layers=self.policy.layers,
            data=self.data,
            without=self.without,
            hidden=self.policy.hidden,
        )

    def _end(self, process: StudentProcess) -> None:
        start = time.perf_counter()
        ending = process.close()
        self.left += ending.left
        self.output = (self.output + ending.output)[: self.limits.output_bytes]
        self.timings.fork += time.perf_counter() - start
        self.timings.inside += process.seconds_inside
        self.timings.wire += process.seconds_coding

    def _failure(self, end: ProcessEnded) -> CheckFailed:
        if self._process is not None:
            self._end(self._process)
            self._process = None
        self.events.append(end.status)
        message = end.message
        if end.status == "timeout" and "limit" in message:
            message += f" of {self.limits.seconds_per_question:g} s"
        return CheckFailed(message, outcome="error")

    @property
    def is_running(self) -> bool:
        """Whether a process of the submission is there, loaded and ready to be asked."""
        return self._process is not None

    def close(self) -> None:
        """Ends the process, if there is one."""
        if self._process is not None:
            self._end(self._process)
            self._process = None


def _texts(value: Any) -> list[str]:
    """The texts in what a student process calls a list of texts, in bounded number and length."""
    return [shortened(text) for text in value[:_MOST_TEXTS] if type(text) is str] if type(value) is list else []
