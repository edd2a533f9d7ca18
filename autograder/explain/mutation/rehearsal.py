"""Rehearsals: an assignment's tests, run on its solution and on every mutant of it, and what they returned.

The tests are collected once, and one process serves many mutants: each is loaded in place of the one before. A mutant
is our own text, so its process needs no sandbox; what it returns is still no more than a value on the wire.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from autograder.assignment.definition import Assignment
from autograder.engine.observed import Observed
from autograder.engine.proxies import Student
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import Test, TestRun
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.engine.suite import Suite
from autograder.explain.leaves import Leaf, leaves_of
from autograder.explain.mutation.mutants import Mutant, with_change
from autograder.explain.mutation.roles import TRACER
from autograder.handin.sources import Source
from autograder.isolation.host.starting import Spawner
from autograder.isolation.settings import Limits, SandboxPolicy
from autograder.words import message

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
        share: Part of the points that was earned.
        points: Points of the test.
        is_hidden: Whether students do not have it.
    """

    question: str
    test: str
    outcome: str
    message: str
    leaves: tuple[Leaf, ...]
    share: float = 1.0
    points: float = 0.0
    is_hidden: bool = False

    @classmethod
    def of(cls, run: TestRun) -> Rehearsed:
        """A test's run, its values made leaves."""
        leaves = tuple(leaves_of(list(run.observed)))
        worth = (run.share, run.of.question.points, run.of.is_hidden)
        return cls(run.question, run.test, run.outcome, message(run.facts), leaves, *worth)


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

    Attributes:
        observed: The calls of the solution's functions, once it has been surveyed.
    """

    def __init__(
        self, assignment: Assignment, spawner: Spawner, store: ReferenceStore, seed: int, hidden: bool = True
    ) -> None:
        self._assignment = assignment
        self._spawner = spawner
        self._store = store
        self._seed = seed
        self._suite = Suite(assignment, hidden)
        self._solution = assignment.solution.read_text("utf-8")
        self.observed: list[Observed] = []

    def survey(self, only: set[str] | None = None) -> Survey:
        """Runs the solution, and notes what calls what, and the shapes of its values."""
        # what it traces is wrapped when the whole of it has run
        with self.session(Source(self._source(self._solution + TRACER).parts, whole=True)) as session:
            runs = self._run(session, only)
            shapes = Student(session)._shapes_seen()
        self.observed = [one for run in runs for one in run.observed if not one.name.startswith(".")]
        calls = {run.test: tuple(dict.fromkeys(one.name for one in run.observed)) for run in runs}
        return Survey(tuple(map(Rehearsed.of, runs)), calls, shapes, {run.test: run.observed for run in runs})

    def rehearse(
        self,
        mutants: Iterable[Mutant],
        tests: Callable[[Mutant], set[str]],
        done: Callable[[Mutant, tuple[Rehearsed, ...]], None],
    ) -> None:
        """Runs mutants."""
        with self.session() as session:
            for number, mutant in enumerate(mutants):
                if number % _MUTANTS_A_PROCESS == 0:
                    session.close()
                session.replace(self.source(mutant))
                done(mutant, tuple(map(Rehearsed.of, self._run(session, tests(mutant)))))

    def _run(self, session: Session, only: set[str] | None) -> list[TestRun]:
        left_out = self._assignment.unrehearsed

        def wants(test: Test) -> bool:
            return test.question.id not in left_out and (only is None or test.name in only)

        return self._suite.run(session, self._store, wants, keeps_all=True)

    @contextmanager
    def session(self, source: Source | None = None) -> Iterator[Session]:
        """A conversation with a text, the solution itself by default."""
        session = Session(
            Setup(
                self._spawner,
                source or self._source(self._solution),
                _LIMITS,
                self._seed,
                policy=SandboxPolicy(()),
                data=self._assignment.data,
                without=self._assignment.without,
                forbidden=self._suite.forbidden,
                patience=math.inf,
            )
        )
        try:
            yield session
        finally:
            session.close()

    def source(self, mutant: Mutant) -> Source:
        """A mutant as a submission."""
        return self._source(with_change(self._solution, mutant.source))

    def _source(self, text: str) -> Source:
        return Source([{"name": self._assignment.submission, "text": text}])
