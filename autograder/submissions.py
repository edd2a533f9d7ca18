"""Finding and reading what students handed in. Reading is text only: nothing of it is run or parsed as Python here."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path, PurePosixPath

from autograder.archives import MAX_ARCHIVE, RefusedArchive, files_in, is_archive, is_rubbish, shown_name, stem_of
from autograder.engine.session import Source
from autograder.errors import UsageError
from autograder.fingerprint import fingerprint
from autograder.records.text import shortened

MAX_BYTES = 10 * 2**20
# as JSON on the wire a character takes up to six bytes, and a frame holds 4 MB of them
MAX_CODE = 500_000
SUFFIXES = (".py", ".ipynb")


class Unreadable(Exception):
    """A submission that cannot be graded at all; the message is the line that the student reads."""


@dataclass(frozen=True)
class Submission:
    """What one student handed in.

    Attributes:
        student: The student's name: the file or folder name.
        path: The file to be graded, or the folder when there is none.
        problem: Why it cannot be read, or "".
        wanted: The file name that the assignment asks for: of several in an archive, this is the one.
    """

    student: str
    path: Path
    problem: str = ""
    wanted: str = ""

    @property
    def fingerprint(self) -> str:
        """A hash of its contents: a changed file is graded again."""
        # what cannot be graded is not opened: it may be a link, or a pipe that nobody writes to
        if self.problem or not self.path.is_file():
            return fingerprint(self.problem, "")
        try:
            size = self.path.stat().st_size
            # larger ones are refused unread, whatever they hold
            return fingerprint("", self.path.read_bytes() if size <= MAX_ARCHIVE else f"{size} bytes")
        except OSError as error:
            return fingerprint(self.problem, str(error))

    def late_days(self, due: datetime | None) -> int:
        """Whole days between the due date and the file's time, at least 0."""
        if due is None or not self.path.exists():
            return 0
        seconds = self.path.stat().st_mtime - due.timestamp()
        return max(0, -int(-seconds // 86400))

    def read(self) -> Source:
        """Its text.

        Raises:
            Unreadable: When it has none.
        """
        if self.problem:
            raise Unreadable(self.problem)
        return _read_archive(self.path, self.wanted) if is_archive(self.path.name) else read_source(self.path)


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
    found = [_of_student(entry, wanted) for entry in entries]
    submissions = [submission for submission in found if submission is not None]
    if not submissions:
        raise UsageError(
            f"{folder} holds no submission: expected NAME.py, NAME.ipynb, NAME.zip or a folder NAME/ per student"
        )
    counts = Counter(submission.student for submission in submissions)
    unique: dict[str, Submission] = {}
    for submission in submissions:
        if counts[submission.student] > 1:
            names = ", ".join(shown_name(one.path.name) for one in submissions if one.student == submission.student)
            problem = f"handed in more than once ({names}); keep one and grade again"
            unique[submission.student] = Submission(submission.student, folder, problem)
        else:
            unique[submission.student] = submission
    return [unique[name] for name in sorted(unique)]


def _of_student(path: Path, wanted: str) -> Submission | None:
    """What one entry of the class's folder hands in; None for files of another kind."""
    name = shown_name(path.name)
    is_source = path.name.lower().endswith(SUFFIXES)
    student = path.stem if is_source else stem_of(path.name)
    if not (is_source or student != path.name or path.is_dir()):
        return None
    if path.is_symlink():
        # what it leads to may be the solution, or another student's file
        return Submission(student, path, f"{name} is a symbolic link; hand in the file itself")
    if path.is_dir():
        return _in_folder(path, wanted)
    if not path.is_file():
        return Submission(student, path, f"{name} is not a regular file")
    if not is_source and not is_archive(path.name):
        return Submission(
            student, path, f"{name} is an archive that cannot be read; hand in a .zip, or the file itself"
        )
    return Submission(student, path, wanted=wanted)


def _in_folder(folder: Path, wanted: str) -> Submission:
    try:
        entries = sorted(path for path in folder.iterdir() if not is_rubbish(path.name))
        named = [path for path in entries if path.name.lower().endswith(SUFFIXES)]
        found = [path for path in named if path.is_file() and not path.is_symlink()]
    except OSError as error:
        return Submission(folder.name, folder, f"the folder cannot be read: {error.strerror}")
    if not found:
        there = f"found {', '.join(_kind(path) for path in entries[:5])}" if entries else "it is empty"
        return Submission(folder.name, folder, f"expected a .py or .ipynb in the folder, {there}")
    names = [path.name for path in found]
    chosen = _choose(names, wanted)
    if chosen is None:
        return Submission(folder.name, folder, _several("folder", names, wanted))
    return Submission(folder.name, found[chosen])


def _kind(path: Path) -> str:
    """The name of something that is not graded, and why not."""
    name = shown_name(path.name)
    if path.is_symlink():
        return f"{name} (a link)"
    if not path.is_file() and not path.is_dir():
        return f"{name} (not a regular file)"
    return f"{name} (unpack it)" if stem_of(name) != name else name


def _choose(names: list[str], wanted: str) -> int | None:
    """The one candidate, or the one that is called as the assignment asks."""
    if len(names) == 1:
        return 0
    stem = Path(wanted).stem.lower()
    called = [number for number, name in enumerate(names) if PurePosixPath(name).stem.lower() == stem]
    return called[0] if len(called) == 1 else None


def _several(where: str, names: list[str], wanted: str) -> str:
    hint = f", or one called {wanted}" if wanted else ""
    listed = ", ".join(shown_name(name) for name in names)
    return shortened(f"expected one .py or .ipynb in the {where}{hint}, found {len(names)}: {listed}", 300)


def _read_archive(path: Path, wanted: str) -> Source:
    name = shown_name(path.name)
    try:
        entries = files_in(path, SUFFIXES, MAX_BYTES)
        if not entries:
            raise Unreadable(f"expected a .py or .ipynb in {name}, found none")
        names = [entry.name for entry in entries]
        chosen = _choose(names, wanted)
        if chosen is None:
            raise Unreadable(_several("archive", names, wanted))
        return source_of(PurePosixPath(names[chosen]).name, entries[chosen].read())
    except RefusedArchive as error:
        raise Unreadable(f"{name}: {error}") from None


def read_source(path: Path) -> Source:
    """The text of a `.py` file, or of a notebook's code cells.

    Raises:
        Unreadable: When it is missing, too large, empty, not UTF-8, or not a notebook.
    """
    name = shown_name(path.name)
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"{name} is larger than {MAX_BYTES // 2**20} MB; clear its outputs and hand in again")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{name} cannot be read: {error.strerror}") from None
    return source_of(name, data)


def source_of(name: str, data: bytes) -> Source:
    """The text in the bytes of a `.py` file or a notebook.

    Args:
        name: The file's name, which tells what it is.
        data: Its content.

    Raises:
        Unreadable: When it is empty, not UTF-8, not a notebook, or has more code than any homework.
    """
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(f"{name} is not UTF-8 text (line {line}); save it as UTF-8 and hand in again") from None
    if not text.strip():
        raise Unreadable(f"{name} is empty")
    if "\0" in text:
        raise Unreadable(f"{name} holds NUL bytes: it is not a text file")
    is_notebook = name.lower().endswith(".ipynb")
    parts = _cells(name, text) if is_notebook else [{"name": name, "text": text}]
    if sum(len(part["text"]) for part in parts) > MAX_CODE:
        raise Unreadable(f"{name} holds more than {MAX_CODE // 1000} KB of code; keep data in files of its own")
    return Source(parts, definitions_only=is_notebook)


def _cells(name: str, text: str) -> list[dict[str, str]]:
    try:
        notebook = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise Unreadable(f"{name} is not a notebook: not JSON ({str(error)[:80]})") from None
    cells = notebook.get("cells") if isinstance(notebook, dict) else None
    if not isinstance(cells, list):
        raise Unreadable(f"{name} is not a notebook of format 4: it has no list of cells")
    parts = []
    for number, cell in enumerate(cells, 1):
        if not isinstance(cell, dict) or cell.get("cell_type") != "code":
            continue
        source = cell.get("source")
        if isinstance(source, list) and all(isinstance(line, str) for line in source):
            source = "".join(source)
        if isinstance(source, str):
            parts.append({"name": f"{name}, cell {number}", "text": without_magics(source)})
    if not any(part["text"].strip() for part in parts):
        raise Unreadable(f"{name} has no code in its cells")
    return parts


# cell magics whose cell is still Python
_PYTHON_MAGICS = ("%%time", "%%timeit", "%%capture", "%%prun")


def without_magics(source: str) -> str:
    """A cell's source with IPython's own lines commented out; line numbers stay.

    Example:

    >>> without_magics("%matplotlib inline\\nx = 1")
    '# %matplotlib inline\\nx = 1'
    """
    first = source.lstrip().partition("\n")[0]
    if first.startswith("%%") and not first.startswith(_PYTHON_MAGICS):
        return ""
    lines = []
    for line in source.split("\n"):
        bare = line.strip()
        is_magic = bare.startswith(("%", "!", "?")) or (bare.endswith("?") and not bare.startswith("#"))
        lines.append(f"{line[: len(line) - len(line.lstrip())]}# {bare}" if is_magic else line)
    return "\n".join(lines)
