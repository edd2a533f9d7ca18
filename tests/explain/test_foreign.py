"""Explaining anybody's assignment: three that were written for the purpose by somebody who had not read this code."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from autograder.assignment.definition import Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.reference import ReferenceStore
from autograder.explain.audit import audit_of
from autograder.explain.diagnosis.explainer import Explainer
from autograder.explain.mutation.bank import Bank, learn
from autograder.explain.mutation.kept import cached, keep
from autograder.facts.result import QuestionResult, Result
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import new_template
from tests.slices import part_of

if sys.version_info >= (3, 11):
    import tomllib
else:
    import tomli as tomllib

FOLDER = Path(__file__).parent / "foreign"
# the bank of each takes minutes: a run takes one of them
pytestmark = pytest.mark.slow
ASSIGNMENTS = part_of(("logistic_momentum", "recurrent_cell", "custom_layer_metric"), few=1)
# of 20 mistakes of each, how many are named; what is not named must be located
NAMED = {"logistic_momentum": 16, "recurrent_cell": 16, "custom_layer_metric": 8}
FOUND = 16


class Room:
    """One foreign assignment, ready to grade."""

    def __init__(self, name: str, folder: Path) -> None:
        self.assignment = Assignment.load(FOLDER / name)
        self.template = new_template(self.assignment.framework)
        self.folder = folder
        self.solution = self.assignment.solution.read_text("utf-8")
        self.control = self.template.control()  # type: ignore[union-attr]
        self.store = ReferenceStore(self.assignment, self.control, DEFAULT_SEED)
        self.explainer = Explainer(self.assignment, DEFAULT_SEED, lambda: self.bank)
        self.bank: Bank = cached(self.assignment, DEFAULT_SEED) or self._learned()

    def _learned(self) -> Bank:
        bank = learn(self.assignment, self.template, DEFAULT_SEED)
        keep(bank, self.assignment, DEFAULT_SEED)
        return bank

    def grade(self, text: str, only: tuple[str, ...] = ()) -> Result:
        path = self.folder / self.assignment.submission
        path.write_text(text, "utf-8")
        grader = Grader(self.assignment, self.control, only=only, explainer=self.explainer, store=self.store)
        return grader.grade(Submission("student", path)).result

    def close(self) -> None:
        self.store.close()
        self.explainer.close()
        self.control.close()
        self.template.close()


@pytest.fixture(scope="module")
def rooms(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Room]]:
    opened: dict[str, Room] = {}

    def of(name: str) -> Room:
        if name not in opened:
            opened[name] = Room(name, tmp_path_factory.mktemp(name))
        return opened[name]

    yield of
    for room in opened.values():
        room.close()


def mistakes(name: str) -> list[dict[str, Any]]:
    return tomllib.loads((FOLDER / name / "mistakes.toml").read_text("utf-8"))["mistake"]


CASES = [pytest.param(name, one, id=f"{name}-{one['name']}") for name in ASSIGNMENTS for one in mistakes(name)]
OUTCOMES: dict[str, list[str]] = {}


@pytest.mark.parametrize("name, mistake", CASES)
def test_mistake_is_located_and_never_misnamed(rooms, name, mistake):
    room = rooms(name)
    result = room.grade(f"{room.solution}\n\n{mistake['code']}", only=(mistake["question"],))
    (row,) = result.questions
    assert row.points < row.max_points and row.message, "the tests let it through"
    code = row.diagnosis.code if row.diagnosis else ""
    OUTCOMES.setdefault(name, []).append(code or ("located" if is_located(row) else ""))
    assert not code or code in mistake["codes"], (row.diagnosis, row.message)


def is_located(row: QuestionResult) -> bool:
    """Whether the failure says which of several values is wrong, or the line."""
    wrong = [fact for fact in row.facts if fact.kind != "right"]
    return any(fact.place or any(not name.startswith("the ") for name in fact.about) for fact in wrong)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_most_mistakes_are_named_or_located(name):
    found = OUTCOMES.get(name, [])
    # a worker that had only some of them cannot tell
    if len(found) == len(mistakes(name)):
        assert sum(code not in ("", "located") for code in found) >= NAMED[name], found
        assert sum(map(bool, found)) >= FOUND, found


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_right_answers_get_full_marks_and_no_diagnosis(rooms, name):
    room = rooms(name)
    for path in sorted((FOLDER / name).glob("right_*.py")):
        result = room.grade(path.read_text("utf-8"))
        assert result.score == result.max_score, [(row.id, row.message) for row in result.questions if row.message]
        assert all(row.diagnosis is None for row in result.questions)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_audit_is_clean(rooms, name):
    audit = audit_of(rooms(name).bank, rooms(name).assignment.accepted)
    assert audit.caught > 100
    assert audit.is_clean, [mutant.author_text for mutant in audit.survivors]
