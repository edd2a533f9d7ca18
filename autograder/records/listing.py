"""What a class handed in, as rows of the gradebook: whose each submission is, and which attempt counts.

A row is a student's. A group's submission is graded once and becomes a row of each member; of a student whose attempts
are all graded, the best is kept. So rows and submissions belong to each other many to many, and only here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import cached_property

from autograder.assignment.definition import Assignment
from autograder.engine.grader import Graded
from autograder.facts.result import Result
from autograder.fingerprint import fingerprint
from autograder.handin.lateness import Times
from autograder.handin.students import Student
from autograder.handin.submissions import HandedIn, Submission
from autograder.marks.rules import Rules
from autograder.text import one_line


@dataclass(frozen=True)
class Entry:
    """What is known of a row besides its marks: whose it is, of which file, and when that was handed in."""

    student: str  # the row's name; the others are as in a result
    name: str = ""
    id: str = ""
    email: str = ""
    group: str = ""
    file: str = ""
    attempt: int = 1
    attempts: int = 1
    times: Times = field(default_factory=Times)

    @classmethod
    def of(cls, student: str, person: Student) -> Entry:
        """The entry of somebody of whom no file is known."""
        known = (person.full_name or person.name, person.id, person.email, person.group)
        name, id, email, group = map(one_line, known)
        return cls(student, name, id, email, group, times=Times(extension=person.extension))

    @property
    def called(self) -> tuple[str, ...]:
        """Everything that the student is called."""
        return (self.student, self.name, self.id, self.email)

    def on(self, result: Result) -> Result:
        """The result with what is known here."""
        submitted = self.times.submitted
        return replace(
            result,
            student=self.student,
            name=self.name,
            id=self.id,
            email=self.email,
            group=self.group,
            file=self.file,
            attempt=self.attempt,
            attempts=self.attempts,
            submitted=submitted.isoformat(timespec="seconds") if submitted is not None else "",
        )


@dataclass(frozen=True)
class Done:
    """A row that is graded.

    Attributes:
        result: The result that counts.
        entry: What is known of it.
        print: A hash of all that it was made from, or "".
        others: Other attempts, which a better one was chosen before.
    """

    result: Result
    entry: Entry
    print: str
    others: tuple[tuple[Result, Entry], ...] = ()


def basis_of(assignment: Assignment, seed: int | None, device: str, sandbox: str) -> str:
    """A hash of what all submissions of a run are graded with; a seed that is not asked for is drawn."""
    return fingerprint(assignment.fingerprint, "drawn" if seed is None else str(seed), device, sandbox)


class Listing:
    """The rows that a class's submissions make.

    Attributes:
        basis: A hash of what they are graded with.
        missing: Entries of those who handed nothing in.
    """

    def __init__(self, handed_in: HandedIn, basis: str, rules: Rules | None = None) -> None:
        self.basis = basis
        self.missing = [Entry.of(student, person) for student, person in handed_in.missing]
        self._rules = rules or Rules()
        self._submissions = handed_in.submissions
        self._attempts: dict[str, list[Submission]] = defaultdict(list)
        self._rows: dict[Submission, list[str]] = {}
        self._people: dict[str, Student] = {}
        for submission in self._submissions:
            people = ((submission.student, submission.someone), *submission.others)
            self._rows[submission] = [student for student, _ in people]
            for student, person in people:
                self._attempts[student].append(submission)
                self._people[student] = person
        self._graded: dict[str, dict[Submission, Graded]] = defaultdict(dict)

    @cached_property
    def prints(self) -> dict[str, str]:
        """By row, a hash of everything that its marks depend on: all attempts that are graded for it, and the basis."""
        contents = {submission: submission.fingerprint for submission in self._submissions}
        return {
            student: self._print([contents[submission] for submission in attempts])
            for student, attempts in self._attempts.items()
        }

    def entry(self, student: str, attempt: int | None = None) -> Entry:
        """What is known of a row: of that attempt, or of the last."""
        attempts = self._attempts[student]
        kept = next((one for one in attempts if one.attempt == attempt), attempts[-1])
        return self._entry(student, kept, _modified(kept))

    def waiting(self, finished: Collection[str]) -> list[Submission]:
        """What must be graded when these rows are finished."""
        return [one for one in self._submissions if any(student not in finished for student in self._rows[one])]

    def late_days(self, entry: Entry) -> int:
        """Days that a row counts as late, as far as they have begun."""
        return -(-self._rules.late_by(entry.student, entry.times) // timedelta(days=1))

    def entries(self) -> list[Entry]:
        """Everybody who is there, those included who handed nothing in."""
        return [*map(self.entry, self._attempts), *self.missing]

    def students(self, submissions: list[Submission]) -> list[str]:
        """The rows that these submissions belong to."""
        return [student for submission in submissions for student in self._rows[submission]]

    def done(self, graded: Graded) -> Iterator[Done]:
        """The rows that have all of their attempts now.

        The hash is of what was read for grading: a file may have changed since it was listed. It is "" where an attempt
        could not be graded for want of room, so that the next run grades it again.
        """
        for student in self._rows[graded.submission]:
            found, attempts = self._graded[student], self._attempts[student]
            found[graded.submission] = graded
            if len(found) == len(attempts):
                all_of_them = [found[submission] for submission in attempts]
                del self._graded[student]
                is_final = all(one.final for one in all_of_them)
                print = self._print([one.fingerprint for one in all_of_them]) if is_final else ""
                # the best last; among equals the least late, and the last of these
                made = sorted((self._made(student, one) for one in all_of_them), key=self._rank)
                yield Done(*made[-1], print, tuple(made[:-1]))

    def best(self, student: str, results: Mapping[int, Result]) -> int:
        """Which attempt of a student is the best, of results by attempt."""
        entries = {attempt: self.entry(student, attempt) for attempt in results}
        made = {
            attempt: (self._rules.applied(entry.on(results[attempt]), entry.times), entry)
            for attempt, entry in entries.items()
        }
        return max(made, key=lambda attempt: self._rank(made[attempt]))

    def _made(self, student: str, graded: Graded) -> tuple[Result, Entry]:
        entry = self._entry(student, graded.submission, graded.modified)
        return self._rules.applied(entry.on(graded.result), entry.times), entry

    def _rank(self, made: tuple[Result, Entry]) -> tuple[float, int, int]:
        result, entry = made
        return result.mark, -result.late_days, entry.attempt

    def _print(self, contents: list[str]) -> str:
        return fingerprint(self.basis, *contents)

    def _entry(self, student: str, submission: Submission, modified: float | None) -> Entry:
        entry = Entry.of(student, self._people[student])
        return replace(
            entry,
            file=one_line(submission.path.relative_to(submission.folder).as_posix()),
            attempt=submission.attempt,
            attempts=submission.attempts,
            times=replace(submission.times(modified), extension=entry.times.extension),
        )


def _modified(submission: Submission) -> float | None:
    """When the file was last written; of what cannot be graded, nothing is known."""
    if submission.reason:
        return None
    try:
        return submission.path.lstat().st_mtime
    except OSError:
        return None
