"""The names below a class's folder. No link is followed; of contents, only the small records of platforms are read."""

from __future__ import annotations

import re
import stat
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.handin.names import MAX_ENTRIES, SUFFIXES, is_archive, is_rubbish
from autograder.handin.safe_reading import modes_inside, read_inside
from autograder.handin.sources import Unreadable

# the largest courses have some thousand students; nobody waits for a million names
MOST_NAMES = 20_000
MAX_DEPTH = 10
HERE = PurePosixPath()
# what instructors keep beside the hand-ins; a file of another kind is somebody's
_BOOKKEEPING = re.compile(
    r"(readme|licen[cs]e|roster|grades?|gradebook|students?|participants|index|instructions|rubric|makefile)(\W.*)?"
    r"|desktop\.ini|.*\.(csv|tsv|xlsx?|ods|db|sqlite3?|log)",
    re.IGNORECASE | re.DOTALL,
)


class Tree:
    """The folders and files of a class, each folder listed once, when it is first asked for.

    Attributes:
        root: The folder that was named, below which no link is followed.
        inside: Where in it the class begins: below the one folder that a .zip was wrapped in.
    """

    def __init__(self, root: Path, inside: PurePosixPath = HERE) -> None:
        self.root = root
        self.inside = inside
        self._listed: dict[PurePosixPath, dict[str, int]] = {}

    @property
    def folder(self) -> Path:
        """The folder in which the class begins."""
        return self.root / self.inside

    @property
    def wrapped(self) -> Tree | None:
        """What lies in the one folder that holds everything, if there is one."""
        entries = [name for name, mode in self.names().items() if not is_bookkeeping(name, mode)]
        if len(entries) == 1 and stat.S_ISDIR(self.names()[entries[0]]):
            return Tree(self.root, self.inside / entries[0])
        return None

    def names(self, path: PurePosixPath = HERE) -> dict[str, int]:
        """The names in a folder but for rubbish, with their modes; none where there is no folder that can be read."""
        try:
            listed = self._listing(path)
        except OSError:
            return {}
        return {name: mode for name, mode in listed.items() if not is_rubbish(name)}

    def folders(self, path: PurePosixPath = HERE) -> list[str]:
        """The folders in a folder."""
        return [name for name, mode in self.names(path).items() if stat.S_ISDIR(mode)]

    def hidden(self) -> list[str]:
        """What begins with a dot in the class's folder, and is not what systems and tools leave behind."""
        # a known name is one anywhere in a path, whatever follows
        known = [name for name in self._listing(HERE) if is_rubbish(f"{name}/x") or name == ".DS_Store"]
        return [name for name in self._listing(HERE) if name[0] == "." and name[:2] != "._" and name not in known]

    def check(self) -> None:
        """Raises where the class's folder cannot be listed, or holds more than any class."""
        try:
            count = len(self._listing(HERE))
        except OSError as error:
            raise UsageError(f"{self.root} cannot be read: {error.strerror}") from None
        if count > MOST_NAMES:
            raise UsageError(f"expected the folder of one class, {self.root} holds more than {MOST_NAMES} files")

    def files(self, path: PurePosixPath) -> dict[str, int]:
        """What a student's folder holds, however deep, but for folders and rubbish: paths inside it, and modes."""
        found: dict[str, int] = {}
        waiting = [HERE]
        # a folder is taken from the front while others are added behind
        for inner in waiting:
            try:
                listed = self._listing(path / inner)
            except OSError as error:
                raise Unreadable(f"the folder cannot be read: {error.strerror}") from None
            for name, mode in listed.items():
                if is_rubbish(name):
                    continue
                if stat.S_ISDIR(mode) and len(inner.parts) < MAX_DEPTH:
                    waiting.append(inner / name)
                else:
                    found[str(inner / name)] = mode
            if len(found) + len(waiting) > MAX_ENTRIES:
                raise Unreadable(
                    f"expected at most {MAX_ENTRIES} files in the folder; hand in what was asked for alone"
                )
        return found

    def mode(self, path: PurePosixPath) -> int:
        """What a name stands for: `st_mode`, not of what it links to."""
        return self._listing(path.parent)[path.name]

    def is_read(self, path: PurePosixPath) -> bool:
        """Whether something is of a kind that may be graded: a folder, a script, a notebook or an archive."""
        mode = self.mode(path)
        return stat.S_ISDIR(mode) or (stat.S_ISREG(mode) and _is_read(path.name))

    def has(self, path: PurePosixPath) -> bool:
        """Whether there is anything of that name, rubbish or not."""
        try:
            return path.name in self._listing(path.parent)
        except OSError:
            return False

    def text(self, path: PurePosixPath, limit: int) -> str:
        """What a platform wrote into a record of its own; "" where there is none that can be read."""
        try:
            data = read_inside(self.root, self.folder / path, limit).data
        except OSError:
            return ""
        return (data or b"").decode("utf-8-sig", "replace")

    def _listing(self, path: PurePosixPath) -> dict[str, int]:
        if path not in self._listed:
            modes = modes_inside(self.root, self.folder / path, MOST_NAMES + 1)
            self._listed[path] = {name: modes[name] for name in sorted(modes)}
        return self._listed[path]


def is_bookkeeping(name: str, mode: int) -> bool:
    """Whether a file beside the hand-ins is by its name nobody's hand-in.

    Example:

    >>> [is_bookkeeping(name, stat.S_IFREG) for name in ("roster.csv", "README.md", "readme.py", "eve.txt")]
    [True, True, False, False]
    """
    return stat.S_ISREG(mode) and not _is_read(name) and _BOOKKEEPING.fullmatch(name) is not None


def _is_read(name: str) -> bool:
    return name.lower().endswith(SUFFIXES) or is_archive(name)
