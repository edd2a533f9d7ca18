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
from autograder.handin.headings import plain
from autograder.handin.roster import Person, Roster
from autograder.handin.students import Student

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
    """The comments in a file, by row of the gradebook. A student is named as the table does, or by id or e-mail.

    Raises:
        UsageError: When it cannot be read, names nobody or several, a question that is not there, or holds no texts.
    """
    text, record = read_toml(path)
    roster = Roster([_person(result) for result in results])
    rows = {result.student: number for number, result in enumerate(results)}
    found: dict[str, Comment] = {}
    for name, value in record.items():
        place = place_of(path, text, name)
        numbers = {rows[name]} if name in rows else roster.meant(Student(name))
        if not numbers:
            raise UsageError(f"{place}: there is no student {name!r} in the gradebook; {did_you_mean(name, rows)}")
        if len(numbers) > 1:
            names = " or ".join(results[number].student for number in sorted(numbers))
            raise UsageError(f"{place}: {name!r} may be {names}; write one of these names")
        result = results[next(iter(numbers))]
        if result.student in found:
            raise UsageError(f"{place}: {name!r} is {result.student}, who has a comment already; write both into one")
        found[result.student] = _comment(value, place, {question.id for question in result.questions})
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


def _person(result: Result) -> Person:
    logins = frozenset(map(plain, (result.student, result.id, result.email)))
    return Person(Student(result.name or result.student, result.id, result.email), logins)
