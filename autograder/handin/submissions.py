"""Finding and reading what students handed in. Reading is text only: nothing of it is run or parsed as Python here."""

from __future__ import annotations

import stat
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.errors import UsageError
from autograder.fingerprint import fingerprint
from autograder.handin.names import MAX_ENTRIES, SUFFIXES, chosen, is_archive, is_rubbish, stem_of
from autograder.handin.safe_reading import Contents, modes_inside, read_inside
from autograder.handin.sources import MAX_BYTES, Source, Unreadable, source_of
from autograder.handin.students import Student
from autograder.handin.unpacking import MAX_ARCHIVE, Unpacker
from autograder.text import one_line


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


@dataclass(frozen=True)
class Submission:
    """What one student handed in."""

    student: str  # the student's name: the file or folder name
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

    @property
    def folder(self) -> Path:
        """The folder below which no link is followed, and which no submission is to see."""
        return self.class_folder if self.class_folder is not None else self.path.parent

    @property
    def fingerprint(self) -> str:
        """A hash of its contents as they are now; what is graded has that of its `Reading`."""
        try:
            return _fingerprint(self._contents())
        except Unreadable as error:
            return fingerprint(str(error), "")

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
            return Reading(found, modified, f"{one_line(self.path.name)} takes more memory than a submission may")

    def _contents(self) -> Contents:
        # what cannot be graded is not opened
        if self.reason:
            raise Unreadable(self.reason)
        limit = MAX_ARCHIVE if is_archive(self.path.name) else MAX_BYTES
        try:
            return read_inside(self.folder, self.path, limit)
        except OSError as error:
            raise Unreadable(f"{one_line(self.path.name)} cannot be read: {error.strerror}") from None

    def _source(self, contents: Contents, unpack: Unpacker | None) -> Source:
        name = one_line(self.path.name)
        if contents.data is None:
            if is_archive(name):
                raise Unreadable(f"{name}: expected an archive of at most {MAX_ARCHIVE // 2**20} MB")
            raise Unreadable(f"{name} is larger than {MAX_BYTES // 2**20} MB; clear its outputs and hand in again")
        if not is_archive(name):
            return source_of(name, contents.data)
        if unpack is None:
            raise Unreadable(f"{name} is an archive; unpack it first")
        return source_of(*unpack(name, contents.data, self.wanted))


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


def find_submissions(
    folder: Path, wanted: str = "", layout: str = "auto", attempt: str = "last", roster: Path | None = None
) -> HandedIn:
    """One submission per student: `NAME.py`, `NAME.ipynb`, an archive or a folder `NAME/`, sorted by name.

    A student with two, and a folder with none or several candidates, become unreadable submissions, not errors: the
    class goes on.
    """
    if not folder.is_dir():
        raise UsageError(f"expected a folder of submissions, {folder} is {'a file' if folder.exists() else 'missing'}")
    entries = [entry for entry in sorted(folder.iterdir()) if not entry.name.startswith((".", "__"))]
    found = [_of_student(entry, wanted, folder) for entry in entries]
    submissions = [submission for submission in found if submission is not None]
    if not submissions:
        raise UsageError(
            f"{folder} holds no submission: expected NAME.py, NAME.ipynb, NAME.zip or a folder NAME/ per student"
        )
    counts = Counter(submission.student for submission in submissions)
    unique: dict[str, Submission] = {}
    for submission in submissions:
        if counts[submission.student] > 1:
            names = ", ".join(one_line(one.path.name) for one in submissions if one.student == submission.student)
            reason = f"handed in more than once ({names}); keep one and grade again"
            unique[submission.student] = Submission(submission.student, folder, reason)
        else:
            unique[submission.student] = submission
    listed = roster.read_text("utf-8").splitlines() if roster is not None else []
    missing = tuple((name, Student(name)) for name in listed if name not in unique)
    return HandedIn("folder", [unique[name] for name in sorted(unique)], len(unique), missing=missing)


def _of_student(path: Path, wanted: str, folder: Path) -> Submission | None:
    """What one entry of the class's folder hands in; None for files of another kind."""
    name = one_line(path.name)
    is_source = path.name.lower().endswith(SUFFIXES)
    student = path.stem if is_source else stem_of(path.name)
    if not (is_source or student != path.name or path.is_dir()):
        return None
    if path.is_symlink():
        # what it leads to may be the solution, or another student's file
        return Submission(student, path, f"{name} is a symbolic link; hand in the file itself")
    if path.is_dir():
        return _in_folder(path, wanted, folder)
    if not path.is_file():
        return Submission(student, path, f"{name} is not a regular file")
    if not is_source and not is_archive(path.name):
        return Submission(
            student, path, f"{name} is an archive that cannot be read; hand in a .zip, or the file itself"
        )
    return Submission(student, path, wanted=wanted, class_folder=folder)


def _in_folder(path: Path, wanted: str, folder: Path) -> Submission:
    def refused(reason: str) -> Submission:
        return Submission(path.name, path, reason)

    try:
        # one more than is allowed tells that there are more; nobody waits for a million names
        modes = modes_inside(folder, path, MAX_ENTRIES + 1)
    except OSError as error:
        return refused(f"the folder cannot be read: {error.strerror}")
    if len(modes) > MAX_ENTRIES:
        return refused(f"expected at most {MAX_ENTRIES} files in the folder; hand in what was asked for alone")
    entries = sorted(name for name in modes if not is_rubbish(name))
    found = [name for name in entries if name.lower().endswith(SUFFIXES) and stat.S_ISREG(modes[name])]
    if not found:
        there = f"found {', '.join(_kind(name, modes[name]) for name in entries[:5])}" if entries else "it is empty"
        return refused(f"expected a .py or .ipynb in the folder, {there}")
    try:
        name = chosen(found, wanted, "folder")
    except Unreadable as error:
        return refused(str(error))
    return Submission(path.name, path / name, class_folder=folder)


def _kind(name: str, mode: int) -> str:
    """The name of something that is not graded, and why not."""
    shown = one_line(name)
    if stat.S_ISLNK(mode):
        return f"{shown} (a link)"
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return f"{shown} (not a regular file)"
    return f"{shown} (unpack it)" if stem_of(name) != name else shown
