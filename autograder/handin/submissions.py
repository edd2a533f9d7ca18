"""Finding and reading what students handed in. Reading is text only: nothing of it is run or parsed as Python here."""

from __future__ import annotations

import stat
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.fingerprint import fingerprint
from autograder.handin.archives import (
    MAX_ARCHIVE,
    MAX_ENTRIES,
    RefusedArchive,
    files_in,
    is_archive,
    is_rubbish,
    stem_of,
)
from autograder.handin.safe_reading import Contents, modes_inside, read_inside
from autograder.handin.sources import Source, Unreadable, source_of
from autograder.text import one_line, shortened

MAX_BYTES = 10 * 2**20
SUFFIXES = (".py", ".ipynb")


@dataclass(frozen=True)
class Reading:
    """What was found when a submission was read; all of it is from one opening of the file.

    Attributes:
        fingerprint: A hash of the bytes that were read: a changed file is graded again.
        modified: When the file was last written, in seconds since 1970; None when there is no file to be graded.
        problem: Why it cannot be graded, or "".
        text: What is to be graded; None when there is a problem.
    """

    fingerprint: str
    modified: float | None = None
    problem: str = ""
    text: Source | None = None

    @property
    def source(self) -> Source:
        """What is to be graded.

        Raises:
            Unreadable: When there is nothing.
        """
        if self.text is None:
            raise Unreadable(self.problem)
        return self.text

    def late_days(self, due: datetime | None) -> int:
        """Whole days between the due date and the file's time, at least 0.

        Example:

        >>> due = datetime(2026, 1, 1)
        >>> Reading("", modified=due.timestamp() + 90_000).late_days(due)
        2
        """
        if due is None or self.modified is None:
            return 0
        return max(0, -int(-(self.modified - due.timestamp()) // 86400))


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        student: The student's name: the file or folder name.
        path: The file to be graded, or the folder when there is none.
        problem: Why it cannot be read, or "".
        wanted: The file name that the assignment asks for: of several in an archive, this is the one.
        class_folder: Where all submissions lie; the folder of the file when None.
    """

    student: str
    path: Path
    problem: str = ""
    wanted: str = ""
    class_folder: Path | None = None

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

    def read(self) -> Reading:
        """Its text, with the fingerprint and the time of what was read. Whatever it holds, nothing is raised."""
        try:
            contents = self._contents()
        except Unreadable as error:
            return Reading(fingerprint(str(error), ""), problem=str(error))
        found, modified = _fingerprint(contents), contents.modified
        try:
            return Reading(found, modified, text=self._source(contents))
        except Unreadable as error:
            return Reading(found, modified, str(error))
        except (MemoryError, RecursionError):
            return Reading(found, modified, f"{one_line(self.path.name)} takes more memory than a submission may")

    def _contents(self) -> Contents:
        # what cannot be graded is not opened
        if self.problem:
            raise Unreadable(self.problem)
        limit = MAX_ARCHIVE if is_archive(self.path.name) else MAX_BYTES
        try:
            return read_inside(self.folder, self.path, limit)
        except OSError as error:
            raise Unreadable(f"{one_line(self.path.name)} cannot be read: {error.strerror}") from None

    def _source(self, contents: Contents) -> Source:
        name = one_line(self.path.name)
        if is_archive(self.path.name):
            return _source_in_archive(name, contents.data, self.wanted)
        if contents.data is None:
            raise Unreadable(f"{name} is larger than {MAX_BYTES // 2**20} MB; clear its outputs and hand in again")
        return source_of(name, contents.data)


def _fingerprint(contents: Contents) -> str:
    # larger ones are refused unread, whatever they hold
    return fingerprint("", contents.data if contents.data is not None else f"{contents.size} bytes")


def find_submissions(folder: Path, wanted: str = "") -> list[Submission]:
    """One submission per student: `NAME.py`, `NAME.ipynb`, an archive or a folder `NAME/`, sorted by name.

    A student with two, and a folder with none or several candidates, become unreadable submissions, not errors: the
    class goes on.

    Args:
        folder: The submissions.
        wanted: The file name that the assignment asks for: of several candidates in one folder, this is the one.

    Raises:
        UsageError: When the folder is missing or holds no submission.
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
            problem = f"handed in more than once ({names}); keep one and grade again"
            unique[submission.student] = Submission(submission.student, folder, problem)
        else:
            unique[submission.student] = submission
    return [unique[name] for name in sorted(unique)]


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
    def refused(problem: str) -> Submission:
        return Submission(path.name, path, problem)

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
    chosen = _choose(found, wanted)
    if chosen is None:
        return refused(_several("folder", found, wanted))
    return Submission(path.name, path / found[chosen], class_folder=folder)


def _kind(name: str, mode: int) -> str:
    """The name of something that is not graded, and why not."""
    shown = one_line(name)
    if stat.S_ISLNK(mode):
        return f"{shown} (a link)"
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return f"{shown} (not a regular file)"
    return f"{shown} (unpack it)" if stem_of(name) != name else shown


def _choose(names: list[str], wanted: str) -> int | None:
    """The one candidate, or the one that is called as the assignment asks."""
    if len(names) == 1:
        return 0
    stem = Path(wanted).stem.lower()
    called = [number for number, name in enumerate(names) if PurePosixPath(name).stem.lower() == stem]
    return called[0] if len(called) == 1 else None


def _several(where: str, names: list[str], wanted: str) -> str:
    hint = f", or one called {wanted}" if wanted else ""
    listed = ", ".join(one_line(name) for name in names)
    return shortened(f"expected one .py or .ipynb in the {where}{hint}, found {len(names)}: {listed}", 300)


def _source_in_archive(name: str, data: bytes | None, wanted: str) -> Source:
    try:
        if data is None:
            raise RefusedArchive(f"expected an archive of at most {MAX_ARCHIVE // 2**20} MB")
        entries = files_in(name, data, SUFFIXES, MAX_BYTES)
        if not entries:
            raise Unreadable(f"expected a .py or .ipynb in {name}, found none")
        names = [entry.name for entry in entries]
        chosen = _choose(names, wanted)
        if chosen is None:
            raise Unreadable(_several("archive", names, wanted))
        content = entries[chosen].read()
    except RefusedArchive as error:
        raise Unreadable(f"{name}: {error}") from None
    # what else the archive holds need not lie in memory while the one file is read
    del entries, data
    return source_of(PurePosixPath(names[chosen]).name, content)
