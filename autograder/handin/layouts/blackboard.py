"""Blackboard: `Title_user_attempt_2026-02-03-04-05-06_net.py`, and a .txt for each attempt with the name in full."""

from __future__ import annotations

import re
from collections import Counter
from datetime import tzinfo

from autograder.handin.layouts.layout import Found, Layout, Piece, matching, the_assignment, time_of, zone_of
from autograder.handin.layouts.tree import HERE, Tree
from autograder.handin.students import Student

_NAME = re.compile(r"(?P<who>.+?)_attempt_(?P<time>\d{4}(?:-\d\d){5})(?:_(?P<called>.+)|(?P<record>\.txt))", re.DOTALL)
# the record's first line
_PERSON = re.compile(r"\s*Name:[ \t]*(?P<name>[^\r\n]*?)[ \t]*\((?P<user>[^()\r\n]+)\)")
# … its time by the clock of the server, as the files' names have it, and the zone of that clock
_DATE = re.compile(
    r"^Date Submitted:[^\r\n]{0,99}\d[^\r\n]{0,20}?[ \t](?P<zone>(?![AP]M\b)[A-Z][A-Za-z_/]{1,30})[ \t]*\r?$",
    re.MULTILINE,
)
# … and what was typed on the page
_TYPED = re.compile(r"^Submission Field:\s*(?!There is no |Comments:|Files:)\S", re.MULTILINE)
_MOST_BYTES = 2**20


def explains(tree: Tree) -> int:
    """No other name has `_attempt_` and a time."""
    return len(matching(tree, _NAME))


def read(tree: Tree, wanted: str) -> Found:
    """The attempts of each student, in the order of their times."""
    matches = matching(tree, _NAME)
    records = {name: tree.text(HERE / name, _MOST_BYTES) for name, match in matches.items() if match["record"]}
    people = _people(matches, records)
    assignment = the_assignment((title for title, _ in people.values()), wanted, tree)
    # a record belongs to the files beside it; who typed an answer and attached nothing has the record alone
    attached = {(match["who"], match["time"]) for match in matches.values() if match["called"]}
    found = Found([], set(matches))
    zones = _zones(matches, records, found.notes)
    for name, match in matches.items():
        title, student = people[match["who"]]
        if title != assignment:
            found.aside[title] = "it is another assignment"
        elif match["called"] or (match["who"], match["time"]) not in attached:
            called = match["called"] or "text.txt"
            is_record = name in records and not _TYPED.search(records[name])
            time = time_of(match["time"], zones.get((match["who"], match["time"])))
            found.pieces.append(Piece(HERE / name, student, called, match["time"], time, is_record=is_record))
    return found


def _zones(
    matches: dict[str, re.Match[str]], records: dict[str, str], notes: list[str]
) -> dict[tuple[str, str], tzinfo]:
    """In which zone each attempt's time is, by its record; notes zones that nobody knows."""
    zones: dict[tuple[str, str], tzinfo] = {}
    unknown = set()
    for name, record in records.items():
        date = _DATE.search(record)
        zone = zone_of(date["zone"]) if date else None
        if zone is not None:
            zones[matches[name]["who"], matches[name]["time"]] = zone
        elif date:
            unknown.add(date["zone"])
    if unknown:
        listed = ", ".join(sorted(unknown))
        notes.append(f"Blackboard's times are in {listed}, which is not known here: they are taken for local time")
    return zones


def _people(matches: dict[str, re.Match[str]], records: dict[str, str]) -> dict[str, tuple[str, Student]]:
    """The assignment's title and the student in what stands before `_attempt_`; both may hold underscores."""
    people: dict[str, tuple[str, Student]] = {}
    for name, record in records.items():
        who, person = matches[name]["who"], _PERSON.match(record)
        if person is not None and who.endswith(f"_{person['user']}"):
            title = who.removesuffix(f"_{person['user']}")
            people[who] = (title, Student(person["name"] or person["user"], person["user"]))
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
