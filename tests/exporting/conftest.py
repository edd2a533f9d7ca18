"""A gradebook with everything that can become of a mark, and a way to run the program on it."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.cli.program import program, run
from autograder.engine.classes import LocalGraders, Plan, grade_class
from autograder.facts.adjustment import Adjustment
from autograder.facts.fact import Fact
from autograder.facts.result import Part, QuestionResult, Result
from autograder.handin.submissions import HandedIn
from autograder.isolation.host.choice import new_template
from autograder.marks.rules import Rules
from autograder.records.gradebook import Gradebook
from autograder.records.listing import Entry, Listing, basis_of
from autograder.words import message

Told = tuple[int, str, str]
Program = Callable[..., Told]


@pytest.fixture
def autograder(capsys: pytest.CaptureFixture[str]) -> Program:
    """Runs the program; gives its exit status and what it said."""

    def execute(*arguments: object) -> Told:
        capsys.readouterr()
        status = run(lambda: program.main([str(one) for one in arguments], "autograder", standalone_mode=False))
        told = capsys.readouterr()
        return status, told.out, told.err

    return execute


def grade(handed_in: HandedIn, folder: Path) -> None:
    """Grades a class of the NumPy assignment into a gradebook; causes are not looked for, which takes a bank."""
    assignment = find_assignment("03_numpy_net")
    listing = Listing(handed_in, basis_of(assignment, 7, "cpu", "auto"))
    template = new_template(assignment.framework, warm=True)
    try:
        with Gradebook(folder / "gradebook.sqlite") as gradebook:
            gradebook.claim(assignment)
            waiting = listing.waiting(gradebook.begin(listing))
            for one in grade_class(Plan(assignment, 7, "cpu"), waiting, LocalGraders(template, 2)):
                for row in listing.done(one):
                    gradebook.record(row.result, row.print, row.entry)
            gradebook.conclude(listing, Rules())
    finally:
        template.close()


def question(id: str, public: float, hidden: float, told: str = "") -> QuestionResult:
    """A question with a public test worth 3 points and a hidden one worth 1."""
    wrong = Fact.said(f"public {told}") if public < 3 else None
    secret = Fact.said(f"hidden {told}") if hidden < 1 else None
    parts = (
        Part(f"{id} small.", False, "failed" if wrong else "passed", public, 3.0, (wrong,) if wrong else ()),
        Part(f"{id} large.", True, "failed" if secret else "passed", hidden, 1.0, (secret,) if secret else ()),
    )
    facts = next((part.facts for part in parts if part.facts), ())
    outcome = "failed" if facts else "passed"
    name, points = f"{id} small.", public + hidden
    return QuestionResult(id, name, outcome, points, 4.0, message(facts), facts=facts, parts=parts)


def result(student: str, *points: tuple[float, float], **fields: object) -> Result:
    """A result of up to three questions."""
    rows = tuple(question(f"03.{number}", *both) for number, both in enumerate(points, 1))
    return Result(student, "03_numpy_net", "graded", rows, seconds=0.25, **fields)  # type: ignore[arg-type]


def decided(kind: str, **fields: object) -> Adjustment:
    """A decision of the instructor's."""
    return Adjustment(kind, "illness", "M. Weber", "2026-11-20", **fields)  # type: ignore[arg-type]


@pytest.fixture
def gradebook(tmp_path: Path) -> Callable[[list[Result]], Path]:
    """Writes a gradebook with these rows; gives its folder."""

    def write(results: list[Result]) -> Path:
        folder = tmp_path / "grades"
        with Gradebook(folder / "gradebook.sqlite") as book:
            for one in results:
                entry = Entry(one.student, one.name, one.id, one.email, one.group, one.file, one.attempt, one.attempts)
                book.record(one, f"print of {one.student}", entry)
        return folder

    return write
