"""The pytest plugin: fixtures `student`, `reference`, `problem`; points, partial credit, skipped dependents."""

from __future__ import annotations

import time
from collections.abc import Generator
from dataclasses import dataclass
from typing import Any

import pytest

from autograder.assignment.definition import PUBLIC_TESTS
from autograder.assignment.fixtures import Problems, problems_for
from autograder.assignment.questions import MARKER, CheckFailed, Question
from autograder.engine.observed import Observed
from autograder.engine.pictures import picture_of
from autograder.engine.proxies import Student
from autograder.engine.reference import Reference, ReferenceStore
from autograder.engine.session import Session
from autograder.errors import UsageError
from autograder.facts.result import Picture, QuestionResult
from autograder.fingerprint import derived_seed
from autograder.text import shortened

# of a wrong value and no value at all, the one that came first tells the story
_GRAVITY = {"passed": 0, "skipped": 1, "failed": 2, "error": 2}


@dataclass(frozen=True)
class TestRun:
    """What came of one test.

    Attributes:
        question: Id of its question.
        test: Its name.
        outcome: As in a result.
        message: What its failure says.
        code: The kind of mistake, when the failure itself proves one.
        tensor: What it was proven on.
        observed: What the submission's calls returned; kept of tests that were not passed.
        seconds: How long it took.
    """

    question: str
    test: str
    outcome: str
    message: str = ""
    code: str = ""
    tensor: str = ""
    observed: tuple[Observed, ...] = ()
    seconds: float = 0.0


class GradingPlugin:
    """Grades one submission during one pytest run.

    Args:
        session: The submission.
        store: The reference's values.
        framework: `numpy` or `tensorflow`.
        seed: The run's seed.
        only: Ids of the questions to run; all when empty.

    Attributes:
        runs: What came of each test, in order.
    """

    keeps_all = False

    def __init__(
        self, session: Session, store: ReferenceStore, framework: str, seed: int, only: tuple[str, ...] = ()
    ) -> None:
        self._session = session
        self._store = store
        self._framework = framework
        self._seed = seed
        self.only = only
        self._rows: dict[str, list[QuestionResult]] = {}
        self.runs: list[TestRun] = []
        self.seconds_in_tests = 0.0
        self.broken: UsageError | None = None

    @property
    def rows(self) -> tuple[QuestionResult, ...]:
        """One row per question, in the order of the tests; tests of one id merged."""
        return tuple(merged(rows) for rows in self._rows.values())

    # fixtures

    @pytest.fixture
    def student(self) -> Student:
        """The submission."""
        return Student(self._session)

    @pytest.fixture
    def reference(self) -> Reference:
        """The reference solution."""
        return Reference(self._store)

    @pytest.fixture
    def problem(self, request: pytest.FixtureRequest) -> Problems:
        """The question's inputs, in two sizes, from the run's seed and the question's id."""
        question = _question(request.node)
        return problems_for(self._store._assignment, derived_seed(self._seed, question.id, request.node.name))

    # hooks

    def pytest_configure(self, config: pytest.Config) -> None:
        """Declares the marker, for `--strict-markers`."""
        config.addinivalue_line("markers", f"{MARKER}(question): id and points of a test")

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        """Keeps the questions asked for; a test without a question is the author's mistake."""
        for item in items:
            _question(item)
            # the text of a traceback, which nobody reads here, would cost more than the test
            item.repr_failure = lambda excinfo, style=None: ""  # type: ignore[method-assign]
        self._session.forbidden = tuple(dict.fromkeys(name for item in items for name in _question(item).forbids))
        if self.only:
            items[:] = [item for item in items if _question(item).id in self.only]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, bool, bool]:
        """Starts the question's clock."""
        question = _question(item)
        self._session.begin(question.id, question.forbids)
        return (yield)

    def pytest_runtest_setup(self, item: pytest.Item) -> None:
        """Skips a question whose groundwork is missing."""
        question = _question(item)
        missing = [id for id in question.after if any(row.outcome != "passed" for row in self._rows.get(id, []))]
        if missing:
            pytest.skip(f"builds on {' and '.join(missing)}; mend that first")

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_call(self, item: pytest.Item) -> Generator[None, None, None]:
        """Measures the test itself."""
        start = time.perf_counter()
        try:
            return (yield)
        finally:
            self.seconds_in_tests += time.perf_counter() - start

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_makereport(
        self, item: pytest.Item, call: pytest.CallInfo[Any]
    ) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        """Turns what happened into a row."""
        report = yield
        if call.when == "teardown" or (call.when == "setup" and call.excinfo is None):
            return report
        question = _question(item)
        # pages of hidden tests are handed back: from the sizes of errors, their values could be worked out
        hidden = item.path.name != PUBLIC_TESTS
        outcome, message, share, picture = "passed", "", 1.0, None
        if call.excinfo is not None:
            outcome, message, share = self._explain(call.excinfo.value, hidden)
            picture = None if hidden else self._picture(call.excinfo.value)
        name = " ".join((getattr(item, "obj", None).__doc__ or item.name).split())
        points = round(question.points * share, 3)
        row = QuestionResult(question.id, name, outcome, points, question.points, message, picture=picture)
        self._rows.setdefault(question.id, []).append(row)
        kept = tuple(self._session.observed) if self.keeps_all or outcome in ("failed", "error") else ()
        error = call.excinfo.value if call.excinfo is not None else None
        code, tensor = (error.code, error.tensor) if isinstance(error, CheckFailed) else ("", "")
        self.runs.append(TestRun(question.id, item.name, outcome, message, code, tensor, kept, report.duration))
        return report

    def _picture(self, error: BaseException) -> Picture | None:
        """What differs, drawn. A picture is a help: one that cannot be drawn costs nobody the marks."""
        if not isinstance(error, CheckFailed):
            return None
        try:
            return picture_of(error.values)
        except Exception as failure:
            self._session.notes.append(f"a picture could not be drawn ({type(failure).__name__})")
            return None

    def _explain(self, error: BaseException, hidden: bool) -> tuple[str, str, float]:
        if isinstance(error, pytest.skip.Exception):
            return "skipped", str(error.msg), 0.0
        if isinstance(error, CheckFailed):
            message = error.brief if hidden else error.message
            return error.outcome, shortened(message), min(max(error.share, 0.0), 1.0)
        # the assignment or the machine is broken, not the submission: nobody may lose points for it
        if isinstance(error, UsageError):
            self.broken = self.broken or error
        if isinstance(error, AssertionError):
            # a plain `assert condition, "line for the student"`
            return "failed", shortened(str(error)) or "the check does not hold", 0.0
        text = f"the returned value is not of the kind that was asked for ({type(error).__name__} while checking it)"
        return "error", text, 0.0


def merged(rows: list[QuestionResult]) -> QuestionResult:
    """One row for the tests of one question: points add up, the gravest outcome and its message stand."""
    gravest = max(rows, key=lambda row: _GRAVITY[row.outcome])
    return QuestionResult(
        id=rows[0].id,
        name=rows[0].name,
        outcome=gravest.outcome,
        points=round(sum(row.points for row in rows), 3),
        max_points=round(sum(row.max_points for row in rows), 3),
        message=gravest.message,
        diagnosis=gravest.diagnosis,
        picture=gravest.picture,
    )


def _question(item: pytest.Item) -> Question:
    marker = item.get_closest_marker(MARKER)
    if marker is None:
        raise UsageError(f"{item.nodeid} has no @question(id, points)")
    return marker.args[0]
