"""Grading one submission: read, run the tests against its process, and write down what happened."""

from __future__ import annotations

import gc
import os
import time
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Protocol

import pytest

from autograder.assignment import Assignment
from autograder.engine.plugin import GradingPlugin, TestRun
from autograder.engine.reference import ReferenceStore
from autograder.engine.session import Session, Spawner, Timings
from autograder.errors import UsageError
from autograder.isolation.settings import AUTO, SandboxPolicy, summary
from autograder.records.result import Diagnosis, QuestionResult, Result
from autograder.submissions import Submission, Unreadable

DEFAULT_SEED = 20260101
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


class Explaining(Protocol):
    """Whatever says why answers are wrong."""

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
        self._questions: tuple[QuestionResult, ...] | None = None
        self._graded = 0

    def grade(self, submission: Submission) -> tuple[Result, Timings]:
        """Grades one submission. Whatever it does becomes part of its result; nothing of it is raised.

        Raises:
            UsageError: When the assignment itself is broken.
        """
        start = time.perf_counter()
        try:
            source = submission.read()
        except Unreadable as error:
            return self._unreadable(submission, str(error)), Timings(total=time.perf_counter() - start)
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
            plugin = self._run(session)
            questions = self._explained(plugin, session)
        finally:
            session.close()
        self._questions = self._questions or plugin.rows
        timings = session.timings
        timings.total = time.perf_counter() - start
        timings.pytest = timings.total - plugin.seconds_in_tests
        timings.comparison = timings.total - timings.pytest - timings.inside - timings.fork - timings.wire
        timings.comparison -= self.store.seconds - reference_seconds
        return self._result(submission, session, questions, timings), timings

    def _private_folders(self, submission: Submission) -> tuple[str, ...]:
        """What a submission must not see even where a folder that it may see contains it."""
        return tuple(map(str, (self.assignment.folder, submission.path.absolute().parent, Path.home())))

    def _explained(self, plugin: GradingPlugin, session: Session) -> tuple[QuestionResult, ...]:
        """The rows, each wrong one with its cause, where one is proven."""
        rows = plugin.rows
        causes: dict[str, Diagnosis] = {}
        if self.explainer is not None and any(row.outcome in ("failed", "error") for row in rows):
            try:
                causes = self.explainer.explain(plugin.runs, session)
            except Exception as error:
                # the marks are given already; whatever goes wrong in explaining them, the class goes on
                reason = type(error).__name__
                session.notes.append(f"the cause of a wrong answer could not be looked for ({reason}); the marks stand")
        # said at the end: a remark on loading decides how a new process would load the file
        session.remark = "; ".join(filter(None, [session.remark, *dict.fromkeys(session.notes)]))
        return tuple(replace(row, diagnosis=causes[row.id]) if row.id in causes else row for row in rows)

    def _run(self, session: Session) -> GradingPlugin:
        plugin = GradingPlugin(session, self.store, self.assignment.framework, self.seed, self.only)
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
        timings: Timings,
    ) -> Result:
        status = next((status for status in _GRAVEST if status in session.events), "graded")
        message = session.remark
        if session.problems:
            more = f" (and {len(session.problems) - 1} more)" if len(session.problems) > 1 else ""
            failed = f"failed while loading: {session.problems[0]}{more}"
            message = f"{message}; {failed}" if message else failed
        if not session.names and any("SyntaxError" in line or "not Python" in line for line in session.problems):
            status = "unreadable"
        return Result(
            student=submission.student,
            assignment=self.assignment.name,
            status=status,
            questions=questions,
            message=message,
            output=session.output,
            late_days=submission.late_days(self.assignment.due),
            seconds=timings.total,
            seed=self.seed,
            device=self.device,
            sandbox=summary(session.sandbox) if session.sandbox else "",
            versions=self.versions,
        )

    def _unreadable(self, submission: Submission, message: str) -> Result:
        """A result for what could not be read: every question, and no points."""
        return Result(
            student=submission.student,
            assignment=self.assignment.name,
            status="unreadable",
            questions=tuple(
                QuestionResult(row.id, row.name, "error", 0.0, row.max_points, "the submission could not be read")
                for row in self.questions()
            ),
            message=message,
            late_days=submission.late_days(self.assignment.due),
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
        """Ends the reference's process."""
        self.store.close()


def run_tests(plugin: GradingPlugin, assignment: Assignment, hidden: bool) -> None:
    """Runs an assignment's tests with a plugin that holds the submission; the rows are in the plugin then.

    Raises:
        UsageError: When the assignment itself is broken, or has none of the questions asked for.
    """
    code = _pytest(assignment, hidden, plugin)
    if plugin.broken:
        raise UsageError(plugin.broken)
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
