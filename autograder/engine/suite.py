"""An assignment's tests, collected once in a process and run many times, each time on another submission."""

from __future__ import annotations

import linecache
import os
import re
from collections.abc import Callable, Collection, Generator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assertions.failure import CheckFailed
from autograder.assignment.authors import authors_error, folders_of, frames_in, root_of
from autograder.assignment.definition import PUBLIC_TESTS, Assignment
from autograder.assignment.fixtures import Problems, importing_from, problems_for
from autograder.assignment.questions import MARKER
from autograder.engine.kept_back import literals_of, without_numbers
from autograder.engine.names import names_in
from autograder.engine.nothing import falls_over_none, is_to_return
from autograder.engine.pictures import picture_of
from autograder.engine.proxies import Own, Student
from autograder.engine.reference import Reference, Values
from autograder.engine.runs import Test, TestRun
from autograder.engine.session import Session
from autograder.errors import Mistakes, UsageError
from autograder.facts.fact import Fact
from autograder.facts.result import Picture
from autograder.fingerprint import derived_seed

# nothing of pytest that writes to the terminal or to disk, looks for plugins, or rewrites the tests' asserts (which
# would print expected values)
_UNUSED = "cacheprovider terminal faulthandler unraisableexception threadexception logging doctest junitxml pastebin"
_UNUSED += " stepwise debugging warnings setuponly setupplan"
_OPTIONS = ["-s", "--assert=plain", "--import-mode=importlib", "-c", os.devnull, "--noconftest"]
_OPTIONS += [option for name in _UNUSED.split() for option in ("-p", f"no:{name}")]
# where an item keeps what it tests
TEST = pytest.StashKey[Test]()


class Suite:
    """The tests of an assignment.

    Args:
        assignment: The assignment.
        hidden: Whether its hidden tests are among them.
        watcher: A plugin of pytest that looks on; with one, tests go on after a mistake of the author's own.

    Attributes:
        tests: The tests, in order.
        waits_for_others: Whether a test waits until the other questions that it builds on are right.

    Raises:
        Mistakes: When they cannot be collected, or some have no question: the author's lines, with their places.
    """

    def __init__(self, assignment: Assignment, hidden: bool = True, watcher: object | None = None) -> None:
        os.environ["PYTEST_DISABLE_PLUGIN_AUTOLOAD"] = "1"
        self._plugin = _Plugin(assignment)
        self.waits_for_others = True
        self._is_watched = watcher is not None
        files = [str(path) for path in assignment.tests(hidden)]
        # a test's module is named from the root: the assignment's folder must be part of it
        root = str(assignment.folder.parent)
        with importing_from(assignment.folder.parent):
            code = pytest.main(
                [*_OPTIONS, "--rootdir", root, *files], plugins=[self._plugin, *([watcher] if watcher else [])]
            )
        if self._plugin.stopped:
            raise KeyboardInterrupt
        if self._plugin.broken:
            raise Mistakes(dict.fromkeys(self._plugin.broken))
        if code not in (pytest.ExitCode.OK, pytest.ExitCode.NO_TESTS_COLLECTED) or not self._plugin.items:
            raise UsageError(f"the tests of {assignment.name} cannot be run; look for a mistake in {files[0]}")
        self.tests = [item.stash[TEST] for item in self._plugin.items]

    @property
    def forbidden(self) -> tuple[str, ...]:
        """Calls that some question forbids."""
        return tuple(dict.fromkeys(name for test in self.tests for name in test.question.forbids))

    def named(self, only: Collection[str]) -> list[Test]:
        """The tests of some questions; all when none is named.

        Raises:
            UsageError: When there is no such question.
        """
        known = dict.fromkeys(test.question.id for test in self.tests)
        unknown = [id for id in only if id not in known]
        if unknown:
            told = f"there is no question {' or '.join(unknown)} in this assignment"
            raise UsageError(f"{told}; known are: {', '.join(known)}")
        return [test for test in self.tests if not only or test.question.id in only]

    def run(
        self,
        session: Session,
        store: Values,
        wants: Callable[[Test], bool] = lambda test: True,
        keeps_all: bool = False,
        own: Own | None = None,
    ) -> list[TestRun]:
        """Runs tests on a submission.

        Args:
            session: The submission.
            store: Gives what is right.
            wants: Which tests are run.
            keeps_all: Whether what calls returned is kept of tests that passed as well.
            own: Given when tests are judged on the submission's own groundwork.

        Raises:
            UsageError: When the assignment itself is broken.
            NoProcess: When this machine has no room for a process.
        """
        wanted = [(item, test) for item, test in zip(self._plugin.items, self.tests, strict=True) if wants(test)]
        trial = self._plugin.trial = _Trial(session, store, keeps_all, self.waits_for_others, own)
        try:
            # numbers that overflow are the student's, and are told as such; nobody is to read it on the terminal
            with np.errstate(all="ignore"):
                for item, test in wanted:
                    session.begin(test.question.id, test.question.forbids)
                    if own is not None:
                        own.begin(test.name)
                    item.ihook.pytest_runtest_protocol(item=item, nextitem=None)
                    if trial.broken is not None and (not self._is_watched or trial.is_stopped):
                        raise trial.broken
        finally:
            self._plugin.trial = None
        return trial.runs


@dataclass
class _Trial:
    """The submission that the tests run on now."""

    session: Session
    store: Values
    keeps_all: bool
    waits_for_others: bool = True
    own: Own | None = None
    runs: list[TestRun] = field(default_factory=list)
    student: Student | None = None
    broken: Exception | None = None

    @property
    def is_stopped(self) -> bool:
        """Whether somebody has pressed Ctrl-C, or the machine has no room."""
        return self.broken is not None and not isinstance(self.broken, UsageError)


class _Plugin:
    """What pytest asks: the fixtures, and what is made of a test's outcome."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self.items: list[pytest.Item] = []
        self.broken: list[str] = []
        self.stopped = False
        self.trial: _Trial | None = None

    @property
    def _now(self) -> _Trial:
        assert self.trial is not None
        return self.trial

    @pytest.fixture
    def student(self) -> Student:
        """The submission."""
        self._now.student = Student(self._now.session, self._now.own)
        return self._now.student

    @pytest.fixture
    def reference(self) -> Reference:
        """The reference solution."""
        return Reference(self._now.store)

    @pytest.fixture
    def problem(self, request: pytest.FixtureRequest) -> Problems:
        """The question's inputs, from the run's seed and the question's id."""
        seed = derived_seed(self._now.session.setup.seed, request.node.stash[TEST].question.id, request.node.name)
        return problems_for(self._assignment, seed)

    def pytest_configure(self, config: pytest.Config) -> None:
        """Declares the marker, for `--strict-markers`."""
        config.addinivalue_line("markers", f"{MARKER}(question): id and points of a test")

    def pytest_keyboard_interrupt(self, excinfo: pytest.ExceptionInfo[BaseException]) -> None:
        """Ctrl-C while the tests are collected: pytest makes an exit status of it, which would blame the tests."""
        self.stopped = self.stopped or excinfo.type is KeyboardInterrupt

    @pytest.hookimpl(wrapper=True)
    def pytest_make_collect_report(
        self, collector: pytest.Collector
    ) -> Generator[None, pytest.CollectReport, pytest.CollectReport]:
        """A file that ends the program while it is read is the author's mistake; pytest would end with it."""
        try:
            return (yield)
        except SystemExit as error:
            self.broken.append(authors_error(collector.path, error))
            return pytest.CollectReport(collector.nodeid, "failed", "", [])

    def pytest_exception_interact(
        self, node: pytest.Item | pytest.Collector, call: pytest.CallInfo[Any], report: pytest.CollectReport
    ) -> None:
        """A file that cannot be collected is the author's mistake."""
        if isinstance(node, pytest.Collector) and call.excinfo is not None:
            self.broken.append(_why_not_collected(node, call.excinfo.value))

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Looks at each test once; one without a question, or a line for the student, is the author's mistake."""
        for item in items:
            place = place_of_test(item)
            marker = item.get_closest_marker(MARKER)
            line = " ".join((getattr(item, "obj", None).__doc__ or "").split())
            if marker is None:
                told = f'{item.name} has no question; expected @question("03.4", points=2) above it'
                self.broken.append(f"{place}: {told}")
            elif not line:
                self.broken.append(f"{place}: {item.name} has no docstring; expected the line that the student reads")
            else:
                item.stash[TEST] = Test(
                    item.name,
                    marker.args[0],
                    line,
                    item.path.name != PUBLIC_TESTS,
                    names_in(item.obj),  # type: ignore[attr-defined]
                )
            # the text of a traceback, which nobody reads here, would cost more than the test
            item.repr_failure = lambda excinfo, style=None: ""  # type: ignore[method-assign]

    def pytest_runtestloop(self, session: pytest.Session) -> bool:
        """Takes the tests in place of running them: `Suite.run` does that, as often as there are submissions."""
        self.items = list(session.items)
        # it captures for the length of this session alone, and refuses to be asked afterwards
        session.config.pluginmanager.unregister(name="capturemanager")
        return True

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skips a question whose groundwork is missing."""
        missing = self._missing(item.stash[TEST])
        if missing:
            raise pytest.skip.Exception(repr(missing))

    def _missing(self, test: Test) -> tuple[str, ...]:
        """Questions that a test builds on and that are not right."""
        wrong = {run.question for run in self._now.runs if run.outcome != "passed"}
        # on its own groundwork a question waits for itself alone: its first test is right before a further one counts
        waits = self._now.own is None and self._now.waits_for_others
        asked = (id for id in test.question.after if waits or id == test.question.id)
        return tuple(id for id in asked if id in wrong)

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Notes what happened."""
        report = yield
        if call.when == "teardown" or (call.when == "setup" and call.excinfo is None):
            return report
        test, trial = item.stash[TEST], self._now
        run = TestRun(test, "passed", seconds=call.duration)
        if call.excinfo is not None:
            run = self._failed(test, call.excinfo.value, call.duration)
        if trial.student is not None and (trial.keeps_all or run.is_wrong):
            run = replace(run, observed=tuple(trial.student.calls))
        trial.student = None
        if not trial.keeps_all:  # a rehearsal, of which nobody reads what was printed
            run = replace(run, output=trial.session.printed(), warned=trial.session.warned())
        trial.runs.append(run)
        return report

    def _failed(self, test: Test, error: BaseException, seconds: float) -> TestRun:
        if isinstance(error, pytest.skip.Exception):
            missing = self._missing(test)
            # a part of a question that waits for the one before it waits for what that waits for
            missing = tuple(id for id in missing if id != test.question.id) or missing
            fact = Fact("builds-on", values={"questions": missing}) if missing else Fact.said(str(error.msg))
            return TestRun(test, "skipped", 0.0, (fact,), seconds=seconds)
        nothing = self._nothing(error)
        if nothing is not None:
            outcome = "failed" if isinstance(error, AssertionError) else "error"
            share = min(max(getattr(error, "share", 0.0), 0.0), 1.0)
            return TestRun(test, outcome, share, (nothing,), nothing.code, seconds=seconds)
        if isinstance(error, CheckFailed):
            # pages of hidden tests are handed back: from the sizes of errors, their values could be worked out
            error.facts = tuple(fact for fact in error.facts if not self._is_due(fact))
            facts = self._told(test, error, error.facts)
            share = min(max(error.share, 0.0), 1.0)
            picture = None if test.is_hidden else self._picture(error)
            told = (error.code, error.about, error.names)
            return TestRun(test, error.outcome, share, facts, *told, picture, seconds=seconds)
        if isinstance(error, AssertionError):
            # a plain `assert condition, "line for the student"`
            fact = Fact.said(str(error)) if str(error) else Fact("check-failed")
            return TestRun(test, "failed", 0.0, self._told(test, error, (fact,)), seconds=seconds)
        if isinstance(error, SystemExit):
            error = UsageError(authors_error(self._path(test), error))
        if isinstance(error, (UsageError, KeyboardInterrupt)):
            # the assignment or the machine is broken, not the submission: nobody may lose points for it
            self._now.broken = self._now.broken or error  # type: ignore[assignment]
        fact = Fact("wrong-kind-while-checking", values={"error": type(root_of(error)).__name__})
        return TestRun(test, "error", 0.0, (fact,), seconds=seconds)

    def _told(self, test: Test, error: AssertionError, facts: tuple[Fact, ...]) -> tuple[Fact, ...]:
        """What students may read of facts."""
        if not test.is_hidden:
            return facts
        return without_numbers(facts, literals_of(error.__traceback__, self._assignment.folder.parent))

    def _path(self, test: Test) -> Path:
        """The file that a test stands in."""
        return next(item.path for item in self.items if item.stash[TEST] is test)

    def _nothing(self, error: BaseException) -> Fact | None:
        """That the submission's last call returned None, where that is what a test fell over."""
        last = self._now.student.calls.last if self._now.student is not None else None
        if last is None or last.nothing is None or not falls_over_none(error):
            return None
        return None if self._is_due(last.nothing) else last.nothing

    def _is_due(self, fact: Fact) -> bool:
        """Whether a fact says that a function returned None, which it should."""
        tells = fact.kind in ("returns-none", "gives-none")
        return tells and not is_to_return(self._assignment.solution, fact.values["name"])

    def _picture(self, error: CheckFailed) -> Picture | None:
        """What differs, drawn. A picture is a help: one that cannot be drawn costs nobody the marks."""
        try:
            return picture_of(error.values)
        except Exception as failure:
            self._now.session.record.notes.append(Fact("no-picture", values={"error": type(failure).__name__}))
            return None


def place_of_test(item: pytest.Item) -> str:
    """The file and the line of a test's `def`, whatever decorates it."""
    first = (item.reportinfo()[1] or 0) + 1
    lines = linecache.getlines(str(item.path))[first - 1 :]
    ahead = (number for number, text in enumerate(lines) if text.lstrip().startswith(("def ", "async def ")))
    return f"{item.path}:{first + next(ahead, 0)}"


def _why_not_collected(node: pytest.Collector, error: BaseException) -> str:
    """The line of the author's mistake; what pytest itself has against a file is told in its words."""
    cause = error.__cause__ or error
    if isinstance(cause, SyntaxError | ImportError) or frames_in(cause.__traceback__, folders_of(node.path)):
        return authors_error(node.path, cause)
    # such as: In …/test_public.py::test_line: function uses no argument 'seed'
    text = " ".join(str(error).split())
    test = re.search(r"::(\w+): ", text)
    begin = f"def {test[1]}(" if test else "\0"
    lines = enumerate(linecache.getlines(str(node.path)), 1)
    place = next((f"{node.path}:{number}" for number, line in lines if line.lstrip().startswith(begin)), node.path)
    return f"{place}: pytest cannot collect this file: {text}; fix it there"
