"""What strangers hand in earns what it is worth, as a notebook and as a script."""

from __future__ import annotations

import zlib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.real.cases import HandedIn, all_cases
from tests.slices import part_of

# each day another part, some of every kind
MIXED = sorted(all_cases(), key=lambda case: zlib.crc32(case.id.encode()))
CASES = part_of(MIXED, few=30)


@pytest.mark.slow
@pytest.mark.parametrize("handed_in", CASES, ids=[case.id for case in CASES])
def test_earns_what_it_is_worth(handed_in: HandedIn, rooms: Callable[[str], Any], tmp_path: Path) -> None:
    path = tmp_path / handed_in.file
    path.write_bytes(handed_in.content)
    result = rooms(handed_in.assignment).grade(path)

    lines = {"": [result.message or ""]}
    points: dict[str, list[float]] = {}
    for row in result.questions:
        lines[""].append(row.message or "")
        lines.setdefault(row.id, []).append(row.message or "")
        earned = points.setdefault(row.id, [0.0, 0.0])
        earned[0] += row.points
        earned[1] += row.max_points
    lost = {question for question, (earned, possible) in points.items() if earned < possible}
    report = "\n".join(
        [f"{handed_in.sentence} [{result.status}]", *(f"  {id}: {' | '.join(said)}" for id, said in lines.items())]
    )
    if handed_in.unreadable:
        assert result.status == "unreadable", report
    else:
        wrongly = sorted(lost - set(handed_in.loses) - set(handed_in.may))
        assert not wrongly, f"lost marks for nothing: {wrongly}\n{report}"
        kept = sorted(set(handed_in.loses) - lost)
        assert not kept, f"a wrong answer got full marks: {kept}\n{report}"
        assert points, report
    for question, words in handed_in.says:
        assert any(words in line for line in lines.get(question, [])), f"does not say {words!r}\n{report}"
