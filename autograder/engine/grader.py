"""Grading one submission: read, run the tests against its process, and write down what happened."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import numpy as np
import pytest

from autograder.assignment.definition import Assignment
from autograder.assignment.fixtures import importing_from
from autograder.defaults import DEFAULT_SEED
from autograder.engine.plugin import GradingPlugin, TestRun
from autograder.engine.reference import ReferenceStore
from autograder.engine.session import Session, Timings
from autograder.errors import UsageError
from autograder.facts.result import Diagnosis, QuestionResult, Result
from autograder.files import cache_folder
from autograder.handin.sources import Unreadable
from autograder.handin.submissions import Submission
from autograder.isolation.host.process import NoProcess
from autograder.isolation.host.starting import Spawner
from autograder.isolation.settings import AUTO, SandboxPolicy, summary

# for running once more what failed, to see why
_SECONDS_OF_EVIDENCE = 2.5
# the gravest first: what a submission's status says when several things happened
_GRAVEST = ("tampered", "memory", "timeout", "crashed")

# nothing of pytest that writes to the terminal or to disk, looks for plugins, or rewrites the tests' asserts (which
# would print expected values)
_PYTEST_OPTIONS = ["-s", "--assert=plain", "--import-mode=importlib", "-c", os.devnull, "--noconftest"]
for _name in (
    "cacheprovider",
    "terminal",
    "faulthandler",
    "unraisableexception",
    "threadexception",
    "logging",
):
    _PYTEST_OPTIONS += ["-p", f"no:{_name}"]
for _name in (
    "doctest",
    "junitxml",
    "pastebin",
    "stepwise",
    "debugging",
    "warnings",
    "setuponly",
    "setupplan",
):
    _PYTEST_OPTIONS += ["-p", f"no:{_name}"]


@dataclass(frozen=True)
class Graded:
    """What came of one submission.

    Attributes:
        submission: The submission.
        result: Its result.
        timings: Where the time went.
        fingerprint: A hash of the bytes that were graded.
        timed_out: Whether it ran into a time limit.
        final: Whether the result stands; one that the machine is to blame for is made again by the next run.
    """

    submission: Submission
    result: Result
    timings: Timings = field(default_factory=Timings)
    fingerprint: str = ""
    timed_out: bool = False
    final: bool = True


class Explaining(Protocol):
    """Whatever says why answers are wrong."""

    seed: int

    def explain(self, runs: list[TestRun], session: Session) -> dict[str, Diagnosis]:
        """Causes by question."""


@dataclass
class Grader:
    """All that stays the same from one submission to the next.

    Attributes:
        assignment: The assignment.
        spawner: Where student processes come from.
        reference_spawner: Gives where the reference's process comes from; asked only when a value is not recorded.
        seed: The run's seed.
        device: `cpu` or `gpu:N`.
        hidden: Whether the hidden tests run too.
        only: Ids of the questions to run; all when empty.
        user: The unprivileged user that submissions run as, or None.
        policy: What is asked of the sandbox.
        versions: Versions of the libraries in the template.
        explainer: Says why an answer is wrong; nobody does when it is None.
    """

    assignment: Assignment
    spawner: Spawner
    reference_spawner: Callable[[], Spawner]
    seed: int = DEFAULT_SEED
    device: str = "cpu"
    hidden: bool = True
    only: tuple[str, ...] = ()
    user: int | None = None
    policy: SandboxPolicy = AUTO
    versions: dict[str, str] = field(default_factory=dict)
    explainer: Explaining | None = None

    def __post_init__(self) -> None:
        self.store = ReferenceStore(self.assignment, self.reference_spawner, self.seed)
        self._rehearsed: ReferenceStore | None = None
        self._questions: tuple[QuestionResult, ...] | None = None
        self._graded = 0

    def grade(self, submission: Submission) -> Graded:
        """Grades one submission. Whatever it does becomes part of its result; nothing of it is raised.

        Raises:
            UsageError: When the assignment itself is broken.
        """
        start = time.perf_counter()
        reading = submission.read()
        late_days = reading.late_days(self.assignment.due)
        try:
            source = reading.source
        except Unreadable as error:
            result = self._without_run(
                submission, "unreadable", str(error), "the submission could not be read", late_days
            )
            return Graded(submission, result, Timings(total=time.perf_counter() - start), reading.fingerprint)
        session = Session(
            spawner=self.spawner,
            source=source,
            limits=self.assignment.limits,
            seed=self.seed,
            device=self.device,
            user=self.user,
            policy=replace(self.policy, hidden=(*self.policy.hidden, *self._private_folders(submission))),
            data=self.assignment.data,
            without=self.assignment.without,
            explains=self.explainer is not None,
        )
        reference_seconds = self.store.seconds
        try:
            # numbers that overflow are the student's, and are told as such; nobody is to read it on the terminal
            with np.errstate(all="ignore"):
                plugin = self._run(session)
                questions = self._explained(plugin, session)
        except NoProcess as error:
            # others may have used up what there is: it costs this run of this submission, and not the class
            reason = "the submission could not be run"
            result = self._without_run(submission, "crashed", str(error), reason, late_days)
            return Graded(submission, result, session.timings, final=False)
        finally:
            session.close()
        self._questions = self._questions or plugin.rows
        timings = session.timings
        timings.total = time.perf_counter() - start
        timings.pytest = timings.total - plugin.seconds_in_tests
        timings.comparison = timings.total - timings.pytest - timings.inside - timings.fork - timings.wire
        timings.comparison -= self.store.seconds - reference_seconds
        result = self._result(submission, session, questions, late_days, timings)
        return Graded(submission, result, timings, reading.fingerprint, timed_out="timeout" in session.events)

    def _private_folders(self, submission: Submission) -> tuple[str, ...]:
        """What a submission must not see even where a folder that it may see contains it.

        The class's folder holds the other submissions, and the cache the numbers of every wrong answer.
        """
        private = (self.assignment.folder, submission.folder, submission.path.parent, cache_folder(), Path.home())
        return tuple(dict.fromkeys(str(folder.absolute()) for folder in private))

    def _explained(self, plugin: GradingPlugin, session: Session) -> tuple[QuestionResult, ...]:
        """The rows, each wrong one with its cause, where one is proven."""
        rows = plugin.rows
        causes: dict[str, Diagnosis] = {}
        if self.explainer is not None and any(row.outcome in ("failed", "error") for row in rows):
            try:
                causes = self.explainer.explain(self._evidence(plugin.runs, session), session)
            except Exception as error:
                # the marks are given already; whatever goes wrong in explaining them, the class goes on
                reason = type(error).__name__
                session.notes.append(f"the cause of a wrong answer could not be looked for ({reason}); the marks stand")
        # said at the end: a remark on loading decides how a new process would load the file
        session.remark = "; ".join(filter(None, [session.remark, *dict.fromkeys(session.notes)]))
        return tuple(replace(row, diagnosis=causes[row.id]) if row.id in causes else row for row in rows)

    def _evidence(self, runs: list[TestRun], session: Session) -> list[TestRun]:
        """Runs from which wrong answers can be explained: on the fixtures that the mistakes were rehearsed on.

        A class is graded on a seed that nobody knows. So what failed there is run once more, for its explanation alone,
        on the seed that the bank of mistakes is made for; what then passes is not explained.
        """
        if self.explainer is None or self.explainer.seed == self.seed:
            return runs
        wrong = tuple(dict.fromkeys(run.question for run in runs if run.outcome == "failed"))
        again: dict[str, TestRun] = {}
        if wrong:
            if self._rehearsed is None:
                self._rehearsed = ReferenceStore(self.assignment, self.reference_spawner, self.explainer.seed)
            with session.aside(self.explainer.seed, _SECONDS_OF_EVIDENCE):
                plugin = self._run(session, self._rehearsed, self.explainer.seed, wrong)
            again = {run.test: run for run in plugin.runs}
        return [again.get(run.test, run) if run.outcome == "failed" else run for run in runs]

    def _run(
        self, session: Session, store: ReferenceStore | None = None, seed: int | None = None, only: tuple[str, ...] = ()
    ) -> GradingPlugin:
        plugin = GradingPlugin(
            session,
            store or self.store,
            self.assignment.framework,
            self.seed if seed is None else seed,
            only or self.only,
        )
        run_tests(plugin, self.assignment, self.hidden)
        # a pytest run leaves cycles behind: without this a class of a thousand would grow by a megabyte each
        self._graded += 1
        if self._graded % 8 == 0:
            gc.collect()
        return plugin

    def _result(
        self,
        submission: Submission,
        session: Session,
        questions: tuple[QuestionResult, ...],
        late_days: int,
        timings: Timings,
    ) -> Result:
        status = next((status for status in _GRAVEST if status in session.events), "graded")
        message = session.remark
        if session.left:
            left = f"{session.left} of its processes could not be ended: look at this machine, and grade it again"
            message = f"{message}; {left}" if message else left
        if session.problems:
            more = f" (and {len(session.problems) - 1} more)" if len(session.problems) > 1 else ""
            failed = f"failed while loading: {session.problems[0]}{more}"
            message = f"{message}; {failed}" if message else failed
        # its process writes these lines: what it did besides is never forgotten for one of them
        if status == "graded" and not session.names and any(map(_is_no_python, session.problems)):
            status = "unreadable"
        return Result(
            student=submission.student,
            assignment=self.assignment.name,
            status=status,
            questions=questions,
            message=message,
            output=session.output,
            late_days=late_days,
            seconds=timings.total,
            seed=self.seed,
            device=self.device,
            sandbox=summary(session.sandbox) if session.sandbox else "",
            versions=self.versions,
        )

    def _without_run(self, submission: Submission, status: str, message: str, reason: str, late_days: int) -> Result:
        """A result for what was not run: every question, and no points."""
        return Result(
            student=submission.student,
            assignment=self.assignment.name,
            status=status,
            questions=tuple(
                QuestionResult(row.id, row.name, "error", 0.0, row.max_points, reason) for row in self.questions()
            ),
            message=message,
            late_days=late_days,
            seed=self.seed,
            device=self.device,
            versions=self.versions,
        )

    def questions(self) -> tuple[QuestionResult, ...]:
        """The assignment's questions, with no outcome yet: names and points, from collecting its tests."""
        if self._questions is None:
            collector = _Collector()
            _pytest(self.assignment, self.hidden, collector, "--collect-only")
            self._questions = collector.rows(self.only)
        return self._questions

    def close(self) -> None:
        """Ends the reference's processes."""
        self.store.close()
        if self._rehearsed is not None:
            self._rehearsed.close()


def _is_no_python(problem: str) -> bool:
    return "SyntaxError" in problem or "not Python" in problem


def run_tests(plugin: GradingPlugin, assignment: Assignment, hidden: bool) -> None:
    """Runs an assignment's tests with a plugin that holds the submission; the rows are in the plugin then.

    Raises:
        UsageError: When the assignment itself is broken, or has none of the questions asked for.
    """
    code = _pytest(assignment, hidden, plugin)
    if plugin.broken:
        raise plugin.broken
    if code == pytest.ExitCode.NO_TESTS_COLLECTED and plugin.only:
        raise UsageError(f"{assignment.name} has no question {' or '.join(plugin.only)}")
    if code not in (pytest.ExitCode.OK, pytest.ExitCode.TESTS_FAILED):
        file = assignment.tests(hidden)[0]
        raise UsageError(f"the tests of {assignment.name} cannot be run ({code}); look for a mistake in {file.parent}")


def _pytest(assignment: Assignment, hidden: bool, plugin: object, *options: str) -> int:
    os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
    files = [str(path) for path in assignment.tests(hidden)]
    # a test's module is named from the root: the assignment's folder must be part of it
    root = str(assignment.folder.parent)
    with importing_from(assignment.folder.parent):
        return pytest.main([*_PYTEST_OPTIONS, *options, "--rootdir", root, *files], plugins=[plugin])


class _Collector:
    """Reads the questions of an assignment without running a test."""

    def __init__(self) -> None:
        self._items: list[pytest.Item] = []

    def pytest_configure(self, config: pytest.Config) -> None:
        config.addinivalue_line("markers", "question(question): id and points of a test")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        self._items = list(items)

    def rows(self, only: tuple[str, ...]) -> tuple[QuestionResult, ...]:
        from autograder.engine.plugin import merged

        rows: dict[str, list[QuestionResult]] = {}
        for item in self._items:
            question = item.get_closest_marker("question").args[0]  # type: ignore[union-attr]
            name = " ".join((getattr(item, "obj", None).__doc__ or item.name).split())
            row = QuestionResult(question.id, name, "error", 0.0, question.points)
            if not only or question.id in only:
                rows.setdefault(question.id, []).append(row)
        return tuple(merged(found) for found in rows.values())
