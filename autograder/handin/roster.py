"""The list of a class: who is who, who is in which group, and who handed nothing in."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from autograder.errors import UsageError
from autograder.handin.headings import WHO, fields_of, plain, words
from autograder.handin.students import Student, row_names
from autograder.handin.tables import MOST_BYTES, rows_of
from autograder.handin.written_times import written_time
from autograder.text import one_line

if TYPE_CHECKING:
    from autograder.handin.submissions import Submission

# a title, or Excel's own line, may stand above the headings
_MOST_ABOVE = 5
# rows of a gradebook's export that are nobody: the points, and the student that Canvas makes for trials
_NOBODY = {"points possible", "student, test"}
# of those who are not on the roster, so many are named
_MOST_NAMED = 5
_DAYS = re.compile(r"(\d{1,3})(?:\.0+)?(?: ?days?)?|", re.IGNORECASE)


@dataclass(frozen=True)
class Person:
    """One row of the roster."""

    student: Student
    logins: frozenset[str]  # all by which a platform may call the student: numbers, logins, the e-mail address
    submitted: datetime | None = None  # when the student handed in, by the table of a platform
    written: str = ""  # that time as it is written there


class Roster:
    """The list of a class, asked who is who."""

    def __init__(self, people: list[Person], fields: Iterable[str] = (), unknown: Iterable[str] = ()) -> None:
        self.people = people
        self._fields = frozenset(fields) & (WHO | {"first"})  # by what it tells who is who
        self._unknown = tuple(unknown)  # its other headings
        self._logins = _index((login, number) for number, one in enumerate(people) for login in one.logins)
        # `jdoe` where the roster has no more than jdoe@uni.edu
        self._boxes = _index((plain(one.student.email.partition("@")[0]), number) for number, one in enumerate(people))
        self._names = _index((" ".join(sorted(words(one.student.name))), number) for number, one in enumerate(people))
        self._joined = _index(
            (joined, number) for number, one in enumerate(people) for joined in _joined(words(one.student.name))
        )
        self._groups = _index(
            (plain(group), number) for number, one in enumerate(people) for group in _groups(one.student.group)
        )

    def applied(self, submissions: list[Submission]) -> tuple[list[Submission], list[Student], list[str]]:
        """The submissions with what the roster knows, who is missing, and what it cannot tell."""
        students = {one.key: one for submission in submissions for one in submission.everyone}
        notes = []
        known: dict[tuple[str, str], int] = {}
        alike: dict[frozenset[int], list[tuple[str, str]]] = {}
        strangers = []
        for key, student in students.items():
            numbers = self.meant(student)
            if len(numbers) == 1:
                known[key] = next(iter(numbers))
            elif numbers:
                alike.setdefault(frozenset(numbers), []).append(key)
            elif not self._group(student):
                strangers.append(student.name)
        notes += [self._alike(numbers, keys, submissions) for numbers, keys in alike.items()]
        # whose work may be there is not told to be missing
        present = {*known.values(), *(number for numbers in alike for number in numbers)}
        if self._fields == {"email"} and 10 * len(present) <= len(self.people):
            return submissions, [], [self._headings("so it cannot be told who is who, and who is missing")]
        completed = []
        for submission in submissions:
            first = submission.someone
            # a platform may call the group's hand-in by the number of one member
            members = [
                number
                for number in self._group(first)
                if all(key == first.key for key, meant in known.items() if meant == number)
            ]
            if members and known.get(first.key, members[0]) in members:
                present.update(members)
                everyone = [self.people[number].student for number in members]
            else:
                members = [known[first.key]] if first.key in known else []
                everyone = [self._completed(one, known.get(one.key)) for one in submission.everyone]
            times = [submission.submitted, *(self.people[number].submitted for number in members)]
            completed.append(
                replace(
                    submission,
                    person=everyone[0],
                    others=tuple((one.name, one) for one in everyone[1:]),
                    submitted=next(filter(None, times), None),
                )
            )
        notes += self._twice(known, students)
        if strangers:
            more = f" and {len(strangers) - _MOST_NAMED} more" if len(strangers) > _MOST_NAMED else ""
            notes.append(f"not on the roster: {', '.join(map(one_line, sorted(strangers)[:_MOST_NAMED]))}{more}")
        unread = [one.written for one in self.people if one.submitted is None and any(map(str.isdigit, one.written))]
        if unread:
            notes.append(
                f"{len(unread)} of the roster's times cannot be read, such as {one_line(unread[0])!r}; expected a form "
                "such as 'Friday, 20 November 2026, 10:15 AM' or '2026-11-20 10:15'"
            )
        if self._unknown and 2 * len(present) < len(self.people):
            notes.append(self._headings("and most of its people are not found here"))
        missing = [one.student for number, one in enumerate(self.people) if number not in present]
        return completed, missing, notes

    def meant(self, student: Student) -> set[int]:
        """Who on the roster a student may be: numbers and logins tell, then names; both, where both are known."""
        called = [text for text in (student.name, student.full_name) if text]
        by_login = _union(self._logins, map(plain, (student.id, student.email, *called)))
        by_name = _union(self._names, (" ".join(sorted(words(name))) for name in called))
        # Canvas writes names in one word, the last name first, and people leave hyphens and spaces out
        by_name = by_name or _union(self._joined, (joined for name in called for joined in _joined(words(name))))
        if not by_login and not by_name:
            return _union(self._boxes, map(plain, called))
        return by_login & by_name or by_login | by_name

    def _headings(self, outcome: str) -> str:
        """The note on a roster of which too little is understood."""
        unknown = f"; its headings {', '.join(map(one_line, self._unknown[:8]))} are not known" if self._unknown else ""
        read = ", ".join(sorted(self._fields))
        return f"of the roster only {read} is read, {outcome}{unknown}: call its columns name, id, login or email"

    def _alike(self, numbers: frozenset[int], keys: list[tuple[str, str]], submissions: list[Submission]) -> str:
        """The note on hand-ins that may be those of several students."""
        names = row_names(self.people[number].student for number in sorted(numbers)).values()
        paths = dict.fromkeys(
            str(one.path.relative_to(one.folder)) for one in submissions if any(who.key in keys for who in one.everyone)
        )
        return (
            f"{' and '.join(map(one_line, paths))} may be of several students of the roster "
            f"({', '.join(map(one_line, names))}); nobody is taken"
        )

    def _group(self, student: Student) -> list[int]:
        """The members of the group of that name, if it is one's."""
        return sorted(self._groups.get(plain(student.name), ()))

    def _completed(self, student: Student, number: int | None) -> Student:
        if number is None:
            return student
        person = self.people[number].student
        return replace(
            student,
            id=student.id or person.id,
            email=student.email or person.email,
            group=student.group or person.group,
            full_name=person.name,
            extension=person.extension,
        )

    def _twice(self, known: dict[tuple[str, str], int], students: dict[tuple[str, str], Student]) -> Iterator[str]:
        for number in sorted(set(known.values())):
            names = [one_line(students[key].name) for key, meant in known.items() if meant == number]
            if len(names) > 1:
                name = one_line(self.people[number].student.name)
                yield f"{' and '.join(sorted(names))} are the same student on the roster, {name}"


def read_roster(path: Path) -> Roster:
    """Reads the list of a class, as a CSV file with any usual headings."""
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read the roster {path}: {error.strerror}") from None
    try:
        rows = rows_of(data)
    except ValueError as error:
        raise UsageError(f"expected a CSV file as the roster, {path} cannot be read as one: {error}") from None
    for above, row in enumerate(rows[:_MOST_ABOVE]):  # noqa: B007 - the rows of students follow
        fields = fields_of(row)
        if WHO & set(fields):
            break
    else:
        raise UsageError(
            f"{path} has no heading that a roster needs: expected name, id, email or login in its first line, "
            f"found {', '.join(one_line(heading) for heading in rows[0][:8])}"
        )
    people = [
        person
        for number, row in enumerate(rows[above + 1 :], above + 2)
        if (person := person_of(fields, row, f"{path}, row {number}")) is not None
    ]
    if not people:
        raise UsageError(f"{path} lists nobody: expected a row for each student below the headings")
    headings = zip(rows[above], fields, strict=True)
    return Roster(people, fields, [heading for heading, field in headings if heading and not field])


def person_of(fields: list[str], row: list[str], where: str) -> Person | None:
    """Who a row is about; None for the rows that are nobody."""
    values: dict[str, list[str]] = {}
    for field, value in zip(fields, row, strict=False):
        if field and value:
            values.setdefault(field, []).append(value)
    first = {field: found[0] for field, found in values.items()}
    name = first.get("name") or " ".join(first[field] for field in ("first", "last") if field in first)
    # Moodle's number of a participant stands in its table with a word
    ids = [value.removeprefix("Participant ") for value in values.get("id", [])]
    logins = [*ids, *values.get("login", []), *values.get("email", [])]
    if name.lower() in _NOBODY or not (name or logins):
        return None
    match = _DAYS.fullmatch(first.get("extension", ""))
    if match is None:
        raise UsageError(
            f"{where}: expected a number of days as the extension, received {one_line(first['extension'])}"
        )
    student = Student(
        name or logins[0],
        next(iter(logins[: len(logins) - len(values.get("email", []))]), ""),
        first.get("email", ""),
        first.get("group", ""),
        name or logins[0],
        int(match[1] or 0),
    )
    submitted = first.get("submitted", "")
    return Person(student, frozenset(map(plain, logins)), written_time(submitted), submitted)


def _groups(text: str) -> list[str]:
    """The groups of a student, of which Moodle lists all in one column."""
    return [text, *re.split("[,;]", text)]


def _joined(words: list[str]) -> set[str]:
    """A name in one word, whichever of its words is the last name's first."""
    return {"".join(words[start:] + words[:start]) for start in range(len(words))}


def _index(pairs: Iterable[tuple[str, int]]) -> dict[str, set[int]]:
    index: dict[str, set[int]] = {}
    for text, number in pairs:
        if text:
            index.setdefault(text, set()).add(number)
    return index


def _union(index: dict[str, set[int]], texts: Iterable[str]) -> set[int]:
    return {number for text in texts for number in index.get(text, ())}
