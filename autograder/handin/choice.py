"""Which of the files that a student handed in together is graded."""

from __future__ import annotations

import stat
from dataclasses import dataclass
from pathlib import PurePosixPath

from autograder.handin.errors import Unreadable
from autograder.handin.layouts.layout import Piece
from autograder.handin.layouts.tree import Tree
from autograder.handin.names import SCRIPT, chosen, is_archive, is_beside, source_ending, stem_of
from autograder.handin.safe_reading import read_inside
from autograder.handin.sources import MAX_BYTES
from autograder.handin.untouched import mark_of
from autograder.text import one_line

NOTHING = "nothing was handed in: there is no file"


@dataclass(frozen=True)
class Choice:
    """The file to be graded."""

    path: PurePosixPath  # inside the tree; what was handed in, where there is a reason
    called: str = ""  # what the student called it, where the platform calls it otherwise
    reason: str = ""  # why none can be graded, or ""
    files: int = 1  # how many files there are
    aside: tuple[tuple[PurePosixPath, str], ...] = ()  # what could be graded as well, and why it is not


@dataclass(frozen=True)
class _File:
    path: PurePosixPath
    mode: int
    called: str


def choose(tree: Tree, pieces: list[Piece], wanted: str, starter: str = "") -> Choice:
    """The one script or notebook, or else the one archive, in what was handed in at one time.

    Args:
        tree: Where it lies.
        pieces: What was handed in.
        wanted: The file name that the assignment asks for.
        starter: The mark of the script that was handed out (`mark_of`): as such it counts beside no notebook.
    """
    first = pieces[0].path
    if any(piece.is_record for piece in pieces):
        return Choice(first, reason=NOTHING, files=0)
    try:
        files = _files(tree, pieces)
    except Unreadable as error:
        return Choice(first, reason=str(error))
    is_folder = stat.S_ISDIR(tree.mode(first))
    try:
        name = _chosen(files, wanted, is_folder)
    except Unreadable as error:
        return Choice(first, reason=str(error), files=len(files))
    why = f"{one_line(name)} counts"
    notebook = _notebook(files, wanted, is_folder) if starter and source_ending(name) == SCRIPT else ""
    if notebook and _is_starter(tree, files[name].path, starter):
        name, why = notebook, f"{one_line(notebook)} counts, because in this one nothing was written yet"
    file = files[name]
    aside = tuple((other.path, why) for called, other in files.items() if called != name and _may_count(called, other))
    return Choice(file.path, file.called, files=len(files), aside=aside)


def _notebook(files: dict[str, _File], wanted: str, is_folder: bool) -> str:
    """The notebook that would count if there were no script, or ""."""
    notebooks = {name: file for name, file in files.items() if source_ending(name) not in ("", SCRIPT)}
    try:
        return _chosen(notebooks, wanted, is_folder) if notebooks else ""
    except Unreadable:
        return ""


def _is_starter(tree: Tree, path: PurePosixPath, starter: str) -> bool:
    try:
        data = read_inside(tree.root, tree.folder / path, MAX_BYTES).data
    except (OSError, Unreadable):
        return False
    return data is not None and mark_of(data) == starter


def _may_count(name: str, file: _File) -> bool:
    """Whether a file would be graded if it lay there alone, and is not what lies beside an answer anyway."""
    return stat.S_ISREG(file.mode) and (is_archive(name) or (bool(source_ending(name)) and not is_beside(name)))


def _files(tree: Tree, pieces: list[Piece]) -> dict[str, _File]:
    """All files by the names that students gave them, or by their paths where two have one name."""
    files: dict[str, _File] = {}
    for piece in pieces:
        mode = tree.mode(piece.path)
        inner = tree.files(piece.path) if stat.S_ISDIR(mode) else {"": mode}
        for name, mode in inner.items():
            path = piece.path / name
            called = name or piece.called or path.name
            files[called if called not in files else str(path)] = _File(path, mode, piece.called)
    return files


def _chosen(files: dict[str, _File], wanted: str, is_folder: bool) -> str:
    regular = [name for name, file in files.items() if stat.S_ISREG(file.mode)]
    sources = [name for name in regular if source_ending(name)]
    if sources:
        return chosen(sources, wanted, "folder" if is_folder else "submission")
    archives = [name for name in regular if is_archive(name)]
    if len(archives) == 1:
        return archives[0]
    if not files:
        raise Unreadable(NOTHING)
    if is_folder:
        raise Unreadable(f"expected a .py or .ipynb in the folder, found {_listed(files)}")
    if len(files) == 1:
        name, file = next(iter(files.items()))
        raise Unreadable(_refused(one_line(name), file.mode))
    raise Unreadable(f"expected a .py or .ipynb, found {_listed(files)}")


def _refused(name: str, mode: int) -> str:
    """Why a file that was handed in alone is not graded."""
    if stat.S_ISLNK(mode):
        # what it leads to may be the solution, or another student's file
        return f"{name} is a symbolic link; hand in the file itself"
    if not stat.S_ISREG(mode):
        return f"{name} is not a regular file"
    if stem_of(name) != name:
        return f"{name} is an archive that cannot be read; hand in a .zip, or the file itself"
    return f"expected a .py or .ipynb, found {name}"


def _listed(files: dict[str, _File]) -> str:
    shown = [f"{one_line(name)}{_why(name, file.mode)}" for name, file in list(files.items())[:5]]
    return ", ".join(shown) + (", …" if len(files) > len(shown) else "")


def _why(name: str, mode: int) -> str:
    """Why something in a folder is not graded."""
    if stat.S_ISLNK(mode):
        return " (a link)"
    if not stat.S_ISREG(mode) and not stat.S_ISDIR(mode):
        return " (not a regular file)"
    return " (unpack it)" if stem_of(name) != name else ""
