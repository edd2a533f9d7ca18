"""`adjust.toml` beside a gradebook: extensions, excuses, overrides and bonuses, each with its reason.

```toml
[[extension]]
student = "ada"          # the row's name, or the id, the e-mail address or the full name
days = 3                 # or until = 2026-11-25T12:00:00
reason = "was ill; certificate seen"
by = "M. Weber"
on = 2026-11-20
```

`[[excuse]]` has these four lines; `[[override]]` and `[[bonus]]` have `points` besides, and an override of one question
says `question = "03.5"`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

from autograder.assignment.toml import read_toml
from autograder.errors import UsageError, did_you_mean
from autograder.facts.adjustment import KINDS, Adjustment
from autograder.marks.people import Called
from autograder.text import number, one_line

FILE = "adjust.toml"
_ALWAYS = ("student", "reason", "by", "on")
_MORE = {"extension": ("days", "until"), "excuse": (), "override": ("points", "question"), "bonus": ("points",)}
_MOST_DAYS, _MOST_POINTS = 1000, 1000


@dataclass(frozen=True)
class Decision:
    """One table of the file.

    Attributes:
        student: Whom it names, as it is written there.
        adjustment: What it says.
        place: The file and the line.
    """

    student: str
    adjustment: Adjustment
    place: str


def read_adjustments(path: Path) -> list[Decision]:
    """What the file says; nothing where there is none.

    Raises:
        UsageError: When it is no TOML, or something in it is unknown, missing or of another kind.
    """
    if not path.is_file():
        return []
    text, record = read_toml(path)
    decisions = []
    for kind, tables in record.items():
        if kind not in KINDS:
            raise UsageError(f"{path}: there is no {kind} to decide; {did_you_mean(kind, KINDS)}")
        if type(tables) is not list or not all(type(table) is dict for table in tables):
            raise UsageError(f"{path}: write [[{kind}]], in two brackets, above each {kind}")
        lines = _lines(text, kind)
        for index, table in enumerate(tables):
            place = f"{path}:{lines[index]}" if index < len(lines) else str(path)
            decisions.append(_decision(kind, table, place))
    return decisions


def _lines(text: str, kind: str) -> list[int]:
    begin = re.compile(rf"""\s*\[\[\s*["']?{kind}["']?\s*\]\]""")
    return [number for number, line in enumerate(text.splitlines(), 1) if begin.match(line)]


def _decision(kind: str, table: dict[str, Any], place: str) -> Decision:
    known = (*_ALWAYS, *_MORE[kind])
    for key in table:
        if key not in known:
            raise UsageError(f"{place}: there is no {key} in [[{kind}]]; {did_you_mean(key, known)}")
    for key in _ALWAYS:
        if key not in table:
            raise UsageError(f"{place}: {key} is missing; write who, why, who decided and when: {', '.join(_ALWAYS)}")
    values = {key: _READ[key](value, key, place) for key, value in table.items()}
    student = values.pop("student")
    if kind == "extension" and len(values.keys() & {"days", "until"}) != 1:
        raise UsageError(f"{place}: an extension has days = 3 or until = 2026-11-25T12:00:00, one of the two")
    if kind in ("override", "bonus") and "points" not in values:
        raise UsageError(f"{place}: points are missing; write points = 2.5")
    if kind == "override" and values["points"] < 0:
        raise UsageError(f"{place}: expected points of at least 0, received {number(values['points'])}")
    return Decision(student, Adjustment(kind, **values), place)


def _text(value: Any, key: str, place: str) -> str:
    # a number such as 20231234 is an id
    text = str(value) if type(value) in (str, int) else ""
    if not text.strip():
        raise UsageError(f"{place}: expected {key} to be a text, received {value!r}; fix it there")
    return one_line(text).strip()


def _day(value: Any, key: str, place: str) -> str:
    if isinstance(value, date):
        return value.isoformat()[:10]
    raise UsageError(f"{place}: expected {key} to be a day, such as 2026-11-20 without quotes, received {value!r}")


def _moment(value: Any, key: str, place: str) -> str:
    if isinstance(value, datetime):
        return value.isoformat(timespec="seconds")
    if isinstance(value, date):
        return f"{value.isoformat()}T23:59:59"
    raise UsageError(f"{place}: expected {key} to be a day or a time, such as 2026-11-25T12:00:00, received {value!r}")


def _days(value: Any, key: str, place: str) -> int:
    if type(value) is not int or not 0 < value <= _MOST_DAYS:
        raise UsageError(f"{place}: expected {key} to be a whole number from 1 to {_MOST_DAYS}, received {value!r}")
    return value


def _points(value: Any, key: str, place: str) -> float:
    if type(value) not in (int, float) or not abs(value) <= _MOST_POINTS:
        raise UsageError(f"{place}: expected {key} to be a number, received {value!r}; fix it there")
    return float(value)


_READ: dict[str, Callable[[Any, str, str], Any]] = {
    **dict.fromkeys(("student", "reason", "by", "question"), _text),
    **{"on": _day, "until": _moment, "days": _days, "points": _points},
}


def adjustments_of(
    decisions: Iterable[Decision],
    people: Mapping[str, Iterable[str]],
    most: Mapping[str, float],
    due: datetime | None = None,
) -> dict[str, tuple[Adjustment, ...]]:
    """The decisions by the name of the student's row.

    Args:
        decisions: What was decided.
        people: By row, everything that the student is called: the row's name, full name, id and e-mail address.
        most: The points of each question, and of all of them as `""`; nothing where they are not known.
        due: When submissions are due, or None.

    Raises:
        UsageError: When a student or a question does not exist, a name is that of several, two decisions contradict
            each other, or more points are given than there are.
    """
    called = Called(people)
    found: dict[str, list[Decision]] = {}
    for one in decisions:
        _check_points(one, most)
        _check_times(one, due)
        found.setdefault(called.row(one.student, one.place), []).append(one)
    for row, of_one in found.items():
        _check_agreement(row, of_one)
    return {row: tuple(one.adjustment for one in of_one) for row, of_one in found.items()}


def _check_points(one: Decision, most: Mapping[str, float]) -> None:
    adjustment = one.adjustment
    if adjustment.question and most and adjustment.question not in most:
        hint = did_you_mean(adjustment.question, [question for question in most if question], "its questions are")
        raise UsageError(f"{one.place}: there is no question {adjustment.question}; {hint}")
    highest = most.get(adjustment.question)
    if adjustment.kind == "override" and highest is not None and adjustment.points > highest:
        what = adjustment.question or "the assignment"
        raise UsageError(
            f"{one.place}: {what} has {number(highest)} points, and the override says {number(adjustment.points)}; "
            "use [[bonus]] for points on top"
        )


def _check_times(one: Decision, due: datetime | None) -> None:
    """Refuses an extension that ends before it begins, and a decision of days to come."""
    if one.adjustment.on > (datetime.now() + timedelta(days=1)).date().isoformat():
        raise UsageError(f"{one.place}: the decision is of {one.adjustment.on}, which is still to come; fix the year?")
    if one.adjustment.until and due is not None:
        until = datetime.fromisoformat(one.adjustment.until)
        shown = due.replace(tzinfo=until.tzinfo) if until.tzinfo is None or due.tzinfo is None else due
        if until < shown:
            raise UsageError(
                f"{one.place}: expected until to be after the due date, {due:%Y-%m-%d %H:%M}, received "
                f"{until:%Y-%m-%d %H:%M}; fix the date"
            )


def _check_agreement(row: str, decisions: list[Decision]) -> None:
    """Refuses two decisions about one student of which only one can hold."""
    seen: dict[tuple[str, str], Decision] = {}
    for one in decisions:
        what = (one.adjustment.kind, one.adjustment.question)
        if one.adjustment.kind != "bonus" and what in seen:
            raise _contradiction(row, seen[what], one)
        seen[what] = one
    whole = seen.get(("override", ""))
    parts = [one for (kind, question), one in seen.items() if kind == "override" and question]
    if whole and parts:
        raise _contradiction(row, whole, parts[0])
    excuse = seen.get(("excuse", ""))
    others = [one for (kind, _), one in seen.items() if kind in ("override", "bonus")]
    if excuse and others:
        raise _contradiction(row, excuse, others[0])


def _contradiction(row: str, one: Decision, other: Decision) -> UsageError:
    kinds, line = (other.adjustment.kind, one.adjustment.kind), one.place.rpartition(":")[2]
    return UsageError(f"{other.place}: this {kinds[0]} for {row} contradicts the {kinds[1]} of line {line}; keep one")
