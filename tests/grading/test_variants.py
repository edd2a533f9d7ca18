"""Bodies of functions that a new student tried, as they came: what is right earns everything, and nothing else does.

The first half of the course, done in order by somebody who knew nothing but the kits: `tests/variants`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.course import ASSIGNMENTS
from tests.slices import part_of

FOLDER = Path(__file__).parents[1] / "variants"
# right as well, though the student did not call them so
RIGHT = {"array returned", "formula without perceptrons", "rng.random", "eps added", "closure with build"}


def variants(name: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """Each with its question, what the student called it, and its bodies by the functions' names."""
    path = FOLDER / f"{name}.txt"
    for section in path.read_text("utf-8").split("=== ")[1:] if path.exists() else ():
        title, _, rest = section.partition("\n")
        question, _, what = title.partition(" ")
        parts = re.split(r"^@@ (.+)\n", rest, flags=re.MULTILINE)[1:]
        yield question, what, dict(zip(parts[::2], parts[1::2], strict=True))


def written_into(text: str, bodies: dict[str, str]) -> str:
    """A solution with other bodies; a method is `Class.method`."""
    for name, body in bodies.items():
        of, _, method = name.rpartition(".")
        start = text.index(f"class {of}") if of else 0
        start = re.compile(rf"^ *def {re.escape(method)}\(", re.MULTILINE).search(text, start).start()
        begin = re.compile(r"^( *)# BEGIN SOLUTION.*\n", re.MULTILINE).search(text, start)
        end = text.index("# END SOLUTION", begin.end())
        lines = [begin[1] + line if line.strip() else line for line in body.splitlines()]
        text = text[: begin.end()] + "\n".join(lines) + "\n" + begin[1] + text[end:]
    return text


ALL = [
    pytest.param(name, question, what, bodies, id=f"{question}-{what}")
    for name in ASSIGNMENTS
    for question, what, bodies in variants(name)
]


@pytest.mark.slow
@pytest.mark.parametrize("name, question, what, bodies", part_of(ALL, few=8))
def test_what_a_student_tried_earns_what_it_is_worth(rooms, name, question, what, bodies):
    room = rooms(name)
    (row,) = room.grade(written_into(room.solution, bodies), only=(question,)).questions
    assert (row.points == row.max_points) == (what.endswith(", right") or what in RIGHT), row.message


def test_there_are_many_and_some_are_right():
    rights = [one.values[2].endswith(", right") for one in ALL]
    assert len(rights) >= 90 and sum(rights) >= 10
