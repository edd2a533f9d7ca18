"""Rehearsals: an assignment's tests, run on its solution and on every mutant of it, and what they returned.

One pytest session and one process serve all mutants: a mutant is loaded in place of the one before. A mutant is our own
text, so its process needs no sandbox; what it returns is still no more than a value on the wire.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from _pytest.runner import runtestprotocol

from autograder.assignment.definition import Assignment
from autograder.engine.grader import run_tests
from autograder.engine.observed import Observed
from autograder.engine.plugin import GradingPlugin, TestRun
from autograder.engine.proxies import Student
from autograder.engine.reference import ReferenceStore
from autograder.engine.session import Session
from autograder.explain.leaves import Leaf, leaves_of
from autograder.explain.mutation.mutants import Mutant
from autograder.explain.mutation.roles import TRACER
from autograder.handin.sources import Source
from autograder.isolation.host.starting import Spawner
from autograder.isolation.settings import Limits, SandboxPolicy

_LIMITS = Limits(seconds_per_question=10.0, seconds_per_submission=3600.0, memory_mb=8000, answer_mb=256)
# TensorFlow keeps the graphs of every mutant it has seen
_MUTANTS_A_PROCESS = 60


@dataclass(frozen=True)
class Rehearsed:
    """What came of one test on one text.

    Attributes:
        question: Id of the question.
        test: The test's name.
        outcome: As in a result.
        message: What its failure says.
        leaves: What its calls returned.
    """

    question: str
    test: str
    outcome: str
    message: str
    leaves: tuple[Leaf, ...]

    @classmethod
    def of(cls, run: TestRun) -> Rehearsed:
        """A test's run, its values made leaves."""
        return cls(run.question, run.test, run.outcome, run.message, tuple(leaves_of(list(run.observed))))


@dataclass(frozen=True)
class Survey:
    """What the solution does in its tests.

    Attributes:
        runs: Its tests.
        calls: For each test, functions of the solution that it calls.
        shapes: Shapes of local values, by function and call.
        observed: The calls of each test.
        values: The reference's values that its tests asked for.
    """

    runs: tuple[Rehearsed, ...]
    calls: dict[str, tuple[str, ...]]
    shapes: dict[str, list[dict[str, str]]]
    observed: dict[str, tuple[Observed, ...]] = field(default_factory=dict)
    values: dict[str, bytes] = field(default_factory=dict)


class Rehearsal:
    """A place to rehearse one assignment.

    Args:
        assignment: The assignment.
        spawner: Where processes come from.
        store: The reference's values.
        seed: The run's seed.

    Attributes:
        observed: The calls of the solution's functions, once it has been surveyed.
    """

    def __init__(self, assignment: Assignment, spawner: Spawner, store: ReferenceStore, seed: int) -> None:
        self._assignment = assignment
        self._spawner = spawner
        self._store = store
        self._seed = seed
        self._solution = assignment.solution.read_text("utf-8")
        self.observed: list[Observed] = []

    def survey(self, only: set[str] | None = None) -> Survey:
        """Runs the solution, and notes what calls what, and the shapes of its values.

        Args:
            only: Names of the tests to run; all when None.
        """
        tests = None if only is None else lambda _: only
        plugin = self._run([("", self._solution + TRACER)], tests, shapes=True)
        self.observed = [one for run in plugin.runs for one in run.observed if not one.name.startswith(".")]
        return Survey(
            tuple(Rehearsed.of(run) for run in plugin.runs),
            {run.test: tuple(dict.fromkeys(one.name for one in run.observed)) for run in plugin.runs},
            plugin.shapes,
            {run.test: run.observed for run in plugin.runs},
        )

    def rehearse(
        self,
        mutants: Iterable[Mutant],
        tests: Callable[[Mutant], set[str]],
        done: Callable[[Mutant, tuple[Rehearsed, ...]], None],
    ) -> None:
        """Runs mutants.

        Args:
            mutants: The mutants.
            tests: Names of the tests to run on a mutant.
            done: Told what came of each mutant, one after the other.
        """
        texts = [(mutant, f"{self._solution}\n\n{mutant.source}\n") for mutant in mutants]

        def tell(mutant: Any, runs: list[TestRun]) -> None:
            done(mutant, tuple(Rehearsed.of(run) for run in runs))

        if texts:
            self._run(texts, tests, tell)

    def _run(
        self,
        texts: list[tuple[Any, str]],
        tests: Callable[[Any], set[str]] | None,
        done: Callable[[Any, list[TestRun]], None] | None = None,
        shapes: bool = False,
    ) -> _Rehearsing:
        with self.session(texts[0][1]) as session:
            plugin = _Rehearsing(session, self._store, self._assignment.framework, self._seed)
            plugin.prepare([(key, self._source(text)) for key, text in texts], tests, done, shapes)
            plugin.left_out = frozenset(self._assignment.unrehearsed)
            run_tests(plugin, self._assignment, hidden=True)
        return plugin

    @contextmanager
    def session(self, text: str = "") -> Iterator[Session]:
        """A conversation with a text, the solution itself by default."""
        session = Session(
            self._spawner,
            self._source(text or self._solution),
            _LIMITS,
            self._seed,
            policy=SandboxPolicy(()),
            data=self._assignment.data,
            without=self._assignment.without,
        )
        try:
            yield session
        finally:
            session.close()

    def source(self, mutant: Mutant) -> Source:
        """A mutant as a submission."""
        return self._source(f"{self._solution}\n\n{mutant.source}\n")

    def _source(self, text: str) -> Source:
        return Source([{"name": self._assignment.submission, "text": text}])


class _Rehearsing(GradingPlugin):
    """The plugin that goes through all texts in one pytest session."""

    keeps_all = True
    left_out: frozenset[str] = frozenset()

    def prepare(
        self,
        texts: list[tuple[Any, Source]],
        tests: Callable[[Any], set[str]] | None,
        done: Callable[[Any, list[TestRun]], None] | None,
        shapes: bool,
    ) -> None:
        """Sets what to go through."""
        self._texts = texts
        self._tests = tests
        self._done = done
        self._wants_shapes = shapes
        self.shapes: dict[str, list[dict[str, str]]] = {}

    @pytest.hookimpl(tryfirst=True)
    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Runs every text's tests, in place of running each test once."""
        for number, (key, source) in enumerate(self._texts):
            if number % _MUTANTS_A_PROCESS == 0:
                self._session.close()
            self._session.replace(source)
            self._rows.clear()
            self.runs = []
            wanted = self._tests(key) if self._tests else {item.name for item in session.items}
            for item in session.items:
                question = item.get_closest_marker("question").args[0]  # type: ignore[union-attr]
                if item.name not in wanted or question.id in self.left_out:
                    continue
                self._session.begin(question.id, question.forbids)
                runtestprotocol(item, log=False, nextitem=None)
            if self._wants_shapes:
                self.shapes = Student(self._session)._shapes_seen()
            if self._done is not None:
                self._done(key, self.runs)
        return True
