"""Plain folders: `NAME.py`, `NAME.ipynb`, `NAME.zip` or a folder `NAME/`; `NAME (1).py` is the second attempt."""

from __future__ import annotations

import re
import stat
from pathlib import PurePosixPath

from autograder.handin.layouts.layout import Found, Layout, Piece
from autograder.handin.layouts.tree import HERE, Tree, is_bookkeeping
from autograder.handin.names import is_archive, source_stem, stem_of
from autograder.handin.students import Student
from autograder.text import one_line

# browsers and systems add it to the second file of one name
_ATTEMPT = re.compile(r"(?P<name>.*\S) ?\((?P<number>\d{1,2})\)", re.DOTALL)


def explains(tree: Tree) -> int:
    """Every name may be somebody's."""
    return 0


def read(tree: Tree, wanted: str) -> Found:
    """Whatever is not the instructor's is somebody's. A file that cannot be graded counts where nothing else does."""
    found = Found([])
    others: list[Piece] = []
    for name, mode in tree.names().items():
        if is_bookkeeping(name, mode):
            continue
        stem, attempt = _student(name, stat.S_ISDIR(mode))
        piece = Piece(HERE / name, Student(stem), attempt=attempt)
        (found.pieces if tree.is_read(piece.path) else others).append(piece)
    graded = {piece.student for piece in found.pieces}
    for piece in others:
        if piece.student in graded:
            found.aside[piece.path.name] = f"it lies beside what {piece.student.name} handed in"
        else:
            found.pieces.append(piece)
    if len(found.pieces) == 1 and is_archive(name := found.pieces[0].path.name):
        found.notes.append(f"{one_line(name)} is all there is; if it holds a class, unpack it and name its folder")
    return found


def _student(name: str, is_folder: bool) -> tuple[str, int]:
    """Whose a file is, and which attempt."""
    stem = name if is_folder else _without_endings(name)
    match = _ATTEMPT.fullmatch(stem)
    return (match["name"], int(match["number"])) if match else (stem, 0)


def _without_endings(name: str) -> str:
    """A file's name without its ending, or both of `ada.py.txt`."""
    stem = source_stem(stem_of(name))
    return stem if stem != name else PurePosixPath(name).stem


PLAIN = Layout("plain", "Plain folder", "NAME.py", explains, read)
