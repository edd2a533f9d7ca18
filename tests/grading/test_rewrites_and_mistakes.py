"""What the product is judged by: right answers get full marks however they are written, wrong ones lose points.

On 20 seeds each: one on every run, the others are slow tests. Where a submission trains a dozen networks there are two,
and one for wrong searches.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from autograder.defaults import DEFAULT_SEED

CASES = Path(__file__).parents[1]
SEEDS = [DEFAULT_SEED, *range(1, 20)]
SEEDS_OF = {"10_search": SEEDS[:2]}
ASSIGNMENTS = ("03_numpy_net", "04_tape_net", "10_search")


def cases(kind: str) -> list[object]:
    found = []
    for name in ASSIGNMENTS:
        for path in sorted((CASES / kind / name).glob("[!_.]*")):
            if path.suffix in (".py", ".ipynb"):
                found.append(pytest.param(name, path, id=f"{name}-{path.stem}"))
    return found


def test_there_are_enough_rewrites():
    for name in ASSIGNMENTS:
        assert len([path for path in (CASES / "rewrites" / name).glob("[!_.]*")]) >= 8


@pytest.mark.parametrize("name, path", cases("rewrites"))
def test_right_answer_gets_full_marks(rooms, name, path):
    room = rooms(name)
    result = room.grade(path, explainer=room.explainer())
    assert all(row.diagnosis is None for row in result.questions)
    assert result.score == result.max_score, [(row.id, row.message) for row in result.questions if row.message]
    assert result.status == "graded"


@pytest.mark.slow
@pytest.mark.parametrize("name, path", cases("rewrites"))
def test_right_answer_gets_full_marks_on_all_seeds(rooms, name, path):
    seeds = SEEDS_OF.get(name, SEEDS)[1:]
    for seed, rows in zip(seeds, rooms(name).rows(path, seeds), strict=True):
        wrong = [(row.id, row.message) for row in rows if row.outcome != "passed"]
        assert not wrong, f"seed {seed}: {wrong}"


@pytest.mark.parametrize("name", ASSIGNMENTS)
@pytest.mark.parametrize("kind", ["starter.py", "starter.ipynb"])
def test_untouched_starter_scores_nothing(rooms, name, kind):
    room = rooms(name)
    result = room.grade(room.assignment.folder / kind)
    assert result.score == 0 and result.status == "graded"
    # a dependent question is skipped
    assert {row.outcome for row in result.questions} <= {"error", "skipped"}
    assert all("not implemented yet" in row.message or "builds on" in row.message for row in result.questions)


def causes_of(path: Path) -> list[str]:
    """The kinds that a teaching assistant found true of a mistake, without having seen a diagnosis."""
    return path.read_text("utf-8").split("cause:")[1].splitlines()[0].replace(",", " ").split()


def question_of(path: Path) -> str:
    """The question that a mistake is about: the second line of its docstring."""
    return path.read_text("utf-8").split("question:")[1].split()[0]


# answers are objects and laws: the failed check itself says what is wrong with them, and a name is rare
JUDGED_BY_CHECKS = {"10_search"}

# what no operator, factor or trial explains: the tensor is located, and nothing is invented
UNNAMED = {
    "classifier_label_smoothing",
    "train_batches_shuffled",
    "train_updated_w2",
    "compiled_counts_while_tracing",
    "gradient_clipped",
    "step_ignores_optimizer",
    "train_assumes_full_batches",
    "train_loss_after_epoch",
}


@pytest.mark.parametrize("name, path", cases("mistakes"))
def test_mistake_loses_points_and_gets_its_cause(rooms, name, path):
    room = rooms(name)
    id = question_of(path)
    text = room.solution + "\n\n" + path.read_text("utf-8")
    (row,) = room.grade(text, only=(id,), explainer=room.explainer()).questions
    assert row.points < row.max_points, f"full marks for {path.stem}"
    if id in room.assignment.unrehearsed:
        return
    if path.stem in UNNAMED:
        assert row.diagnosis is None
    elif name in JUDGED_BY_CHECKS:
        assert row.message and (row.diagnosis is None or row.diagnosis.code in causes_of(path)), row.diagnosis
    else:
        assert row.diagnosis is not None, row.message
        assert row.diagnosis.code in causes_of(path), row.diagnosis


def test_at_most_one_mistake_in_twenty_has_no_name():
    labelled = [path for path in (CASES / "mistakes").glob("0*/*.py") if "cause:" in path.read_text("utf-8")]
    assert len(labelled) > 250 and len(UNNAMED) <= 0.05 * len(labelled)


@pytest.mark.parametrize("name, path", cases("mistakes/unforeseen"))
def test_unforeseen_mistake_is_located_and_never_misnamed(rooms, name, path):
    """Written by somebody who did not know what is looked for."""
    room = rooms(name)
    id = question_of(path)
    text = room.solution + "\n\n" + path.read_text("utf-8")
    (row,) = room.grade(text, only=(id,), explainer=room.explainer()).questions
    assert row.points < row.max_points and row.message
    assert row.diagnosis is None or row.diagnosis.code in causes_of(path), row.diagnosis


def is_wrong_search(case: object) -> bool:
    name, path = case.values  # type: ignore[attr-defined]
    return name == "10_search" and question_of(path) in ("10.7", "10.8")


@pytest.mark.slow
@pytest.mark.parametrize("name, path", [case for case in cases("mistakes") if not is_wrong_search(case)])
def test_mistake_loses_points_on_all_seeds(rooms, name, path):
    assert_loses(rooms(name), path, SEEDS_OF.get(name, SEEDS)[1:])


def assert_loses(room, path, seeds):
    text = room.solution + "\n\n" + path.read_text("utf-8")
    id = question_of(path)
    for seed, rows in zip(seeds, room.rows(text, seeds, only=(id,)), strict=True):
        (row,) = rows
        assert row.points < row.max_points, f"seed {seed}: full marks for {path.stem}"
