"""Canvas: files side by side, `lastnamefirst_LATE_USER_FILE_name.py`; what was typed on the page is a .html.

A quiz puts `question_NUMBER_` in front of the file's number.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from autograder.handin.layouts.layout import Found, Layout, Piece, matching
from autograder.handin.layouts.tree import Tree
from autograder.handin.students import Student

# Canvas takes `_12_` out of names of people, so the first two numbers are its own, whatever the file is called
NAME = re.compile(
    r"(?:(?P<blind_late>LATE_)?(?P<blind>anon_[^_]+)|(?P<name>.+?)_(?P<late>LATE_)?(?P<user>\d+))"
    r"_(?:(?:question_\d+_)?(?P<file>\d+)_(?P<called>.+)|(?P<page>(?:text|link)\.html))",
    re.DOTALL,
)
# Canvas tells files of one name apart by a number: `net-1.py`, and in old releases `net.tar-1.gz`
_NUMBER = re.compile(r"-\d{1,2}(?=(?:\.[A-Za-z]\w*)*\.?\w*\Z)")


def explains(tree: Tree) -> int:
    """Canvas's numbers are long, and belong to one person and one file each; other names with numbers repeat them."""
    matches = matching(tree, NAME).values()
    people = {(match["user"] or match["blind"]): match["name"] for match in matches}
    if any(people[match["user"] or match["blind"]] != match["name"] for match in matches):
        return 0
    files = {match["file"] for match in matches if match["file"]}
    pages = sum(match["page"] is not None for match in matches)
    return len(files) + pages if any(len(number) > 2 for number in files) or pages > 1 else 0


def read(tree: Tree, wanted: str) -> Found:
    """One attempt a student: Canvas hands over the last alone."""
    pieces: dict[tuple[object, str], tuple[int, Piece]] = {}
    aside: dict[str, str] = {}
    for name, match in matching(tree, NAME).items():
        student = Student(match["name"] or match["blind"], match["user"] or match["blind"])
        called = match["page"] or match["called"]
        if called.lower() != wanted.lower():
            called = _NUMBER.sub("", called)
        is_late = bool(match["late"] or match["blind_late"])
        piece = Piece(PurePosixPath(name), student, called, is_late=is_late)
        # of files of one name, such as those of two downloads, the one counts that Canvas numbered last
        key, number = (student.key, called.lower()), int(match["file"] or 0)
        earlier = pieces.get(key)
        if earlier is not None:
            first, last = sorted((earlier, (number, piece)), key=lambda one: one[0])
            aside[str(first[1].path)] = f"{last[1].path} was handed in later"
            pieces[key] = last
        else:
            pieces[key] = (number, piece)
    return Found([piece for _, piece in pieces.values()], aside=aside)


CANVAS = Layout("canvas", "Canvas download", "doejane_12345_67890_net.py", explains, read)
