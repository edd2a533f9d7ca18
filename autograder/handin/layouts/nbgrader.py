"""nbgrader: `submitted/STUDENT/ASSIGNMENT/net.ipynb`, with `timestamp.txt` in UTC."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import timezone
from pathlib import PurePosixPath

from autograder.handin.layouts.layout import Found, Layout, Piece, the_assignment, time_of, words_of
from autograder.handin.layouts.tree import HERE, Tree
from autograder.handin.students import Student

_SUBMITTED = "submitted"
_TIMESTAMP = "timestamp.txt"
_MOST_BYTES = 2**16
_OTHER = "it is another assignment"
# what else nbgrader keeps in the folder of a course
_COURSE = {
    "source", "release", "autograded", "feedback", "downloaded", "gradebook.db", "nbgrader_config.py", "header.ipynb",
}  # fmt: skip


def explains(tree: Tree) -> int:
    """A course's folder holds `submitted`; below that, most students have a folder of one name, or each has a time."""
    if _SUBMITTED in tree.folders():
        submitted = Tree(tree.root, tree.inside / _SUBMITTED)
        is_course = 2 * explains(submitted) > len(submitted.names())
        return len({_SUBMITTED, *_COURSE} & tree.names().keys()) if is_course else 0
    handed_in = list(_handed_in(tree))
    if tree.folder.name == _SUBMITTED:
        return max(Counter(path.name for path in handed_in).values(), default=0)
    return len({path.parts[0] for path in handed_in if tree.has(path / _TIMESTAMP)})


def read(tree: Tree, wanted: str) -> Found:
    """One attempt a student: nbgrader keeps the last alone."""
    handed_in = list(_handed_in(tree))
    # the folder of the assignment may be called otherwise than the file that is asked for
    stem = words_of(PurePosixPath(wanted).stem)
    asked = {
        path.name for path in handed_in if any(words_of(PurePosixPath(name).stem) == stem for name in tree.names(path))
    }
    titles = {path.name for path in handed_in}
    assignment = asked.pop() if len(asked) == 1 else the_assignment(titles, wanted, tree)
    found = Found([], set(tree.names()) & _COURSE)
    for path in handed_in:
        if path.name != assignment:
            # of every student's, one line tells
            found.aside[str(path if path.parent == HERE else path.parent.parent / "*" / path.name)] = _OTHER
            continue
        student = path.parent.name or tree.folder.name
        time = time_of(tree.text(path / _TIMESTAMP, _MOST_BYTES), timezone.utc)
        for name in tree.names(path):
            if name != _TIMESTAMP:
                found.pieces.append(Piece(path / name, Student(student, student), submitted=time))
    _set_aside(tree, found)
    return found


def _set_aside(tree: Tree, found: Found) -> None:
    """Nobody vanishes: who has a folder, and nothing of the assignment in it."""
    below = _below(tree)
    seen = {piece.path.relative_to(below).parts[0] for piece in found.pieces}
    for name in tree.names(below):
        if name not in seen:
            found.aside.setdefault(str(below / name), "it holds nothing of this assignment")


def _below(tree: Tree) -> PurePosixPath:
    return HERE / _SUBMITTED if _SUBMITTED in tree.folders() else HERE


def _handed_in(tree: Tree) -> Iterator[PurePosixPath]:
    """The folders of assignments, whether the course, `submitted` or one student's folder was named."""
    below = _below(tree)
    if below == HERE and tree.folder.absolute().parent.name == _SUBMITTED:
        yield from (HERE / name for name in tree.folders())
        return
    for student in tree.folders(below):
        yield from (below / student / name for name in tree.folders(below / student))


NBGRADER = Layout("nbgrader", "nbgrader course", "submitted/jdoe/net/net.ipynb", explains, read)
