"""Moodle: `Full Name_1234567_assignsubmission_file_/`, or files with that in front; `_onlinetext_` was typed there."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from autograder.handin.layouts.layout import Found, Layout, Piece, matching
from autograder.handin.layouts.tree import Tree
from autograder.handin.students import Student

# releases since 4.1 leave the last underscore out; a group of everybody has no number
NAME = re.compile(r"(?P<name>.+?)(?:_(?P<id>\d+))?_assignsubmission_(?P<kind>[a-z]+)(?:_(?P<called>.*))?", re.DOTALL)


def explains(tree: Tree) -> int:
    """No other name holds `_assignsubmission_`."""
    return len(matching(tree, NAME))


def read(tree: Tree, wanted: str) -> Found:
    """One attempt a student: Moodle hands over the last alone."""
    pieces = []
    for name, match in matching(tree, NAME).items():
        # who is graded blindly is called by the number, as Moodle's own table does
        shown = f"Participant {match['id']}" if match["name"] == "Participant" else match["name"]
        pieces.append(Piece(PurePosixPath(name), Student(shown, match["id"] or ""), match["called"] or ""))
    return Found(pieces)


MOODLE = Layout("moodle", "Moodle download", "Jane Doe_1234567_assignsubmission_file_/net.py", explains, read)
