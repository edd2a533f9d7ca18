"""What the product is judged by: right answers get full marks however they are written, wrong ones lose points.

On 20 seeds each; where a submission trains a dozen networks there are two, and one for wrong searches. A run takes some
answers and some seeds (`tests/slices.py`).
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.authoring.tables import Case, read_files, read_sections, read_table
from autograder.explain.minor import MINOR
from tests.course import ASSIGNMENTS
from tests.slices import by_turns, part_of, takes_few

CASES = Path(__file__).parents[1]
OTHER_SEEDS = range(1, 20)
OTHER_SEEDS_OF = {"10_search": range(1, 2)}
MISTAKES = {name: read_table(CASES / "mistakes" / f"{name}.txt") for name in ASSIGNMENTS}
UNFORESEEN = {name: read_files(CASES / "mistakes" / "unforeseen" / name) for name in ASSIGNMENTS}


def rewrites(name: str) -> dict[str, Path | str]:
    """Right answers by name: files as they were handed in, the texts of a table, and those of the assignment itself."""
    folder = CASES / "rewrites" / name
    files = {path.stem: path for path in sorted(folder.glob("[!_.]*")) if path.suffix in (".py", ".ipynb")}
    table = folder.with_suffix(".txt")
    assignment = find_assignment(name)
    solution = assignment.solution.read_text("utf-8")
    own = {path.stem: f"{solution}\n\n{path.read_text('utf-8')}" for path in assignment.rewrites}
    return files | own | ({case.name: case.text for case in read_table(table)} if table.exists() else {})


def of_all(cases: dict[str, list[Case]]) -> list[object]:
    return [pytest.param(name, case, id=f"{name}-{case.name}") for name in cases for case in cases[name]]


def right(names: Iterable[str], few: int | None = None) -> list[object]:
    """Right answers to each assignment: what the run takes of them, or all."""
    parts = {name: list(rewrites(name).items()) for name in names}
    parts = {name: part_of(part, few) for name, part in parts.items()} if few else parts
    return [pytest.param(name, text, id=f"{name}-{case}") for name, part in parts.items() for case, text in part]


def handed_in(room, case: Case) -> str:
    """The solution with one function written otherwise."""
    return room.solution + "\n\n" + case.text


def other_seeds(name: str) -> list[int]:
    return part_of(OTHER_SEEDS_OF.get(name, OTHER_SEEDS), few=1)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_there_are_enough_rewrites(name):
    assert len(rewrites(name)) >= 6


@pytest.mark.slow
@pytest.mark.parametrize("name, answer", right(ASSIGNMENTS, few=1))
def test_right_answer_gets_full_marks(rooms, name, answer):
    room = rooms(name)
    result = room.grade(answer, explainer=room.explainer())
    assert all(row.diagnosis is None for row in result.questions)
    assert result.score == result.max_score, [(row.id, row.message) for row in result.questions if row.message]
    assert result.status == "graded"


def right_on_other_seeds() -> list[object]:
    """Right answers that are tried on further seeds, each of which needs the reference's values first."""
    if takes_few():
        return right(part_of(ASSIGNMENTS, few=3), few=2)
    return right(filter(other_seeds, ASSIGNMENTS))


@pytest.mark.slow
@pytest.mark.parametrize("name, answer", right_on_other_seeds())
def test_right_answer_gets_full_marks_on_other_seeds(rooms, name, answer):
    seeds = other_seeds(name)
    for seed, rows in zip(seeds, rooms(name).rows(answer, seeds), strict=True):
        wrong = [(row.id, row.message) for row in rows if row.outcome != "passed"]
        assert not wrong, f"seed {seed}: {wrong}"


BASES = [
    (name, section)
    for name in ASSIGNMENTS
    for section in part_of(read_sections(CASES / "mistakes" / f"{name}.txt"), few=2)
]


@pytest.mark.slow
@pytest.mark.parametrize("name, section", [pytest.param(*base, id=f"{base[0]}-{base[1].name}") for base in BASES])
def test_what_mistakes_are_made_in_is_right(rooms, name, section):
    room = rooms(name)
    text = room.solution + "\n\n" + section.base
    (row,) = room.grade(text, only=(section.question,)).questions
    assert row.points == row.max_points, row.message


@pytest.mark.parametrize("name", ASSIGNMENTS)
@pytest.mark.parametrize("kind", ["starter.py", "starter.ipynb"])
def test_untouched_starter_scores_nothing(rooms, name, kind):
    room = rooms(name)
    result = room.grade(room.assignment.folder / kind)
    assert result.score == 0 and result.status == "graded"
    # a dependent question is skipped
    assert {row.outcome for row in result.questions} <= {"error", "skipped"}
    assert all("not implemented yet" in row.message or "builds on" in row.message for row in result.questions)


# Facts of a case that is no ordinary one, in its table:
#   named: no            what no operator, factor or trial explains: it is located, and nothing is invented
#   named: by its check  the answer is an object or a law: the failed check itself says what is wrong, a name is rare
#   public: passes       the student's own check does not see it: right unless a size is 1, or a list has one entry
#   costs: little        less than half of its question, besides the kinds of `autograder.explain.minor`


# an assignment's bank takes minutes: a slice makes those of some, and `make test` has that of 03 for other tests anyway
FEW = by_turns({"03_numpy_net": MISTAKES["03_numpy_net"]} if takes_few() else MISTAKES, names=1, few=40)
FEW_UNFORESEEN = {name: part_of(UNFORESEEN[name], few=12) if takes_few() else UNFORESEEN[name] for name in FEW}


@pytest.mark.slow
@pytest.mark.parametrize("name, case", of_all(FEW))
def test_mistake_loses_points_and_gets_its_cause(rooms, name, case):
    room = rooms(name)
    (row,) = room.grade(handed_in(room, case), only=(case.question,), explainer=room.explainer()).questions
    assert row.points < row.max_points, f"full marks for {case.name}"
    is_green = all(run.outcome == "passed" for run in room.suite.last if not run.of.is_hidden)
    assert is_green == ("public" in case.facts)
    costs_half = row.points <= row.max_points / 2
    assert not (is_green and costs_half), f"{case.name} passes the student's own check and costs half of the question"
    may_cost_little = "costs" in case.facts or MINOR.keys() & case.causes
    assert costs_half or may_cost_little, f"{case.name} leaves {row.points} of {row.max_points}"
    if case.question in room.assignment.unrehearsed:
        return
    named = case.facts.get("named")
    if named == "no":
        assert row.diagnosis is None
    elif named == "by its check":
        assert row.message and (row.diagnosis is None or row.diagnosis.code in case.causes), row.diagnosis
    else:
        assert row.diagnosis is not None, row.message
        assert row.diagnosis.code in case.causes, row.diagnosis


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_at_most_one_mistake_in_ten_passes_the_students_own_check(name):
    green = [case.name for case in MISTAKES[name] if "public" in case.facts]
    assert len(green) <= 0.1 * len(MISTAKES[name]), green


def test_at_most_one_mistake_in_twenty_has_no_name():
    labelled = [case for name in MISTAKES for case in MISTAKES[name] if case.facts.get("named") != "by its check"]
    unnamed = [case.name for case in labelled if case.facts.get("named") == "no"]
    assert len(labelled) > 250 and len(unnamed) <= 0.05 * len(labelled), unnamed
    assert all(case.causes for case in labelled)


@pytest.mark.slow
@pytest.mark.parametrize("name, case", of_all(FEW_UNFORESEEN))
def test_unforeseen_mistake_is_located_and_never_misnamed(rooms, name, case):
    """Written by somebody who did not know what is looked for; what they took for wrong may be `right`."""
    room = rooms(name)
    (row,) = room.grade(handed_in(room, case), only=(case.question,), explainer=room.explainer()).questions
    if "right" in case.facts:
        assert row.points == row.max_points, row.message
        return
    assert row.points < row.max_points and row.message
    assert row.diagnosis is None or row.diagnosis.code in case.causes, row.diagnosis


# `carried: 08.3` of such a file: another function of it, which is right and calls the wrong one
CALLERS = {name: [case for case in cases if "carried" in case.facts] for name, cases in UNFORESEEN.items()}


@pytest.mark.slow
@pytest.mark.parametrize("name, case", of_all(CALLERS))
def test_what_calls_a_wrong_function_loses_nothing(rooms, name, case):
    room = rooms(name)
    rows = {row.id: row for row in room.grade(handed_in(room, case), carrier=room.carrier()).questions}
    assert rows[case.question].points <= rows[case.question].max_points / 2
    row = rows[case.facts["carried"]]
    assert row.points == row.max_points, row.message


def of_other_seeds() -> list[object]:
    """Mistakes that are tried on further seeds: `make test` takes none, a slice its part of mistakes and of seeds.

    A wrong search takes a minute.
    """
    if takes_few():
        return []
    searches = ("10.7", "10.8")
    names = filter(other_seeds, ASSIGNMENTS)
    parts = {name: part_of(MISTAKES[name], few=0) for name in names}
    return of_all({name: [case for case in cases if case.question not in searches] for name, cases in parts.items()})


@pytest.mark.slow
@pytest.mark.parametrize("name, case", of_other_seeds())
def test_mistake_loses_points_on_other_seeds(rooms, name, case):
    room = rooms(name)
    seeds = other_seeds(name)
    for seed, rows in zip(seeds, room.rows(handed_in(room, case), seeds, only=(case.question,)), strict=True):
        (row,) = rows
        assert row.points < row.max_points, f"seed {seed}: full marks for {case.name}"
