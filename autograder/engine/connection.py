"""The process of a submission: started when it is first needed, loaded, and started again after an end."""

from __future__ import annotations

import sys
import time
from dataclasses import dataclass, field, replace
from typing import Any

from autograder.engine.answers import MOST_PROBLEMS, counted, problems_of, warnings_of
from autograder.engine.setup import Setup
from autograder.engine.texts import text_of, texts_of
from autograder.facts.fact import Fact, Place
from autograder.fingerprint import derived_seed
from autograder.handin.sources import Source
from autograder.isolation.host.clock import Use, processor_seconds
from autograder.isolation.host.errors import TemplateError
from autograder.isolation.host.process import StudentProcess, Waiting
from autograder.isolation.host.starting import settings_of_its_own, start_process
from autograder.isolation.settings import Settings, missing, refusal

_MOST_TEXTS = 2000
# characters of what one question prints, and different warnings that come up in it
MOST_PRINTED = 4000
_MOST_WARNED = 20


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


@dataclass(frozen=True)
class Loaded:
    """What a process says of a text that it has loaded.

    Attributes:
        names: The names that it defines.
        problems: What could not be honoured; some of it comes up when a question needs it.
        homes: The cell of a notebook that each function and class stands in.
    """

    names: list[str] = field(default_factory=list)
    problems: list[Fact] = field(default_factory=list)
    homes: dict[str, str] = field(default_factory=dict)

    def is_half_read(self, name: str) -> bool:
        """Whether a line of the cell that a function stands in could not be honoured."""
        home = self.homes.get(name)
        return home is not None and any(
            one.place == Place.of(home, one.place.line) for one in self.problems if one.place
        )

    def note(self, problems: list[Fact]) -> None:
        """Adds what is not noted yet."""
        new = [one for one in problems if one not in self.problems]
        self.problems.extend(new[: max(0, MOST_PROBLEMS - len(self.problems))])


class Connection:
    """A line to the process that runs a submission, while there is one.

    Attributes:
        process: The process, or None.
        seeded: Seed and question that its libraries were seeded for last.
        output: What its processes printed while they were loaded.
        sandbox: The layers they ran under: layer → "" when in force, else why not.
        left: How many of them could not be ended.
        timings: Where the time went.
    """

    def __init__(self, setup: Setup) -> None:
        self._setup = setup
        self.process: StudentProcess | None = None
        self.seeded: tuple[int, str] | None = None
        self.output = ""
        self._printed = ""
        self._warned: tuple[Fact, ...] = ()
        self._is_loading = False
        self.sandbox: dict[str, str] = {}
        self.left = 0
        self.timings = Timings()
        self._used = 0.0  # processor seconds of processes that have ended

    def open(self, source: Source, waiting: Waiting) -> Loaded:
        """Starts a process and loads a text into it; the time that its own start takes is nobody's.

        Raises:
            ProcessEnded: When the process does not survive it.
            NoProcess: When this machine has no room for a process.
        """
        start = time.perf_counter()
        self.process = start_process(self._setup.spawner, self._settings)
        self.sandbox, self.seeded = self.process.sandbox, None
        waited = time.perf_counter() - start
        waiting.forgive(waited)
        self.timings.fork += waited - self.process.seconds_inside
        try:
            if self._setup.policy.strict and missing(self.sandbox):
                raise TemplateError(refusal(self.sandbox))
            self._is_loading = True
            loaded = self.load(source, waiting)
            self._note(self.process.printed())
            self._is_loading = False
            return loaded
        except BaseException:
            self.close()
            raise

    def load(self, source: Source, waiting: Waiting) -> Loaded:
        """Loads a text into the process that runs, in place of what it held."""
        assert self.process is not None
        answer = self.process.request(
            "load",
            waiting,
            parts=source.parts,
            whole=source.whole,
            forbidden=self._setup.forbidden,
        )
        report = answer.get("value")
        problems = problems_of(answer.get("problems"))
        if type(report) is not dict:
            return Loaded(problems=problems)
        homes = report.get("homes")
        places = list(homes.items())[:_MOST_TEXTS] if type(homes) is dict else []
        names = texts_of(report.get("names"), _MOST_TEXTS)
        return Loaded(names, problems, {text_of(name): text_of(part) for name, part in places})

    def use(self) -> Use | None:
        """What its processes have used, and what the one that runs does; None where that cannot be told."""
        if self.process is None:
            return Use(self._used, "runs") if sys.platform == "linux" else None
        use = self.process.use()
        return replace(use, cpu=self._used + use.cpu) if use is not None else None

    def used(self) -> float:
        """Processor seconds of its processes, as far as they are known."""
        return self._used + (processor_seconds(self.process.pid) if self.process is not None else 0.0)

    def count(self, seconds: float) -> None:
        """Counts as used what a process has let pass."""
        self._used += seconds

    def _settings(self) -> Settings:
        setup = self._setup
        return settings_of_its_own(
            setup.user,
            seed=derived_seed(setup.seed, "load"),
            device=setup.device,
            device_mb=setup.policy.device_mb,
            limits=setup.limits,
            layers=setup.policy.layers,
            data=setup.data,
            without=setup.without,
            hidden=setup.policy.hidden,
        )

    def printed(self) -> str:
        """What was printed since this was last asked, other than by loading.

        It is asked when a question ends. A process flushes its output before it answers, so what its calls printed is
        there by then, and nobody waits for more. A character beyond `MOST_PRINTED` tells that more was printed.
        """
        start = time.perf_counter()
        if self.process is not None:
            self._note(self.process.printed())
        self.timings.wire += time.perf_counter() - start
        text, self._printed = self._printed, ""
        return text

    def _note(self, text: str) -> None:
        """Adds what was printed to that of the loading, or of the question, whichever it is now."""
        if self._is_loading:
            # one that ends in every question is loaded as often, and prints the same each time
            new = "" if text in self.output else text
            self.output = (self.output + new)[: self._setup.limits.output_bytes]
        else:
            self._printed = (self._printed + text)[: MOST_PRINTED + 1]

    def note_warnings(self, value: Any) -> None:
        """Adds the warnings that came with an answer to those of the question."""
        self._warned = counted((*self._warned, *warnings_of(value)))[:_MOST_WARNED]

    def warned(self) -> tuple[Fact, ...]:
        """Warnings that came up since this was last asked, each once."""
        found, self._warned = self._warned, ()
        return found

    def close(self) -> None:
        """Ends the process, if there is one."""
        process, self.process = self.process, None
        if process is None:
            return
        start = time.perf_counter()
        ending = process.close()
        self._used += ending.cpu_seconds
        self.left += ending.left
        self._note(ending.output)
        self._is_loading = False
        self.timings.fork += time.perf_counter() - start
        self.timings.inside += process.seconds_inside
        self.timings.wire += process.seconds_coding
