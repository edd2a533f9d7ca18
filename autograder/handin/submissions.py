"""Finding and reading what students handed in. Reading is text only: nothing of it is run or parsed as Python here."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.fingerprint import fingerprint
from autograder.handin.choice import Choice, choose
from autograder.handin.errors import Unreadable
from autograder.handin.lateness import Times
from autograder.handin.layouts.layout import Piece
from autograder.handin.layouts.registry import AUTO, laid_out, unseen
from autograder.handin.layouts.tree import Tree
from autograder.handin.names import is_archive
from autograder.handin.recognition import is_container
from autograder.handin.roster import read_roster
from autograder.handin.safe_reading import Contents, read_inside
from autograder.handin.sources import MAX_BYTES, Source, source_of
from autograder.handin.students import Student, row_names
from autograder.handin.unpacking import MAX_ARCHIVE, Unpacker, too_large
from autograder.handin.untouched import starter_mark
from autograder.text import counted, one_line

# which of several attempts of a student counts
ATTEMPTS = ("last", "best")


@dataclass(frozen=True)
class Reading:
    """What was found when a submission was read; all of it is from one opening of the file."""

    fingerprint: str  # a hash of the bytes that were read: a changed file is graded again
    # when the file was last written, in seconds since 1970; None when there is no file to be graded
    modified: float | None = None
    reason: str = ""  # why it cannot be graded, or ""
    text: Source | None = None  # what is to be graded; None when there is a reason

    @property
    def source(self) -> Source:
        """What is to be graded."""
        if self.text is None:
            raise Unreadable(self.reason)
        return self.text

    @property
    def code(self) -> str:
        """All of its cells, or its script; "" where there is nothing to be read."""
        return "\n".join(part["text"] for part in self.text.parts) if self.text is not None else ""


@dataclass(frozen=True)
class Submission:
    """What one student handed in."""

    student: str  # the row's name: the student's on the platform, with the number where two have one name
    path: Path  # the file to be graded, or the folder when there is none
    reason: str = ""  # why it cannot be read, or ""
    wanted: str = ""  # the file name that the assignment asks for: of several in an archive, this is the one
    class_folder: Path | None = None  # where all submissions lie; the folder of the file when None
    person: Student | None = None  # who handed it in, where more is known than the row's name
    others: tuple[tuple[str, Student], ...] = ()  # who handed it in together with them: rows' names and students
    attempt: int = 1  # which of the student's attempts it is, from 1
    attempts: int = 1  # how many there are
    submitted: datetime | None = None  # when it was handed in, by the platform's own record
    is_late: bool | None = None  # what the platform's own record says of that, where it says so and no time
    own_time: bool = True  # whether the file's time may tell when it was handed in; that of a clone does not
    called: str = ""  # what the student called the file, where the platform calls it otherwise
    starter: str = ""  # the mark of the script that was handed out: in an archive it counts beside no notebook
    carried: Contents | None = None  # what the file holds, where it is graded on a machine that has not got the file

    @property
    def folder(self) -> Path:
        """The folder below which no link is followed, and which no submission is to see."""
        return self.class_folder if self.class_folder is not None else self.path.parent

    @property
    def someone(self) -> Student:
        """Who handed it in, by the row's name where no more is known."""
        return self.person if self.person is not None else Student(self.student)

    @property
    def everyone(self) -> list[Student]:
        """Who handed it in, alone or with others."""
        return [self.someone, *(other for _, other in self.others)]

    @property
    def fingerprint(self) -> str:
        """A hash of its contents as they are now; what is graded has that of its `Reading`."""
        try:
            return _fingerprint(self._contents())
        except Unreadable as error:
            return fingerprint(str(error), "")

    def times(self, modified: float | None) -> Times:
        """When it was handed in; `modified` is the file's own time, by its `Reading`."""
        own = modified if self.own_time else None
        return Times(self.submitted, self.is_late, own, self.someone.extension)

    @property
    def is_late_by_its_file(self) -> bool:
        """Whether nothing but the file's own time can tell how late it is."""
        return not self.reason and self.own_time and self.submitted is None and self.is_late is None

    def read(self, unpack: Unpacker | None = None) -> Reading:
        """Its text, with the fingerprint and the time of what was read. Whatever it holds, nothing is raised."""
        try:
            contents = self._contents()
        except Unreadable as error:
            return Reading(fingerprint(str(error), ""), reason=str(error))
        found, modified = _fingerprint(contents), contents.modified
        try:
            return Reading(found, modified, text=self._source(contents, unpack))
        except Unreadable as error:
            return Reading(found, modified, str(error))
        except (MemoryError, RecursionError):
            return Reading(found, modified, f"{self._name} takes more memory than a submission may")

    def with_contents(self) -> Submission:
        """The same with what its file holds now, to be graded where the file is not."""
        try:
            return replace(self, carried=self._contents())
        except Unreadable as error:
            return replace(self, reason=str(error))

    def _contents(self) -> Contents:
        # what cannot be graded is not opened
        if self.reason:
            raise Unreadable(self.reason)
        if self.carried is not None:
            return self.carried
        limit = MAX_ARCHIVE if is_archive(self._name) else MAX_BYTES
        try:
            return read_inside(self.folder, self.path, limit)
        except OSError as error:
            raise Unreadable(f"{self._name} cannot be read: {error.strerror}") from None

    @property
    def _name(self) -> str:
        return one_line(self.called or self.path.name)

    def _source(self, contents: Contents, unpack: Unpacker | None) -> Source:
        name = self._name
        if contents.data is None:
            if is_archive(name):
                raise Unreadable(f"{name}: {too_large()}")
            raise Unreadable(f"{name} is larger than {MAX_BYTES // 2**20} MB; clear its outputs and hand it in again")
        if not is_archive(name) and not is_container(contents.data):
            return source_of(name, contents.data)
        if unpack is None:
            raise Unreadable(f"{name} is an archive; unpack it first")
        return source_of(*unpack(name, contents.data, self.wanted, self.starter))


def _fingerprint(contents: Contents) -> str:
    # larger ones are refused unread, whatever they hold
    return fingerprint("", contents.data if contents.data is not None else f"{contents.size} bytes")


@dataclass(frozen=True)
class HandedIn:
    """What a class handed in."""

    layout: str  # what the folder was taken for, such as `Canvas download`
    submissions: list[Submission]  # one a student, sorted by the rows' names; with `attempt="best"`, all attempts
    files: int = 0  # how many files belong to them
    unseen: tuple[tuple[str, str], ...] = ()  # what was not looked at: the path inside the folder, and why
    missing: tuple[tuple[str, Student], ...] = ()  # who is on the roster and handed nothing in: rows' names, students
    notes: tuple[str, ...] = ()  # what the instructor is to know, such as what the roster could not tell

    def line(self, due: datetime | None = None) -> str:
        """What the folder was taken for, and how many of each; late ones where the platform's own record tells."""
        students = {row for one in self.submissions for row in (one.student, *(name for name, _ in one.others))}
        late = {one.student for one in self.submissions if one.times(None).late_days(due)}
        counts = [counted(len(students), "student"), counted(self.files, "file")]
        if any(one.submitted or one.is_late is not None for one in self.submissions):
            counts.append(f"{len(late)} late")
        counts.append(f"{len(self.unseen)} not looked at")
        if self.missing:
            counts.append(f"{len(self.missing)} missing")
        return f"{self.layout}: {', '.join(counts)}"

    def remarks(self, due: datetime | None = None, by_file_is_free: bool = False, most: int = 5) -> list[str]:
        """What the line counts without naming it: the first that was not looked at, and what was left open."""
        shown = [f"not looked at: {one_line(path)}: {why}" for path, why in self.unseen[:most]]
        if len(self.unseen) > most:
            shown.append(f"not looked at: {len(self.unseen) - most} more")
        if due is not None and any(one.is_late_by_its_file for one in self.submissions):
            more = "; they cost nothing unless [late] says by_file_time = true" if by_file_is_free else ""
            shown.append(f"late days go by the files' own times, which a copy may change{more}")
        by_word = sum(one.is_late is True and one.submitted is None for one in self.submissions)
        if due is not None and by_word:
            shown.append(f"{by_word} late by the platform's word, which has no time: each counts as one day late")
        return [*shown, *self.notes]


def find_submissions(
    folder: Path,
    wanted: str = "",
    layout: str = AUTO,
    attempt: str = "last",
    roster: Path | None = None,
    starter: Path | None = None,
) -> HandedIn:
    """What a class handed in: one submission a student, whatever platform the folder comes from.

    What cannot be graded becomes an unreadable submission, not an error: the class goes on.

    Args:
        folder: The class's folder.
        wanted: The file name that the assignment asks for.
        layout: The short name of a layout (`handin/layouts/registry.py`), or `auto`.
        attempt: `last`, or `best`: then all attempts are given, and whoever grades them keeps the best.
        roster: A table of the class, to tell who is who and who handed nothing in.
        starter: The script that students were given: untouched, it counts beside no notebook.
    """
    if attempt not in ATTEMPTS:
        raise UsageError(f"expected --attempt {' or '.join(ATTEMPTS)}; received {attempt}")
    if not folder.is_dir():
        unpack = "; unpack it, and name the folder" if folder.exists() and is_archive(folder.name) else ""
        raise UsageError(
            f"expected a folder of submissions, {folder} is {'a file' if folder.exists() else 'missing'}{unpack}"
        )
    people = read_roster(roster) if roster is not None else None
    how, tree, found = laid_out(folder, wanted, layout)
    by_student: dict[tuple[str, str], list[Piece]] = {}
    for piece in found.pieces:
        by_student.setdefault(piece.student.key, []).append(piece)
    if not by_student:
        raise UsageError(
            f"{folder} holds no submission: expected NAME.py, NAME.ipynb, NAME.zip or a folder NAME/ per student, "
            "or what a learning platform hands over"
        )
    mark = starter_mark(starter)
    submissions: list[Submission] = []
    files = 0
    passed = list(unseen(how, tree, found))
    for pieces in by_student.values():
        attempts = _attempts(tree, pieces, wanted, mark)
        files += sum(choice.files for _, choice in attempts)
        for submission, choice in attempts if attempt == "best" else attempts[-1:]:
            submissions.append(submission)
            passed += [(str(tree.inside / path), why) for path, why in choice.aside]
    missing: list[Student] = []
    notes = found.notes
    if people is not None:
        submissions, missing, open_questions = people.applied(submissions)
        notes = [*notes, *open_questions]
    submissions, absent = _with_rows(submissions, missing)
    return HandedIn(how.title, submissions, files, tuple(passed), tuple(absent), tuple(notes))


def one_submission(folder: Path, wanted: str = "", starter: Path | None = None) -> Submission:
    """What one student handed in, in a folder of its own that is no class.

    Args:
        folder: The folder, which is nobody else's.
        wanted: The file name that the assignment asks for.
        starter: The script that students were given: untouched, it counts beside no notebook.
    """
    tree = Tree(folder.parent)
    pieces = [Piece(PurePosixPath(folder.name), Student(folder.name))]
    (submission, _), *_ = _attempts(tree, pieces, wanted, starter_mark(starter))
    return submission


def _attempts(tree: Tree, pieces: list[Piece], wanted: str, starter: str) -> list[tuple[Submission, Choice]]:
    """The attempts of one student, the first first, with the files that were chosen."""
    numbered: dict[str | int, list[Piece]] = {}
    for piece in pieces:
        numbered.setdefault(piece.attempt, []).append(piece)
    submissions = []
    for number, key in enumerate(sorted(numbered), 1):
        choice = choose(tree, numbered[key], wanted, starter)
        first = numbered[key][0]
        submission = Submission(
            first.student.name,
            tree.folder / choice.path,
            choice.reason,
            wanted,
            class_folder=tree.root,
            person=first.student,
            others=tuple((one.name, one) for one in first.others),
            attempt=number,
            attempts=len(numbered),
            submitted=first.submitted,
            is_late=first.is_late,
            own_time=first.own_time,
            called=choice.called,
            starter=starter,
        )
        submissions.append((submission, choice))
    return submissions


def _with_rows(
    submissions: list[Submission], missing: list[Student]
) -> tuple[list[Submission], list[tuple[str, Student]]]:
    """Everybody under a name that no other row has, and nobody in two rows; sorted by these names."""
    alone = {one.someone.key for one in submissions}
    # who is in two groups is with the one that handed in last
    group_of: dict[tuple[str, str], tuple[str, str]] = {}
    for one in sorted(submissions, key=lambda one: one.submitted.timestamp() if one.submitted else 0.0, reverse=True):
        for _, other in one.others:
            group_of.setdefault(other.key, one.someone.key)
    rows = row_names([*missing, *(student for one in submissions for student in one.everyone)])

    def row(student: Student) -> str:
        return rows[student.name, student.id]

    named = [
        replace(
            one,
            student=row(one.someone),
            others=tuple(
                (row(other), other)
                for _, other in one.others
                if other.key not in alone and group_of[other.key] == one.someone.key
            ),
        )
        for one in submissions
    ]
    absent = [(row(student), student) for student in missing]
    return sorted(named, key=lambda one: (one.student, one.attempt)), sorted(absent, key=lambda pair: pair[0])
