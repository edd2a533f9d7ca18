"""Looking on while tests run: what each asked, how long it took, and what it raised."""

from __future__ import annotations

import signal
import threading
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assertions.scores import watching_held_out
from autograder.assignment.definition import PUBLIC_TESTS, Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.observed import Observed
from autograder.engine.reference import ReferenceStore, key_of
from autograder.engine.suite import place_of_test
from autograder.isolation.host.starting import Spawner
from autograder.wire.trees import array_of

# a test that waits for something that never comes uses no processor; so many seconds are enough for any
_MOST_SECONDS = 600.0


class TooLong(BaseException):
    """A test has worked longer than it may; no `except Exception` of its own keeps it going."""


@dataclass(frozen=True)
class Place:
    """Where a test stands.

    Attributes:
        file: Its file.
        line: The line of its `def`.
        length: How many lines it has, from there.
        above: The line of its `@question`.
    """

    file: str
    line: int
    length: int
    above: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line}"

    @property
    def decorator(self) -> str:
        """The place of its `@question`."""
        return f"{self.file}:{self.above}"


@dataclass
class Seen:
    """What came of a test on one submission.

    Attributes:
        error: What it raised, or None.
        calls: What it asked the submission.
        asked: What it asked the reference: a hash of each call.
    """

    error: BaseException | None = None
    calls: tuple[Observed, ...] = ()
    asked: frozenset[str] = frozenset()


@dataclass(frozen=True)
class HeldOut:
    """Inputs of a score that the grader computes.

    Attributes:
        test: The test.
        place: Where it stands.
        X: The inputs, one row an example.
        labels: What is true of them.
    """

    test: str
    place: str
    X: np.ndarray
    labels: np.ndarray


@dataclass(eq=False)
class Watcher:
    """A plugin of pytest that looks on.

    Attributes:
        seconds: How long a test may work, without the time in which it waits for answers.
        places: Where each test stands.
        marked: Tests with a marker of pytest's that keeps them from being run: its name.
        twice: Tests of a name that another file has as well: the other place.
        files: Files that pytest has looked into.
        seen: What came of each test in this run.
        asked: What the test that runs now has asked the reference.
        held_out: Inputs of scores that were computed, in any run, each once.
        public: What public tests have asked the reference, in any run.
    """

    seconds: float
    places: dict[str, Place] = field(default_factory=dict)
    marked: dict[str, str] = field(default_factory=dict)
    files: list[str] = field(default_factory=list)
    twice: dict[str, str] = field(default_factory=dict)
    seen: dict[str, Seen] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    public: set[str] = field(default_factory=set)
    held_out: dict[tuple[str, bytes], HeldOut] = field(default_factory=dict)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Notes where tests stand."""
        for item in items:
            file, _, line = place_of_test(item).rpartition(":")
            if item.name in self.places:
                self.twice[f"{file}:{line}"] = str(self.places[item.name])
            self.places[item.name] = _place(item, file, int(line))
            marks = [mark.name for mark in item.iter_markers() if mark.name in ("skip", "skipif", "xfail")]
            if marks:
                self.marked[item.name] = marks[0]

    def pytest_collect_file(self, file_path: Path) -> None:
        """Notes which files are looked into."""
        self.files.append(str(file_path))

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, Any, Any]:
        """Ends a test that does not end."""
        with _limited(self.seconds), watching_held_out(partial(self._hold, item)):
            return (yield)

    def _hold(self, item: pytest.Item, X: Any, labels: Any) -> None:
        """Notes inputs whose labels the grader keeps."""
        rows = array_of(X)
        if isinstance(rows, np.ndarray) and rows.ndim > 1 and rows.dtype.kind in "biuf" and len(rows) == len(labels):
            flat = rows.reshape(len(rows), -1).astype(np.float64)
            one = HeldOut(item.name, str(self.places[item.name]), flat, np.asarray(labels))
            self.held_out.setdefault((item.name, flat.tobytes()), one)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Notes what came of it."""
        if call.when == "call" or call.excinfo is not None:
            student = getattr(item, "funcargs", {}).get("student")
            error = call.excinfo.value if call.excinfo is not None else None
            calls = tuple(student.calls) if student is not None else ()
            self.seen[item.name] = Seen(error, calls, frozenset(self.asked))
            if item.path.name == PUBLIC_TESTS:
                self.public |= self.asked
            self.asked.clear()
        return (yield)

    def begin(self) -> None:
        """Another submission."""
        self.seen = {}
        self.asked.clear()


class WatchedStore(ReferenceStore):
    """Values of the reference, computed anew; the watcher sees who asks for which."""

    def __init__(self, assignment: Assignment, spawner: Spawner, watcher: Watcher) -> None:
        super().__init__(assignment, spawner, DEFAULT_SEED, recorded=False)
        self._watcher = watcher

    def value(self, requests: list[dict[str, Any]]) -> Any:
        """The value that the last of a chain of requests gives."""
        self._watcher.asked.add(key_of(requests, DEFAULT_SEED))
        return super().value(requests)


def _place(item: pytest.Item, file: str, line: int) -> Place:
    code = item.obj.__code__  # type: ignore[attr-defined]
    last = max((number for _, _, number in code.co_lines() if number), default=line)
    # Python counts a function from its first decorator
    return Place(file, line, last - line + 1, code.co_firstlineno)


@contextmanager
def _limited(seconds: float) -> Iterator[None]:
    """Raises in the body when it has used so many seconds of a processor; where the system has no such clock, never."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return

    def stop(number: int, frame: object) -> None:
        raise TooLong

    clocks = {signal.SIGVTALRM: (signal.ITIMER_VIRTUAL, seconds), signal.SIGALRM: (signal.ITIMER_REAL, _MOST_SECONDS)}
    before = {one: signal.signal(one, stop) for one in clocks}
    for clock, limit in clocks.values():
        signal.setitimer(clock, limit)
    try:
        yield
    finally:
        for one, (clock, _) in clocks.items():
            signal.setitimer(clock, 0)
            signal.signal(one, before[one])
