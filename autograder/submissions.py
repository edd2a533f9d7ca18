"""Finding and reading what students handed in. Reading is text only: nothing of it is run or parsed as Python here."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.engine.session import Source
from autograder.errors import UsageError
from autograder.fingerprint import fingerprint

MAX_BYTES = 10 * 2**20
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
    """

    student: str
    path: Path
    problem: str = ""

    @property
    def fingerprint(self) -> str:
        """A hash of its contents: a changed file is graded again."""
        try:
            return fingerprint(self.problem, self.path.read_bytes() if self.path.is_file() else "")
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
        return read_source(self.path)


def find_submissions(folder: Path) -> list[Submission]:
    """One submission per student: `NAME.py`, `NAME.ipynb` or a folder `NAME/`, sorted by name.

    A student with two, and a folder with none or several candidates, become unreadable submissions, not errors: the
    class goes on.

    Raises:
        UsageError: When the folder is missing or holds no submission.
    """
    if not folder.is_dir():
        raise UsageError(f"expected a folder of submissions, {folder} is {'a file' if folder.exists() else 'missing'}")
    entries = [entry for entry in sorted(folder.iterdir()) if not entry.name.startswith((".", "__"))]
    found = [_in_folder(entry) if entry.is_dir() else _as_file(entry) for entry in entries]
    submissions = [submission for submission in found if submission is not None]
    if not submissions:
        raise UsageError(f"{folder} holds no submission: expected NAME.py, NAME.ipynb or a folder NAME/ per student")
    counts = Counter(submission.student for submission in submissions)
    unique: dict[str, Submission] = {}
    for submission in submissions:
        if counts[submission.student] > 1:
            names = ", ".join(one.path.name for one in submissions if one.student == submission.student)
            problem = f"handed in more than once ({names}); keep one and grade again"
            unique[submission.student] = Submission(submission.student, folder, problem)
        else:
            unique[submission.student] = submission
    return [unique[name] for name in sorted(unique)]


def _as_file(path: Path) -> Submission | None:
    if path.suffix in SUFFIXES:
        return Submission(path.stem, path)
    if path.suffix in (".zip", ".tar", ".gz", ".tgz", ".7z", ".rar"):
        problem = f"{path.name} is an archive; unpack it into a folder {path.stem}/ and grade again"
        return Submission(path.stem, path, problem)
    return None


def _in_folder(folder: Path) -> Submission:
    try:
        found = [path for path in sorted(folder.iterdir()) if path.suffix in SUFFIXES and path.is_file()]
        others = [path.name for path in sorted(folder.iterdir()) if path not in found]
    except OSError as error:
        return Submission(folder.name, folder, f"the folder cannot be read: {error.strerror}")
    if len(found) == 1:
        return Submission(folder.name, found[0])
    if found:
        names = ", ".join(path.name for path in found)
        return Submission(folder.name, folder, f"expected one .py or .ipynb in the folder, found {len(found)}: {names}")
    there = f"found {', '.join(others[:5])}" if others else "it is empty"
    return Submission(folder.name, folder, f"expected a .py or .ipynb in the folder, {there}")


def read_source(path: Path) -> Source:
    """The text of a `.py` file, or of a notebook's code cells.

    Raises:
        Unreadable: When it is missing, too large, empty, not UTF-8, or not a notebook.
    """
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable(f"{path.name} is larger than {MAX_BYTES // 2**20} MB; clear its outputs and hand in again")
        data = path.read_bytes()
    except OSError as error:
        raise Unreadable(f"{path.name} cannot be read: {error.strerror}") from None
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise Unreadable(f"{path.name} is not UTF-8 text (line {line}); save it as UTF-8 and hand in again") from None
    if not text.strip():
        raise Unreadable(f"{path.name} is empty")
    if "\0" in text:
        raise Unreadable(f"{path.name} holds NUL bytes: it is not a text file")
    if path.suffix == ".ipynb":
        return Source(_cells(path.name, text), definitions_only=True)
    return Source([{"name": path.name, "text": text}])


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
