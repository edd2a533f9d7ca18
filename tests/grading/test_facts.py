"""What a wrong answer is told of itself: the sentences of `tests/facts`, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from autograder.authoring.tables import Case, read_table

pytestmark = pytest.mark.turns(3)
TABLES = Path(__file__).parents[1] / "facts"
CASES = [
    pytest.param(table.stem, case, id=f"{table.stem}-{case.name}")
    for table in sorted(TABLES.glob("*.txt"))
    for case in read_table(table)
]


@pytest.mark.parametrize("name, case", CASES)
def test_answer_is_told_its_fact(rooms, name, case: Case):
    room = rooms(name)
    (row,) = room.grade(room.solution + "\n\n" + case.text, only=(case.question,)).questions
    told = re.sub(r"line \d+", "line N", row.message)
    assert told.startswith(case.facts["says"]), told
    assert case.facts.get("also", "") in told
    assert case.facts.get("never", "\0") not in told
    assert row.points < row.max_points and row.outcome in ("failed", "error")


def test_a_score_of_the_tuner_is_a_number(rooms):
    # keras-tuner's own `trial.score` is a number of NumPy's
    room = rooms("10_search")
    text = room.solution.replace("float(trial.score)", "trial.score")
    assert text != room.solution
    (row,) = room.grade(text, only=("10.7",)).questions
    assert row.points == row.max_points, row.message


def test_numbers_of_numpy_are_numbers(room03):
    text = """
_train, _loss = train, mse_loss

def mse_loss(Y_hat, Y):
    return np.asarray(_loss(Y_hat, Y)) if len(Y) % 2 else np.float64(_loss(Y_hat, Y))

def train(*given):
    params, losses = _train(*given)
    return [params, tuple(map(np.float64, losses))]
"""
    rows = room03.grade(room03.solution + text, only=("03.4", "03.7")).questions
    assert all(row.points == row.max_points for row in rows), [row.message for row in rows]


HEAD = "import numpy as np\n\n\ndef mse_loss(Y_hat, Y):\n    return float(((Y_hat - Y) ** 2).sum() / len(Y))\n\n\n"


@pytest.mark.parametrize(
    "text, shown",
    [
        (
            "def sigmoid(Z):\n    return 1 / (1 + np.exp(-Z)\n\n\ndef softmax(Z):\n    return Z\n",
            "submission.py, line 9, is not Python: '(' was never closed\n"
            "    return 1 / (1 + np.exp(-Z)\n               ^\nSo this is missing: sigmoid",
        ),
        (
            "def sigmoid(Z):\n    E = np.exp(-Z)\n      return 1 / (1 + E)\n",
            "submission.py, line 10, is not Python: unexpected indent\n    return 1 / (1 + E)\n    ^\nSo this is",
        ),
        (
            "def sigmoid(Z)\n    return 1 / (1 + np.exp(-Z))\n",
            "submission.py, line 8, is not Python: expected ':'\n    def sigmoid(Z)\n                  ^\nSo this is",
        ),
    ],
)
def test_a_syntax_error_is_shown_once(room03, text, shown):
    result = room03.grade(HEAD + text)
    assert result.message.startswith(shown), result.message
    rows = {row.id: row for row in result.questions}
    assert rows["03.4"].points == rows["03.4"].max_points
    assert re.fullmatch(r"sigmoid is missing because line \d+ is not Python\.", rows["03.1"].message)
    # the others are missing for a reason of their own, and the error is not told again
    assert not any("closed" in row.message or "^" in row.message for row in result.questions)


def test_what_a_syntax_error_does_not_take_is_not_called_missing(room03):
    result = room03.grade(room03.solution + "\n\ndef softmax(Z):\n    return (Z\n", only=("03.8",))
    assert "is not Python" in result.message and "missing" not in result.message
    assert result.score == result.max_score


@pytest.mark.parametrize("end", ["import os; os._exit(3)", "while True: pass", "raise SystemExit", "Z.sort(0)"])
def test_looking_for_the_line_costs_nothing(room03, end):
    text = f"""
def sigmoid(Z):
    if not Z.flags.writeable:
        {end}
    Z *= 2
    return Z
"""
    result = room03.grade(room03.solution + text, explainer=room03.explainer())
    rows = {row.id: row for row in result.questions}
    assert result.status == "graded" and rows["03.1"].message.startswith("sigmoid changes Z in place")
    assert rows["03.4"].points == rows["03.4"].max_points
    assert rows["03.1"].diagnosis is not None and rows["03.1"].diagnosis.code == "changes-argument"
