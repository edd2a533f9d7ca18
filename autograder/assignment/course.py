"""The place of an assignment in its course: `[course]` in `assignment.toml`."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment.toml import in_toml, place_of
from autograder.errors import Gathered, UsageError, did_you_mean


@dataclass(frozen=True)
class Course:
    """What a course says of an assignment; nothing of it decides marks.

    Attributes:
        hours: How long it takes, such as `2 to 3`.
        builds_on: Names of the assignments whose work it needs.
        topics: What of the lectures it practises.
    """

    hours: str = ""
    builds_on: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()


_KINDS = {"hours": "a text, such as '2 to 3'", "builds_on": "a list of names", "topics": "a list of texts"}


def read_course(path: Path, text: str, table: dict[str, Any]) -> Course:
    """The table, looked at.

    Args:
        path: The file.
        text: Its text, for the line of a mistake.
        table: The table.

    Raises:
        Mistakes: When a key is unknown or a value of another kind.
    """
    gathered = Gathered()
    for key, value in table.items():
        with gathered:
            _look_at(path, text, key, value)
    gathered.tell()
    return Course(table.get("hours", ""), tuple(table.get("builds_on", ())), tuple(table.get("topics", ())))


def _look_at(path: Path, text: str, key: str, value: Any) -> None:
    if key not in _KINDS:
        hint = did_you_mean(key, _KINDS)
        raise UsageError(f"{place_of(path, text, key)}: there is no {key} in [course]; {hint}")
    texts = [value] if key == "hours" else value
    if type(texts) is not list or not all(type(one) is str and one.strip() for one in texts):
        place = place_of(path, text, key)
        raise UsageError(f"{place}: expected {key} to be {_KINDS[key]}, received {in_toml(value)}; correct it there")
