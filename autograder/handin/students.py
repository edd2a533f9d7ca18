"""Who handed something in, as the platform knows them."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True)
class Student:
    """One student.

    Attributes:
        name: The name as the platform writes it; in a plain folder, the file's.
        id: The number or login by which the platform tells students apart, or "".
        email: The e-mail address, or "".
        group: The group that hands in together, or "".
        full_name: What the roster calls the student, or "".
        extension: By how many days later than the class the student may hand in.
    """

    name: str
    id: str = ""
    email: str = ""
    group: str = ""
    full_name: str = ""
    extension: int = 0

    def __post_init__(self) -> None:
        # systems write one letter in two ways; it is one student
        object.__setattr__(self, "name", unicodedata.normalize("NFC", self.name))

    @property
    def key(self) -> tuple[str, str]:
        """What tells students apart: the id, or else the name."""
        return (self.id, "" if self.id else self.name)


def row_names(students: Iterable[Student]) -> dict[tuple[str, str], str]:
    """A row's name for each name and id: the name, with the id where several have the name.

    Example:

    >>> list(row_names([Student("doejane", "123"), Student("doejane", "456"), Student("roerick", "7")]).values())
    ['doejane (123)', 'doejane (456)', 'roerick']
    """
    distinct = sorted({(student.name, student.id) for student in students})
    counts = Counter(name for name, _ in distinct)
    rows: dict[tuple[str, str], str] = {}
    for name, number in distinct:
        base = row = f"{name} ({number})" if number and counts[name] > 1 else name
        repeat = 2
        while row in rows.values():
            row, repeat = f"{base} [{repeat}]", repeat + 1
        rows[name, number] = row
    return rows
