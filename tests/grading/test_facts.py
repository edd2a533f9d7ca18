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
