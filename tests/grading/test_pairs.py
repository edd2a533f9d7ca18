"""Two mistakes at once, made from the tables: in two functions, and in one. Each may be named, and nothing else."""

from __future__ import annotations

import difflib
import itertools
import random
from pathlib import Path

import pytest

from autograder.authoring.tables import Case, Section, read_sections
from tests.slices import part_of

MISTAKES = Path(__file__).parents[1] / "mistakes"
NAMES = ("03_numpy_net",)
# of each assignment and kind, drawn once and for all
_DRAWN = 40

Pair = tuple[str, Case, Case, str]


def pairs(name: str, is_one_function: bool) -> list[Pair]:
    sections = read_sections(MISTAKES / f"{name}.txt")
    known = [(section, case) for section in sections for case in section.cases if case.causes]
    rng = random.Random(f"{name} {is_one_function}")
    found: list[Pair] = []
    while len(found) < _DRAWN:
        (section, one), (other, two) = rng.sample(known, 2)
        if (section is other) == is_one_function and (is_one_function or one.question != two.question):
            text = merged(section, one, two) if is_one_function else f"{one.text}\n\n{two.text}"
            if text:
                found.append((name, one, two, text))
    return found


def merged(section: Section, one: Case, two: Case) -> str:
    """A base with the changes of two cases; "" where they touch the same lines."""
    lines = section.base.splitlines()
    edits = [
        (start, end, case.code.splitlines()[first:last])
        for case in (one, two)
        for tag, start, end, first, last in difflib.SequenceMatcher(
            None, lines, case.code.splitlines(), autojunk=False
        ).get_opcodes()
        if tag != "equal"
    ]
    edits.sort(reverse=True, key=lambda edit: edit[:2])
    if any(later[0] <= earlier[1] for later, earlier in itertools.pairwise(edits)):
        return ""
    for start, end, new in edits:
        lines[start:end] = new
    return "\n".join(lines) + "\n"


def of(is_one_function: bool) -> list[object]:
    found = [pair for name in NAMES for pair in pairs(name, is_one_function)]
    return [
        pytest.param(name, one, two, text, id=f"{name}-{one.name}-{two.name}")
        for name, one, two, text in part_of(found, few=6)
    ]


def told(room, text: str) -> dict[str, list[str]]:
    """What is named of each question; what follows from another is named there."""
    rows = room.grade(room.solution + "\n\n" + text, explainer=room.explainer()).questions
    return {
        row.id: [cause.code for cause in (row.diagnosis.causes if row.diagnosis else ()) if not cause.follows]
        for row in rows
    }


@pytest.mark.slow
@pytest.mark.parametrize("name, one, two, text", of(False))
def test_two_functions(rooms, name, one, two, text):
    found = told(rooms(name), text)
    for case in (one, two):
        assert set(found[case.question]) <= {*one.causes, *two.causes}, found


@pytest.mark.slow
@pytest.mark.parametrize("name, one, two, text", of(True))
def test_one_function(rooms, name, one, two, text):
    assert set(told(rooms(name), text)[one.question]) <= {*one.causes, *two.causes}
