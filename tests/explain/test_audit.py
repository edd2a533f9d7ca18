"""The audit on assignments whose tests are known to be good, weak or missing."""

from __future__ import annotations

import gzip
import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.assignment.definition import Assignment
from autograder.cli.audit_table import print_audit
from autograder.cli.console import output
from autograder.defaults import DEFAULT_SEED
from autograder.explain.audit import audit_of
from autograder.explain.mutation import kept
from autograder.explain.mutation.bank import Bank, learn
from autograder.explain.mutation.kept import bank_key, cached, from_json, is_shipped, keep, packed, to_json
from autograder.files import write_atomic
from autograder.fingerprint import fingerprint
from autograder.isolation.host.choice import new_template
from autograder.records.audit_page import write_audit
from tests.slices import part_of

pytestmark = pytest.mark.turns(4)
SOLUTION = """
import numpy as np


def mse_loss(Y_hat, Y):
    # BEGIN SOLUTION 90.1
    return float(np.sum((Y_hat - Y) ** 2) / len(Y))
    # END SOLUTION


def scale(Z):
    # BEGIN SOLUTION 90.2
    return 3 * Z
    # END SOLUTION
"""
GOOD = '''
from autograder.testing import assert_array, assert_loss, question


@question("90.1", points=1)
def test_mse_loss(student, reference, problem):
    """The loss."""
    problem = problem.extended(Y_hat=lambda one: one.rng().normal(size=(one.M, one.k)))
    assert_loss(student.mse_loss, reference.mse_loss, problem)


@question("90.2", points=1)
def test_scale(student, reference, problem):
    """Three times."""
    assert_array(student.scale, reference.scale, problem)
'''
WITH_CLASS = (
    SOLUTION
    + """

class Shift:
    # BEGIN SOLUTION 90.3
    def __init__(self, by):
        self.by = by

    def forward(self, Z):
        return Z + 2 * self.by
    # END SOLUTION
"""
)
MAKING = (
    GOOD.replace("import assert", "import Remote, check, assert")
    + """

@question("90.3", points=1)
def test_shift(student, problem):
    \"\"\"Shifted.\"\"\"
    for by in (3.0, 5.0):
        shift = student.make(Remote("submission.Shift", by))
        check((shift.forward(problem.first.Z) == problem.first.Z + 2 * by).all(), "not shifted as asked")
"""
)
PROBLEMS = """
from autograder.testing import Fixture, Sizes, cached_property


class Numbers(Fixture):
    sizes = (Sizes(M=7, k=3), Sizes(M=11, k=2))
    words = {"M": "examples", "k": "outputs"}

    @cached_property
    def Y(self):
        return self.rng("Y").normal(size=(self.M, self.k))

    @cached_property
    def Z(self):
        return self.rng("Z").normal(size=(self.M, self.k))
"""
# one example: its mean is its sum
WEAK = GOOD.replace(
    "assert_loss(student.mse_loss, reference.mse_loss, problem)",
    "one = problem.first\n    assert_loss(student.mse_loss, reference.mse_loss, one.Y_hat[:1], one.Y[:1])",
)


@pytest.fixture
def course(tmp_path, monkeypatch):
    """Makes an assignment from the text of its tests."""
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))

    def make(tests: str, settings: str = "", hidden: str = "", solution: str = SOLUTION) -> Assignment:
        # pytest imports a test file of one name once a process
        folder = tmp_path / f"90_{fingerprint(str(tmp_path), tests, hidden)[:8]}"
        shutil.rmtree(folder, ignore_errors=True)
        (folder / "tests").mkdir(parents=True)
        (folder / "assignment.toml").write_text(f'title = "Audit"\nframework = "numpy"\n{settings}')
        (folder / "solution.py").write_text(solution)
        (folder / "tests" / "test_public.py").write_text(tests)
        (folder / "tests" / "problems.py").write_text(PROBLEMS)
        if hidden:
            (folder / "tests" / "test_hidden.py").write_text(hidden.replace("def test_", "def test_hidden_"))
        return Assignment.load(folder)

    return make


@pytest.fixture(scope="module")
def template():
    started = new_template("numpy")
    yield started
    started.close()


def test_good_tests_let_nothing_through(course, template):
    bank = learn(course(GOOD), template, 1)
    audit = audit_of(bank)
    assert audit.is_clean and audit.caught > 40
    assert {mutant.author_text.split(": ")[1] for mutant in audit.equivalent} >= {"Y_hat - Y → Y - Y_hat"}
    assert not audit.untouched and not audit.idle
    assert {room.question: room.is_narrow for room in audit.rooms} == {"90.1": False, "90.2": False}


def test_fixture_of_one_example_is_found_out(course, template):
    audit = audit_of(learn(course(WEAK), template, 1))
    assert not audit.is_clean
    assert {mutant.code for mutant in audit.survivors} >= {"missing-mean", "mean-twice"}
    # nobody calls these the same as the solution, although the fixture does
    assert "missing-mean" not in {mutant.code for mutant in audit.equivalent if mutant.function == "mse_loss"}


def test_question_that_is_left_out_costs_nothing_and_is_named(course, template):
    assignment = course(GOOD, 'unrehearsed = ["90.2"]')
    bank = learn(assignment, template, 1)
    assert {mutant.function for mutant in bank.mutants} == {"mse_loss"}
    assert set(bank.questions.values()) == {"90.1"}
    audit = audit_of(bank, left_out=assignment.unrehearsed)
    assert audit.is_clean and audit.left_out == ("90.2",) and not audit.untouched


def test_question_that_calls_nothing_is_named(course, template):
    tests = GOOD.replace("assert_array(student.scale, reference.scale, problem)", "assert problem")
    audit = audit_of(learn(course(tests), template, 1))
    assert audit.untouched == ("90.2",)


def test_mistakes_are_made_in_a_class_that_a_test_builds(course, template):
    bank = learn(course(MAKING, solution=WITH_CLASS), template, 1)
    audit = audit_of(bank)
    assert not audit.untouched and "Shift" in bank.calls["test_shift"]
    caught = {bank.mutants[one.mutant].source for one in bank.answers["test_shift"] if one.outcome != "passed"}
    assert any("2 * self.by" not in source for source in caught)
    assert not [one for one in audit.survivors if one.function.startswith("Shift")]


def test_cost_of_a_mistake_is_that_in_the_question_of_its_line(course, template):
    audit = audit_of(learn(course(GOOD), template, 1))
    assert {(cost.question, cost.mutant.function) for cost in audit.costs} == {("90.1", "mse_loss"), ("90.2", "scale")}
    assert len(audit.costs) == audit.caught and not audit.green and not audit.cheap
    assert all(cost.lost <= cost.points == 1 and cost.elsewhere == 0 for cost in audit.costs)


@pytest.mark.parametrize("points, is_dear", [(3, True), (0.5, False)])
def test_mistake_that_passes_the_public_tests_is_warned_of_by_what_it_costs(course, template, points, is_dear, capsys):
    hidden = GOOD.replace("points=1", f"points={points}")
    audit = audit_of(learn(course(WEAK, hidden=hidden), template, 1))
    assert audit.is_clean
    mean = next(cost for cost in audit.costs if cost.mutant.code == "missing-mean")
    assert mean.passes_publicly and mean.lost == points and mean.points == 1 + points
    assert (mean in audit.surprising) == is_dear and (mean in audit.cheap) != is_dear
    output.cache_clear()
    print_audit(audit)
    output.cache_clear()
    told = capsys.readouterr().out
    said = "passes the public tests of its" if len(audit.green) == 1 else "pass the public tests of their"
    assert f"{len(audit.green)} of {len(audit.costs)} mistakes {said} question" in told
    assert f"{points} of {1 + points}" in told


def test_points_lost_elsewhere_are_those_of_other_questions(course, template):
    # the second question hands over what the first function returns
    tests = GOOD.replace(
        "assert_array(student.scale, reference.scale, problem)",
        "assert student.mse_loss(problem.first.Z, 0 * problem.first.Z) > 0\n"
        "    assert student.mse_loss(problem.first.Z, problem.first.Z) == 0, 'the loss of what is right'\n"
        "    assert_array(student.scale, reference.scale, problem)",
    )
    audit = audit_of(learn(course(tests), template, 1))
    assert {cost.elsewhere for cost in audit.costs if cost.question == "90.2"} == {0}
    assert any(cost.elsewhere == 1 for cost in audit.costs if cost.question == "90.1")


def test_accepted_mistakes_are_listed_with_their_reason(course, template):
    bank = learn(course(WEAK), template, 1)
    codes = {f"mse_loss: {mutant.code}": "allowed" for mutant in audit_of(bank).survivors}
    audit = audit_of(bank, codes)
    assert audit.is_clean and {reason for _, reason in audit.accepted} == {"allowed"}


def test_bank_survives_its_file(course, template):
    assignment = course(GOOD)
    bank = learn(assignment, template, 1)
    again = from_json(to_json(bank))
    assert audit_of(again) == audit_of(from_json(to_json(again)))
    assert audit_of(again).caught == audit_of(bank).caught
    assert cached(assignment, 1) is None
    keep(bank, assignment, 1)
    assert audit_of(cached(assignment, 1) or Bank()) == audit_of(again)
    # another seed, other tests: another bank
    assert cached(assignment, 2) is None
    assert cached(course(WEAK), 1) is None


def test_edited_table_of_operators_makes_a_new_bank(course, tmp_path, monkeypatch):
    assignment, page = course(GOOD), tmp_path / "operators.md"
    before = bank_key(assignment, 1)
    shutil.copy(kept.PAGE, page)
    monkeypatch.setattr(kept, "PAGE", page)
    assert bank_key(assignment, 1) == before
    page.write_text(page.read_text("utf-8") + "one line more\n", "utf-8")
    assert bank_key(assignment, 1) != before


def test_bank_beside_the_assignment_is_read_where_none_is_kept(course, template):
    assignment = course(GOOD)
    assert not is_shipped(assignment) and cached(assignment, DEFAULT_SEED) is None
    bank = learn(assignment, template, DEFAULT_SEED)
    write_atomic(assignment.whole_bank, packed(bank, assignment, DEFAULT_SEED))
    assert is_shipped(assignment)
    assert audit_of(cached(assignment, DEFAULT_SEED) or Bank()).caught == audit_of(bank).caught
    # what is between the functions moves the lines that an audit names, and is no other solution
    text = assignment.solution.read_text("utf-8")
    assignment.solution.write_text(text.replace("def scale", "# one\n# two\ndef scale"), "utf-8")
    moved = cached(Assignment.load(assignment.folder), DEFAULT_SEED)
    old, new = ({one.function: one.line for one in some.mutants} for some in (bank, moved))
    assert new == {"mse_loss": old["mse_loss"], "scale": old["scale"] + 2}
    assignment.solution.write_text(text.replace("3 * Z", "4 * Z"), "utf-8")
    assert cached(Assignment.load(assignment.folder), DEFAULT_SEED) is None


def test_other_limits_and_what_is_carried_let_the_bank_stand(course):
    assignment = course(GOOD)
    other = replace(assignment, limits=replace(assignment.limits, memory_mb=999))
    assert other.fingerprint != assignment.fingerprint and bank_key(other, 1) == bank_key(assignment, 1)
    keep(Bank(elsewhere={0: 1.0}), assignment, 1)
    assert cached(other, 1).elsewhere == {0: 1.0}
    assert cached(replace(assignment, carry={"90.1": 0.0}), 1).elsewhere is None


def flipped(data: bytes) -> bytes:
    """Bits that a disk lost, in the middle."""
    return data[:200] + bytes(byte ^ 0xFF for byte in data[200:220]) + data[220:]


def with_parts(data: bytes, **parts: object) -> bytes:
    """A bank in whose file some parts are others."""
    return gzip.compress(json.dumps(json.loads(gzip.decompress(data)) | parts).encode())


DAMAGES = [
    lambda data: b"",
    lambda data: b"not a zip",
    lambda data: b"\x1f\x8b cut",
    lambda data: data[: len(data) // 2],
    flipped,
    # of other versions
    lambda data: gzip.compress(b"[]"),
    lambda data: with_parts(data, mutants=[["sign"]]),
    lambda data: with_parts(data, tests={"a": [1]}),
    lambda data: with_parts(data, tests=[1]),
    lambda data: with_parts(data, lines=[1]),
    lambda data: with_parts(data, key="of another"),
]


@pytest.mark.slow
@pytest.mark.parametrize("damage", part_of(DAMAGES, few=2))
def test_damaged_bank_is_made_again(course, template, damage, tmp_path):
    assignment = course(GOOD)
    keep(learn(assignment, template, 1), assignment, 1)
    (path,) = (tmp_path / "cache").glob("*.gz")
    path.write_bytes(damage(path.read_bytes()))
    assert cached(assignment, 1) is None


def test_page_shows_survivors_escaped(course, template, tmp_path):
    audit = audit_of(learn(course(WEAK.replace("One", "<b>")), template, 1))
    page = write_audit(audit, course(WEAK), Path(tmp_path / "audit.html")).read_text("utf-8")
    assert "Mistakes that pass every test" in page and "<script" not in page
    assert all(f"line {mutant.line}" in page for mutant in audit.survivors)
    assert page.count('<td data-label="Question">') == len(audit.costs) > 0
