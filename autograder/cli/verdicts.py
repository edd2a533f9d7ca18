"""What came of a student's last check, kept in the student's own cache folder: what is new, and how far the course is.

Nothing depends on it: what is missing, damaged, of other tests or cannot be written costs the line that it would give.
"""

from __future__ import annotations

import contextlib
import json
import math
import os
import time
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field
from datetime import datetime
from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.cli.saved import moment
from autograder.engine.open_questions import is_open, ranged
from autograder.explain.travelling.sealing import fingerprint_of_tests
from autograder.facts.result import QuestionResult, Result
from autograder.files import cache_folder, write_atomic
from autograder.fingerprint import fingerprint
from autograder.text import number
from autograder.words.english import ENGLISH

_MOST_BYTES = 1_000_000


@dataclass(frozen=True)
class Earned:
    """What a question was worth when it was checked last.

    Attributes:
        points: Its public points.
        max_points: All that there are.
        outcome: `passed`, `failed`, `error`, `skipped`, or `open`: not begun, or waiting for what is not begun.
    """

    points: float
    max_points: float
    outcome: str


@dataclass(frozen=True)
class Verdict:
    """What is remembered of one file.

    Attributes:
        file: Its path, from the root.
        checked: When it was checked last, in seconds since 1970.
        tests: A fingerprint of the public tests.
        questions: What each question was worth when it was checked last, by its id.
    """

    file: str
    checked: float
    tests: str
    questions: dict[str, Earned] = field(default_factory=dict)

    @property
    def points(self) -> float:
        """Public points of all that was checked."""
        return sum(one.points for one in self.questions.values())


def remembered(assignment: Assignment, path: Path) -> Verdict | None:
    """The last verdict on a file, or None."""
    return _read(_place(assignment, path), fingerprint_of_tests(assignment))


def last_of(assignment: Assignment, folder: Path, kit: Path | None = None) -> Verdict | None:
    """The newest verdict on any file of one's own, or what a notebook had in memory there; or None.

    What was checked elsewhere says nothing of the work that is here.

    Args:
        assignment: The assignment.
        folder: The folder that one is in.
        kit: The folder of the kit, where there is one; files may lie deeper in it.
    """
    tests = fingerprint_of_tests(assignment)
    places = sorted(_folder(assignment).glob("*.json")) if _folder(assignment).is_dir() else []
    found = [one for one in (_read(place, tests) for place in places) if one is not None]
    own = [one for one in found if _is_in(Path(one.file), folder, kit)]
    return max(own, key=lambda one: one.checked, default=None)


def remember(assignment: Assignment, path: Path, result: Result) -> Verdict | None:
    """Keeps what came of a check; gives what was kept before.

    What a check of single questions leaves out stays as it was.
    """
    tests = fingerprint_of_tests(assignment)
    place = _place(assignment, path)
    before = _read(place, tests)
    if result.status == "unreadable":
        return before
    questions = dict(before.questions) if before is not None else {}
    for row in result.questions:
        outcome = "open" if is_open(row) else row.outcome
        questions[row.id] = Earned(float(row.points), float(row.max_points), outcome)
    verdict = Verdict(str(path.absolute()), time.time(), tests, questions)
    with contextlib.suppress(OSError, ValueError):
        write_atomic(place, json.dumps(asdict(verdict), allow_nan=False, indent=1) + "\n")
    return before


def news(
    before: Verdict | None, rows: Sequence[QuestionResult], saved: float = 0.0, now: datetime | None = None
) -> str:
    """What is new since the last check, in a line; "" where there was none.

    Args:
        before: The last verdict.
        rows: What came of the questions now.
        saved: When the file was saved: of one that was not saved since, it is not said that nothing is new.
        now: The present, by default.

    Example:

    >>> noon = datetime(2026, 3, 4, 12)
    >>> last = Verdict("net.py", noon.timestamp(), "", {"03.5": Earned(0, 4, "failed"), "03.6": Earned(2, 2, "passed")})
    >>> now_right = QuestionResult("03.5", "Backward pass.", "passed", 4.0, 4.0)
    >>> now_wrong = QuestionResult("03.6", "One step.", "failed", 0.0, 2.0)
    >>> news(last, [now_right, now_wrong], now=noon)
    'New since 12:00: 03.5 is right now; 03.6 is not right any more.'
    """
    if before is None or not any(row.id in before.questions for row in rows):
        return ""
    since = moment(before.checked, now).removeprefix("today at ")
    told = _told(before.questions, [row for row in rows if row.id in before.questions])
    if told:
        return f"New since {since}: {'; '.join(told)}."
    is_right = all(row.outcome == "passed" for row in rows)
    return "" if is_right or saved < before.checked else f"Nothing new since {since}."


def _told(before: Mapping[str, Earned], rows: Sequence[QuestionResult]) -> list[str]:
    right = [row.id for row in rows if row.outcome == "passed" and before[row.id].outcome != "passed"]
    lost = [row.id for row in rows if row.outcome in ("failed", "error") and before[row.id].outcome == "passed"]
    cleared = [row.id for row in rows if _is_not_begun(row) and before[row.id].outcome != "open"]
    told = [f"{_listed(right)} {'is' if len(right) == 1 else 'are'} right now"] if right else []
    told += [f"{_listed(lost)} {'is' if len(lost) == 1 else 'are'} not right any more"] if lost else []
    told += [f"{_listed(cleared)} {'is' if len(cleared) == 1 else 'are'} not begun any more"] if cleared else []
    for row in rows:
        points = before[row.id].points
        # not to blame, where one of these is
        waits = row.outcome == "skipped" and (lost or cleared)
        if row.id not in (*right, *lost, *cleared) and not waits and not math.isclose(row.points, points):
            have = f"{number(row.points)} of {number(row.max_points)}"
            told.append(f"{row.id} has {have} points now, {number(points)} before")
    return told


def _is_not_begun(row: QuestionResult) -> bool:
    return any(fact.kind == "not-begun" for fact in row.facts[:1])


def _listed(ids: Sequence[str]) -> str:
    return ENGLISH.listed(ranged(ids))


def _is_in(file: Path, folder: Path, kit: Path | None) -> bool:
    with contextlib.suppress(OSError, ValueError, RuntimeError):
        its = file.resolve().parent
        return its.is_dir() and (its == folder.resolve() or (kit is not None and its.is_relative_to(kit.resolve())))
    return False


def _folder(assignment: Assignment) -> Path:
    return cache_folder() / "checked" / assignment.name


def _place(assignment: Assignment, path: Path) -> Path:
    """A file for each that is checked: whoever checks two at once writes into two."""
    return _folder(assignment) / f"{fingerprint(os.fsencode(path.absolute()))[:20]}.json"


def _read(place: Path, tests: str) -> Verdict | None:
    """What is kept there of these tests."""
    with contextlib.suppress(OSError, ValueError, TypeError, KeyError, RecursionError, AttributeError, OverflowError):
        with place.open("rb") as file:
            record = json.loads(file.read(_MOST_BYTES))
        questions = {str(id): _earned(one) for id, one in record["questions"].items()}
        checked = float(record["checked"])
        # a time that is none, of this world or of its clocks
        datetime.fromtimestamp(checked)
        if record["tests"] == tests and type(record["file"]) is str:
            return Verdict(record["file"], checked, tests, questions)
    return None


def _earned(record: Mapping[str, object]) -> Earned:
    points, most, outcome = record["points"], record["max_points"], record["outcome"]
    if not all(type(one) in (int, float) and 0 <= one <= 1e6 for one in (points, most)):  # type: ignore[operator]
        raise ValueError("no points")
    return Earned(points, most, str(outcome))  # type: ignore[arg-type]
