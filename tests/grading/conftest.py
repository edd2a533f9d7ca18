"""One warm template per framework for the whole run, and a class room that grades texts."""

from __future__ import annotations

import fcntl
import os
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment.definition import Assignment, find_assignment
from autograder.carrying.carrier import Carrier
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.reference import ReferenceStore
from autograder.engine.runs import TestRun, rows_of
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.engine.suite import Suite
from autograder.explain.diagnosis.explainer import Explainer
from autograder.explain.mutation.bank import Bank, learn
from autograder.explain.mutation.kept import cached, keep
from autograder.facts.result import QuestionResult, Result
from autograder.files import cache_folder
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import Template, new_template
from autograder.isolation.host.forking import Control
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import Limits

CASES = Path(__file__).parents[1]


@pytest.fixture(scope="session")
def templates() -> Iterator[Callable[[str], Template]]:
    """Gives the template of a framework, started when first asked for."""
    started: dict[str, Template] = {}

    def of(framework: str) -> Template:
        if framework not in started:
            started[framework] = new_template(framework, warm=True)
        return started[framework]

    yield of
    for template in started.values():
        template.close()


class RememberingSuite(Suite):
    """The tests of an assignment, which keep what came of them last."""

    last: tuple[TestRun, ...] = ()

    def run(self, *arguments: Any, **options: Any) -> list[TestRun]:
        """Runs tests on a submission."""
        runs = super().run(*arguments, **options)
        self.last = tuple(runs)
        return runs


@dataclass
class Room:
    """An assignment, ready to grade."""

    assignment: Assignment
    spawner: Control
    versions: dict[str, str]
    folder: Path
    template: Template
    stores: dict[int, ReferenceStore] = field(default_factory=dict)
    known: Bank | None = None
    explainers: dict[str, Explainer] = field(default_factory=dict)
    carriers: list[Carrier] = field(default_factory=list)

    @cached_property
    def suite(self) -> RememberingSuite:
        """Its tests, collected once."""
        return RememberingSuite(self.assignment)

    def store(self, seed: int) -> ReferenceStore:
        """The reference's values for a seed, computed once: the solution's own grading asks for all of them."""
        if seed not in self.stores:
            self.stores[seed] = ReferenceStore(self.assignment, self.spawner, seed)
            rows = self.rows(self.assignment.solution, [seed])[0]
            assert all(row.outcome == "passed" for row in rows), [row for row in rows if row.message]
            self.stores[seed].close()
        return self.stores[seed]

    @property
    def bank(self) -> Bank:
        """The assignment's bank of wrong answers, made by whichever test process asks first."""
        if self.known is None:
            cache_folder().mkdir(parents=True, exist_ok=True)
            with (cache_folder() / f"{self.assignment.name}.lock").open("w") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                self.known = cached(self.assignment, DEFAULT_SEED)
                if self.known is None:
                    self.known = learn(self.assignment, self.template, DEFAULT_SEED)
                    keep(self.known, self.assignment, DEFAULT_SEED)
        return self.known

    def explainer(self, level: str = "") -> Explainer:
        """What says why."""
        if level not in self.explainers:
            # what is told is tested, and a slow machine is no reason to tell less
            self.explainers[level] = Explainer(self.assignment, DEFAULT_SEED, lambda: self.bank, level, seconds=20.0)
        return self.explainers[level]

    def carrier(self, **settings: object) -> Carrier:
        """What judges questions on a submission's own groundwork."""
        self.carriers.append(Carrier(replace(self.assignment, **settings), lambda: self.bank))  # type: ignore[arg-type]
        return self.carriers[-1]

    def grade(self, submission: Path | str, limits: Limits | None = None, **options: object) -> Result:
        """Grades a file or a text as `autograder grade` does."""
        path = self.file(submission)
        return self.grade_submission(Submission(path.stem, path), limits, **options)

    def grade_submission(self, submission: Submission, limits: Limits | None = None, **options: object) -> Result:
        """Grades what one student handed in."""
        grader = Grader(
            replace(self.assignment, limits=limits or self.assignment.limits),
            self.spawner,
            user=student_user(),
            versions=self.versions,
            store=self.store(DEFAULT_SEED),
            suite=self.suite,
            **options,  # type: ignore[arg-type]
        )
        try:
            return grader.grade(submission).result
        finally:
            # what explains has a process of its own, which no test is to find
            for one in (*self.explainers.values(), *self.carriers, *self.stores.values()):
                one.close()

    def rows(
        self, submission: Path | str, seeds: list[int], only: tuple[str, ...] = ()
    ) -> list[tuple[QuestionResult, ...]]:
        """Grades one submission on several seeds in one student process: rows for each seed."""
        path = self.file(submission)
        source = Submission(path.stem, path).read().source
        limits = Limits(60.0, 600.0, 4000)
        session = Session(Setup(self.spawner, source, limits, user=student_user(), forbidden=self.suite.forbidden))
        wanted = self.suite.named(only)
        found = []
        try:
            for seed in seeds:
                store = self.stores[seed] if seed in self.stores else self.store(seed)
                found.append(rows_of(self.suite.run(session.beside(seed, 600.0), store, wanted.__contains__)))
        finally:
            session.close()
        return found

    def file(self, submission: Path | str) -> Path:
        if isinstance(submission, Path):
            return submission
        path = self.folder / "submission.py"
        path.write_text(submission, "utf-8")
        return path

    @property
    def solution(self) -> str:
        """The text of the solution."""
        return self.assignment.solution.read_text("utf-8")


@pytest.fixture(scope="session", autouse=True)
def banks_folder(pytestconfig: pytest.Config) -> Iterator[None]:
    """The tests' own cache, in pytest's, which all processes of a run share, and the next run: banks take minutes."""
    if "AUTOGRADER_CACHE" in os.environ:
        yield
        return
    assert pytestconfig.cache is not None
    os.environ["AUTOGRADER_CACHE"] = str(pytestconfig.cache.mkdir("banks"))
    yield
    del os.environ["AUTOGRADER_CACHE"]


@pytest.fixture(scope="session")
def rooms(
    templates: Callable[[str], Template], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Callable[[str], Room]]:
    """Gives the room of an assignment."""
    opened: dict[str, Room] = {}

    def of(name: str) -> Room:
        if name not in opened:
            foreign = CASES / "explain" / "foreign" / name
            assignment = Assignment.load(foreign) if foreign.is_dir() else find_assignment(name)
            template = templates(assignment.framework)
            folder = tmp_path_factory.mktemp(name)
            opened[name] = Room(assignment, template.control(), template.versions, folder, template)  # type: ignore[arg-type]
        return opened[name]

    yield of
    for room in opened.values():
        for one in (*room.stores.values(), *room.explainers.values()):
            one.close()
        room.spawner.close()


@pytest.fixture
def room03(rooms: Callable[[str], Room]) -> Room:
    """The NumPy assignment."""
    return rooms("03_numpy_net")


@pytest.fixture
def room04(rooms: Callable[[str], Room]) -> Room:
    """The TensorFlow assignment."""
    return rooms("04_tape_net")


@pytest.fixture
def bank03(room03: Room) -> None:
    """Has the bank of the NumPy assignment kept: no program that grades is waited for while it makes one."""
    assert room03.bank.mutants
