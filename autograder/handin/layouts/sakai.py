"""Sakai: `Doe, Jane(jdoe)/Submission attachment(s)/net.py`, with `timestamp.txt`; groups have `members.txt`."""

from __future__ import annotations

import re
from datetime import timezone
from pathlib import PurePosixPath

from autograder.handin.layouts.layout import Found, Layout, Piece, matching, time_of
from autograder.handin.layouts.tree import HERE, Tree
from autograder.handin.students import Student

_NAME = re.compile(r"(?P<name>.+?) ?\((?P<id>[^()]+)\)", re.DOTALL)
_ATTACHMENTS = "Submission attachment(s)"
_FEEDBACK = "Feedback Attachment(s)"
# written by Sakai itself, or by the instructor
_OWN = {"timestamp.txt", "comments.txt", "members.txt", "feedbackText.html"}
_MOST_BYTES = 2**16


def explains(tree: Tree) -> int:
    """Folders called `… (login)` that hold what Sakai puts into each."""
    return sum(bool({_ATTACHMENTS, *_OWN} & tree.names(HERE / name).keys()) for name in matching(tree, _NAME))


def read(tree: Tree, wanted: str) -> Found:
    """The folder of attachments, whatever it is called in Sakai's language, and the text typed on the page."""
    pieces = []
    for name, match in matching(tree, _NAME).items():
        path = HERE / name
        time = time_of(tree.text(path / "timestamp.txt", _MOST_BYTES), timezone.utc)
        student, *others = _members(tree.text(path / "members.txt", _MOST_BYTES)) or [
            Student(match["name"], match["id"])
        ]
        attached = [path / inner for inner in tree.names(path) if inner not in {*_OWN, _FEEDBACK}]
        pieces += [
            # who attached nothing is told so
            Piece(one, student, submitted=time, others=tuple(others), is_record=not attached)
            for one in attached or [path]
        ]
    return Found(pieces, {name for name in tree.names() if PurePosixPath(name).stem == "grades"})


def _members(text: str) -> list[Student]:
    """`Doe, Jane(jdoe); Roe, Rick(rroe)`."""
    matches = (_NAME.fullmatch(part.strip()) for part in text.split(";"))
    return [Student(match["name"].strip(" ,"), match["id"]) for match in matches if match is not None]


SAKAI = Layout("sakai", "Sakai download", "Doe, Jane(jdoe)/Submission attachment(s)/net.py", explains, read)
