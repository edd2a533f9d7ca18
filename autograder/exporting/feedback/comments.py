"""The marker's words: `comments.toml` beside the gradebook, or any file of its kind.

"Ada Lovelace" = "A pleasure to read."

["grace@uni.edu"]
all = "You are nearly there."
"03.5" = "Draw the shapes first."
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from autograder.assignment.toml import place_of, read_toml
from autograder.errors import UsageError, did_you_mean
from autograder.facts.result import Result
from autograder.marks.people import Called

FILE = "comments.toml"
_ALL = "all"


@dataclass(frozen=True)
class Comment:
    """What the marker says to one student.

    Attributes:
        text: To all of it, or "".
        questions: To single questions, by their ids.
    """

    text: str = ""
    questions: dict[str, str] = field(default_factory=dict)


def read_comments(path: Path, results: Sequence[Result]) -> dict[str, Comment]:
    """The comments in a file, by row of the gradebook. A student is called as in `adjust.toml`.

    Raises:
        UsageError: When it cannot be read, names nobody or several, a question that is not there, or holds no texts.
    """
    text, record = read_toml(path)
    called = Called({one.student: (one.student, one.name, one.id, one.email) for one in results})
    by_row = {one.student: one for one in results}
    found: dict[str, Comment] = {}
    for name, value in record.items():
        place = place_of(path, text, name)
        row = called.row(name, place)
        if row in found:
            raise UsageError(f"{place}: {name} is {row}, who has a comment already; write both into one")
        found[row] = _comment(value, place, {question.id for question in by_row[row].questions})
    return found


def _comment(value: Any, place: str, ids: set[str]) -> Comment:
    if isinstance(value, str):
        return Comment(value.strip())
    if not isinstance(value, dict):
        raise UsageError(f"{place}: expected a text, or a table of texts by question, received {value!r}")
    for key, said in value.items():
        if key != _ALL and key not in ids:
            known = did_you_mean(key, sorted(ids), "its questions are")
            raise UsageError(f"{place}: there is no question {key!r}; {known}, or write {_ALL}")
        if not isinstance(said, str):
            raise UsageError(f"{place}: expected a text for {key}, received {said!r}")
    return Comment(value.get(_ALL, "").strip(), {key: said.strip() for key, said in value.items() if key != _ALL})
