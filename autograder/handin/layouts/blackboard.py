"""Blackboard: `Title_user_attempt_2026-02-03-04-05-06_net.py`, and a .txt for each attempt with the name in full."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePosixPath

from autograder.handin.layouts.layout import Found, Layout, Piece, matching, the_assignment, time_of
from autograder.handin.layouts.tree import HERE, Tree
from autograder.handin.students import Student

_NAME = re.compile(r"(?P<who>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<called>.+)|(?P<record>\.txt))", re.DOTALL)
# the record's first line
_PERSON = re.compile(r"\s*Name:[ \t]*(?P<name>[^\r\n]*?)[ \t]*\((?P<user>[^()\r\n]+)\)")
_MOST_BYTES = 2**20


def explains(tree: Tree) -> int:
    """No other name has `_attempt_` and a time."""
    return len(matching(tree, _NAME))


def read(tree: Tree, wanted: str) -> Found:
    """The attempts of each student, in the order of their times."""
    matches = matching(tree, _NAME)
    people = _people(tree, matches)
    assignment = the_assignment((title for title, _ in people.values()), wanted, tree)
    # a record belongs to the files beside it; who typed an answer and attached nothing has the record alone
    attached = {(match["who"], match["time"]) for match in matches.values() if match["called"]}
    found = Found([], set(matches))
    for name, match in matches.items():
        title, student = people[match["who"]]
        if title != assignment:
            found.aside[title] = "it is another assignment"
        elif match["called"] or (match["who"], match["time"]) not in attached:
            called = match["called"] or "text.txt"
            found.pieces.append(Piece(HERE / name, student, called, match["time"], time_of(match["time"])))
    return found


def _people(tree: Tree, matches: dict[str, re.Match[str]]) -> dict[str, tuple[str, Student]]:
    """The assignment's title and the student in what stands before `_attempt_`; both may hold underscores."""
    people: dict[str, tuple[str, Student]] = {}
    for name, match in matches.items():
        person = _PERSON.match(tree.text(PurePosixPath(name), _MOST_BYTES)) if match["record"] else None
        if person is not None and match["who"].endswith(f"_{person['user']}"):
            title = match["who"].removesuffix(f"_{person['user']}")
            people[match["who"]] = (title, Student(person["name"] or person["user"], person["user"]))
    # where no record tells, the title is that of most others
    alone = sorted({match["who"] for match in matches.values()} - people.keys())
    titles = Counter([title for title, _ in people.values()] or [who.rpartition("_")[0] for who in alone])
    usual = titles.most_common(1)[0][0] if titles else ""
    for who in alone:
        title = usual if who.startswith(f"{usual}_") else who.rpartition("_")[0]
        user = who.removeprefix(f"{title}_")
        people[who] = (title, Student(user, user))
    return people


BLACKBOARD = Layout("blackboard", "Blackboard download", "Net_jdoe_attempt_2026-02-03-04-05-06_net.py", explains, read)
