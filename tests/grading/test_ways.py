"""Right answers that build on other functions than the solution does: a mistake there costs them nothing either."""

from __future__ import annotations

import ast
import re

import pytest

from autograder.assignment.definition import Assignment
from autograder.authoring.tables import read_table
from autograder.carrying.ways import ways_of
from tests.course import ASSIGNMENTS
from tests.slices import part_of

from .conftest import CASES

pytestmark = pytest.mark.turns(4)
# an assignment, right answers to it, a mistake in what they build on, and the questions that lose by it
MISTAKES = [
    ("03_numpy_net", "on_sigmoid", "sigmoid_no_return", {"03.1"}),
    ("03_numpy_net", "on_backward", "absolute_error", {"03.5"}),
    ("04_tape_net", "on_gradients", "gradient_forward_outside_tape", {"04.4"}),
    ("04_tape_net", "on_gradients", "gradient_half", {"04.4"}),
    ("04_tape_net", "on_gradients", "gradient_list", {"04.4"}),
    ("08_optimizers", "on_sgd", "sgd_uphill", {"08.1"}),
    ("12_clinic", "on_counts", "confusion_above", {"12.1"}),
    ("12_clinic", "on_curve", "roc_ascending", {"12.3"}),
    ("12_clinic", "on_curve", "roc_ties_apart", {"12.3"}),
]


def answers(room, file: str) -> str:
    """A rewrite of an assignment below its solution."""
    text = (room.assignment.folder / "rewrites" / f"{file}.py").read_text("utf-8")
    return f"{room.solution}\n\n{text}"


def mistake(name: str, case: str) -> str:
    return next(one.code for one in read_table(CASES / "mistakes" / f"{name}.txt") if one.name == case)


def lost(result) -> dict[str, str]:
    return {row.id: row.message for row in result.questions if row.points < row.max_points}


@pytest.mark.slow
@pytest.mark.parametrize("name, file, case, losing", part_of(MISTAKES, few=5))
def test_a_mistake_costs_nothing_where_others_than_the_solution_build_on_it(rooms, name, file, case, losing):
    room = rooms(name)
    text = f"{answers(room, file)}\n\n{mistake(name, case)}"
    assert set(lost(room.grade(text))) >= losing
    result = room.grade(text, carrier=room.carrier())
    assert set(lost(result)) == losing, lost(result)


# made in the step that asks its own gradients, where these give nothing: each loses what it loses on right ones
IN_THE_STEP = {
    "after the step": (r"    loss = (.*)\n(.*\n.*\n)    return loss", r"\2    return \1"),
    "twice": (r"(    optimizer.*\n)", r"\1\1"),
    "uphill": (r"\(grads\[name\]", "(-grads[name]"),
    "not the biases": (r"for name in params\]", 'for name in ("W1", "W2")]'),
    "nothing": (r"    optimizer.*\n", ""),
}


@pytest.mark.slow
@pytest.mark.parametrize("change", part_of(list(IN_THE_STEP), few=2))
def test_what_is_wrong_beside_wrong_gradients_is_found(rooms, change):
    room = rooms("04_tape_net")
    text = answers(room, "on_gradients")
    before, after = IN_THE_STEP[change]
    wrong = re.sub(before, after, text[len(room.solution) :])
    assert wrong != text[len(room.solution) :]
    wrong = f"{room.solution}\n\n{wrong}"
    gradients = mistake("04_tape_net", "gradient_forward_outside_tape")
    rows = {row.id: row for row in room.grade(wrong, carrier=room.carrier()).questions}
    both = {row.id: row for row in room.grade(f"{wrong}\n\n{gradients}", carrier=room.carrier()).questions}
    assert rows["04.5"].points < rows["04.5"].max_points and rows["04.4"].points == rows["04.4"].max_points
    # a right step earns 4: what is wrong with it costs what it costs, and no more is earned by wrong gradients
    assert both["04.5"].points == pytest.approx(rows["04.5"].points), both["04.5"].message


def test_a_chain_of_two_that_the_solution_has_not(rooms):
    """The area is that under the curve, whose points are counted by a function that is wrong."""
    room = rooms("12_clinic")
    curve, counts = (answers(room, file)[len(room.solution) :] for file in ("on_curve", "on_counts"))
    only_curve = "\n\n".join(
        ast.unparse(node) for node in ast.parse(counts).body if getattr(node, "name", "") == "roc_curve"
    )
    text = f"{room.solution}{curve}\n\n{only_curve}\n\n{mistake('12_clinic', 'confusion_other_class')}"
    result = room.grade(text, carrier=room.carrier())
    assert set(lost(result)) <= {"12.1", "12.5"}, lost(result)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_each_rewrite_of_an_assignment_builds_on_something_else(rooms, name):
    """What does not would be a right answer as any other, of which there are enough in `tests/rewrites`."""
    assignment = rooms(name).assignment
    ways = ways_of(assignment)
    assert ways[0].name == "" and [path.name for path in assignment.rewrites] == [way.name for way in ways[1:]]


SOLUTION = """
def f(x):
    # BEGIN SOLUTION 20.1
    return 2 * x
    # END SOLUTION


def g(x):
    # BEGIN SOLUTION 20.2
    return 2 * x + 1
    # END SOLUTION
"""
ON_F = "def g(x):\n    return f(x) + 1\n"


@pytest.mark.parametrize(
    "files, names",
    [
        ({}, []),
        ({"on_f.py": ON_F}, ["on_f.py"]),
        ({"a.py": ON_F, "b.py": ON_F.replace("+ 1", "+ 1.0")}, ["a.py"]),  # the same once more
        ({"a.py": "def g(x):\n    return 1 + x + x\n"}, []),  # nothing else that it builds on
        ({"_later.py": ON_F, "notes.txt": ON_F, "a.ipynb": "{}"}, []),
        ({"a.py": f"from __future__ import annotations\n{ON_F}", "b.py": "def g(x:\n"}, ["a.py"]),
        ({"a.py": f"\ufeff{ON_F}"}, ["a.py"]),
        ({"a.py": ""}, []),
        (
            {"by_a_helper.py": "def helper(x):\n    return f(x)\n\n\ndef g(x):\n    return helper(x) + 1\n"},
            ["by_a_helper.py"],
        ),
    ],
)
def test_ways_are_right_answers_that_build_on_something_else(tmp_path, files, names):
    folder = tmp_path / "20_two"
    (folder / "rewrites").mkdir(parents=True)
    (folder / "solution.py").write_text(SOLUTION, "utf-8")
    for file, text in files.items():
        (folder / "rewrites" / file).write_text(text, "utf-8")
    assignment = Assignment(folder, "Two", "numpy", "20_two.py")
    ways = ways_of(assignment)
    assert [way.name for way in ways] == ["", *names]
    assert ways[0].parts.groundwork == {"f": frozenset(), "g": frozenset()}
    assert all(way.parts.groundwork["g"] == {"f"} for way in ways[1:])
