"""What a wrong answer is told of itself: the sentences of `tests/facts`, word for word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.tables import Case, read_table

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
