"""What students wrote, as it is compared: code cells or a script, each line with its number."""

from __future__ import annotations

from dataclasses import dataclass

from autograder.assignment.definition import Assignment
from autograder.handin.errors import Unreadable
from autograder.handin.names import NOTEBOOK, SCRIPT
from autograder.handin.sources import Source, source_of


@dataclass(frozen=True)
class Written:
    """The code of one submission.

    Attributes:
        student: The row's name.
        name: The name as it is shown.
        code: All of it, its lines joined by newlines.
        places: Of each line, where it stands, such as `12`, or `[3] 12` in the third cell.
    """

    student: str
    name: str
    code: str
    places: tuple[str, ...]

    @classmethod
    def of(cls, student: str, name: str, source: Source) -> Written:
        """The code of a source.

        Example:

        >>> source = Source([{"name": "a.ipynb, cell 3", "text": "x = 1\\n\\ny = 2"}])
        >>> Written.of("ada", "Ada", source).places
        ('[3] 1', '[3] 2', '[3] 3')
        """
        lines: list[str] = []
        places: list[str] = []
        for part in source.parts:
            cell = part["name"].rpartition(", cell ")[2]
            before = f"[{cell}] " if ", cell " in part["name"] and cell.isdigit() else ""
            # only newlines end a line here: a lexer counts no others
            found = part["text"].replace("\r\n", "\n").replace("\r", "\n").split("\n")
            lines += found
            places += [f"{before}{number}" for number in range(1, len(found) + 1)]
        return cls(student, name, "\n".join(lines), tuple(places))


def starters(assignment: Assignment) -> list[Written]:
    """What was handed out, as script and as notebook; what is not there is left out."""
    found = []
    for path in map(assignment.starter, (SCRIPT, NOTEBOOK)):
        try:
            found.append(Written.of("", path.name, source_of(path.name, path.read_bytes())))
        except (OSError, Unreadable):
            continue
    return found
