"""Which row of a platform's table is whose."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from autograder.exporting.marks import Mark
from autograder.facts.result import Result
from autograder.handin.roster import Person, Roster
from autograder.handin.students import Student, row_names


@dataclass
class Matched:
    """Marks and the rows that they go to.

    Attributes:
        rows: The row of the table for each mark that has one.
        unknown: Marks of which no row is.
        unclear: Marks that may belong to several rows, or share one, with the reason.
        others: Names in the table of whom the gradebook has nothing.
    """

    rows: dict[int, Mark] = field(default_factory=dict)
    unknown: list[Mark] = field(default_factory=list)
    unclear: list[tuple[Mark, str]] = field(default_factory=list)
    others: list[str] = field(default_factory=list)

    def without_row(self, where: str) -> list[tuple[Mark, str]]:
        """Marks that have no row of their own, and why; `where` is what the table is called."""
        why = f"not in {where}, by number, login, e-mail address or name"
        return [*((mark, why) for mark in self.unknown), *self.unclear]


def match(marks: Iterable[Mark], people: Sequence[tuple[int, Person]]) -> Matched:
    """Finds each mark's row by number, login, e-mail address and name, as a roster does. Nothing is guessed.

    Args:
        marks: The marks.
        people: Who is in the table, each with the row.
    """
    roster = Roster([person for _, person in people])
    names = row_names(person.student for _, person in people)
    called = [names[person.student.name, person.student.id] for _, person in people]
    meant: dict[int, list[Mark]] = defaultdict(list)
    found = Matched()
    for mark in marks:
        numbers = sorted(roster.meant(student_of(mark.result)))
        if len(numbers) == 1:
            meant[numbers[0]].append(mark)
        elif numbers:
            found.unclear.append((mark, f"may be {' or '.join(called[one] for one in numbers)}"))
        else:
            found.unknown.append(mark)
    for place, several in meant.items():
        if len(several) == 1:
            found.rows[people[place][0]] = several[0]
        else:
            found.unclear += [(mark, f"is not the only one who may be {called[place]}") for mark in several]
    known = set(meant) | {one for mark, _ in found.unclear for one in roster.meant(student_of(mark.result))}
    found.others = [name for place, name in enumerate(called) if place not in known]
    return found


def student_of(result: Result) -> Student:
    """The student that a row of the gradebook is about.

    Example:

    >>> student_of(Result("doejane", "03_numpy_net", "graded", name="Jane Doe", id="7")).full_name
    'Jane Doe'
    """
    return Student(result.student, result.id, result.email, full_name=result.name)
