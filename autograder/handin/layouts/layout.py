"""What a layout is, and what several of them need."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta, timezone, tzinfo
from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from autograder.errors import UsageError
from autograder.handin.layouts.tree import Tree
from autograder.handin.students import Student
from autograder.text import one_line


@dataclass(frozen=True)
class Piece:
    """A file or a folder that a student handed in, alone or with others."""

    path: PurePosixPath  # inside the tree
    student: Student
    called: str = ""  # what the student called the file, where the platform calls it otherwise
    attempt: str | int = 0  # attempts of one student in their order; equal for all that belongs to one
    submitted: datetime | None = None
    is_late: bool | None = None
    others: tuple[Student, ...] = ()  # with whom it was handed in
    own_time: bool = True  # whether the file's time tells when it was handed in; that of a clone does not
    is_record: bool = False  # whether it is no more than the platform's own record: nothing was handed in


@dataclass(frozen=True)
class Found:
    """What a layout makes of a folder."""

    pieces: list[Piece]
    records: set[str] = field(default_factory=set)  # names in the class's folder that are the platform's own
    aside: dict[str, str] = field(default_factory=dict)  # paths that are not of this assignment, or cannot be read: why
    notes: list[str] = field(default_factory=list)  # what the instructor is to know of all of it


@dataclass(frozen=True)
class Layout:
    """How one platform hands a class over."""

    name: str  # what `--layout` takes
    title: str  # what it is called in sentences
    example: str  # what a path looks like
    explains: Callable[[Tree], int]  # how many names in the class's folder can only be this platform's
    read: Callable[[Tree, str], Found]  # the pieces, and of the second argument, the file that is asked for


def matching(tree: Tree, pattern: re.Pattern[str]) -> dict[str, re.Match[str]]:
    """The names in the class's folder that a pattern describes from end to end."""
    matches = {name: pattern.fullmatch(name) for name in tree.names()}
    return {name: match for name, match in matches.items() if match is not None}


def the_assignment(titles: Iterable[str], wanted: str, tree: Tree) -> str:
    """Which of the assignments that lie in one folder is graded: the one called like the file that is asked for."""
    found = sorted(set(titles))
    if len(found) < 2:
        return found[0] if found else ""
    stem = words_of(PurePosixPath(wanted).stem)
    called = [title for title in found if words_of(title) == stem]
    if len(called) == 1:
        return called[0]
    listed = ", ".join(one_line(title) for title in found[:5])
    hint = f"; call one {PurePosixPath(wanted).stem}, or" if wanted else ";"
    raise UsageError(
        f"expected the hand-ins of one assignment, {tree.folder} holds {len(found)} ({listed}){hint} "
        "leave one in the folder"
    )


def words_of(name: str) -> str:
    """A name without what platforms change in it.

    Example:

    >>> words_of("04 Tape-Net") == words_of("04_tape_net")
    True
    """
    return re.sub(r"[\W_]+", "-", name.casefold()).strip("-")


_TIME = re.compile(
    r"\s*(\d{4})-?(\d\d)-?(\d\d)[T -]?(\d\d)[:-]?(\d\d)[:-]?(\d\d)(?:[.,]\d+|\d{3})?"
    r"\s*([A-Za-z][A-Za-z_/]*|[+-]\d\d:?\d\d)?\s*"
)
# what people and servers call zones: hours after UTC; where two parts of the world share one, the larger courses' one
_HOURS: dict[str, float] = {
    "Z": 0,
    "UTC": 0,
    "GMT": 0,
    "UCT": 0,
    "WET": 0,
    "BST": 1,
    "WEST": 1,
    "CET": 1,
    "CEST": 2,
    "EET": 2,
    "EEST": 3,
}
_HOURS |= {"EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8, "PDT": -7}
_HOURS |= {"IST": 5.5, "JST": 9, "KST": 9, "AEST": 10, "AEDT": 11, "NZST": 12, "NZDT": 13}


def time_of(text: str, zone: tzinfo | None = None) -> datetime | None:
    """The time in a platform's record; where it names no zone, in the given one, or in that of this machine.

    Example:

    >>> time_of("2026-02-03 04:05:06.789 UTC") == time_of("20260203040506789", timezone.utc)
    True
    """
    match = _TIME.fullmatch(text)
    if match is None:
        return None
    try:
        year, month, day, hour, minute, second = (int(part) for part in match.groups()[:6])
        time = datetime(year, month, day, hour, minute, second, tzinfo=zone_of(match[7] or "") or zone)
        # what has no zone is taken for local time
        # without a zone it is by the clock of the course, which is known where it is compared
        return time.astimezone(timezone.utc) if time.tzinfo is not None else time
    except (ValueError, OverflowError, OSError):
        return None


def zone_of(name: str) -> tzinfo | None:
    """A zone by its name or offset; None where nobody here knows it.

    Example:

    >>> [str(zone_of(name)) for name in ("CET", "+05:30", "Lummerland")]
    ['UTC+01:00', 'UTC+05:30', 'None']
    """
    if name.upper() in _HOURS:
        return timezone(timedelta(hours=_HOURS[name.upper()]))
    if name[:1] in ("+", "-"):
        offset = timedelta(hours=int(name[1:3]), minutes=int(name[-2:]))
        return timezone(-offset if name[0] == "-" else offset)
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, KeyError):  # a zone that this machine does not know
        return None
