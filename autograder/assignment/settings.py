"""`assignment.toml`, read: each setting looked at, and a line for each that is wrong, with its place."""

from __future__ import annotations

import difflib
import math
import pkgutil
import re
from datetime import date, datetime
from pathlib import Path
from typing import Any

import tfkit
from autograder.assignment.course import read_course
from autograder.assignment.due import read_due
from autograder.assignment.late import read_late
from autograder.assignment.toml import in_toml, place_of, read_toml
from autograder.defaults import HELP_LEVELS
from autograder.errors import Gathered, UsageError, did_you_mean
from autograder.isolation.frameworks import FRAMEWORKS
from autograder.isolation.settings import Limits
from tfkit.data import data_folder

KEYS = {
    "title": str,
    "framework": str,
    "submission": str,
    "seconds_per_question": (int, float),
    "seconds_per_submission": (int, float),
    "memory_mb": int,
    "scratch_mb": int,
    "answer_mb": int,
    "data": list,
    "tfkit": list,
    "without": list,
    "due": (datetime, date),
    "time_zone": str,
    "late": dict,
    "help": str,
    "help_limit": str,
    "lectures": dict,
    "accepted": dict,
    "unrehearsed": list,
    "operators": list,
    "carry": (str, float, int, dict),
    "course": dict,
}
CHOICES: dict[str, tuple[str, ...]] = {
    "framework": tuple(FRAMEWORKS),
    "help": HELP_LEVELS,
    "help_limit": HELP_LEVELS,
}
# what a number is at least; a process needs some memory to begin with
_LEAST: dict[str, int] = {
    "seconds_per_question": 0,
    "seconds_per_submission": 0,
    "memory_mb": 50,
    "scratch_mb": 1,
    "answer_mb": 1,
}
_SUBMISSION = re.compile(r"[^/\\\0]+\.py")
NAMES = {str: "a text", int: "a whole number", float: "a number", list: "a list", dict: "a table"}
NAMES |= {datetime: "a date with a time", date: "a date"}


def read_settings(path: Path) -> tuple[dict[str, Any], list[str]]:
    """What the file says, as an `Assignment` takes it, without what is wrong; and a line for each mistake."""
    gathered = Gathered()
    text: str = ""
    written: dict[str, Any] = {}
    with gathered:
        text, written = read_toml(path)
    record: dict[str, Any] = {}
    for key, value in written.items():
        with gathered:
            _look_at(path, text, key, value)
            record[key] = value
    if "framework" not in record and not gathered.lines:
        gathered.lines.append(f"{path}: framework is missing; write framework = 'numpy' or 'tensorflow'")
    limits = {name: record.pop(name) for name in list(record) if name in Limits.__dataclass_fields__}
    with gathered:
        _compare_seconds(path, text, limits)
    for key in ("without", "unrehearsed", "operators"):
        record[key] = tuple(record.get(key, ()))
    opened, carried, course, data = (record.pop(key, None) for key in ("tfkit", "carry", "course", "data"))
    with gathered:
        record["without"] += _closed(path, text, opened or [])
    with gathered:
        record["carry"] = _carry(path, text, {} if carried is None else carried)
    with gathered:
        record["course"] = read_course(path, text, course or {})
    with gathered:
        record["data"] = _data_files(path, text, data or [])
    due, zone, late = (record.pop(key, None) for key in ("due", "time_zone", "late"))
    with gathered:
        record["due"] = read_due(path, text, due, zone, "due" in written)
    with gathered:
        record["late"] = read_late(path, text, late or {}, "due" in written)
    record.setdefault("framework", FRAMEWORKS[0])
    record.setdefault("title", path.parent.name)
    record.setdefault("submission", f"{path.parent.name}.py")
    return record | {"limits": Limits(**limits)}, gathered.lines


def _look_at(path: Path, text: str, key: str, value: Any) -> None:
    """Refuses a setting that is not one, naming its line."""
    place = place_of(path, text, key)
    if key not in KEYS:
        raise UsageError(f"{place}: there is no setting {key}; {_known_settings(key)}")
    known: Any = KEYS[key]
    kinds = known if isinstance(known, tuple) else (known,)
    if type(value) not in kinds:
        wanted = " or ".join(NAMES[kind] for kind in kinds)
        fix = "write due = 2026-12-31T23:59:00, without quotes" if key == "due" else "correct it there"
        raise UsageError(f"{place}: expected {key} to be {wanted}, received {in_toml(value)}; {fix}")
    choices = CHOICES.get(key, ())
    if choices and value not in choices:
        raise UsageError(f"{place}: expected {key} to be {' or '.join(choices)}, received {value!r}; correct it there")
    least = _LEAST.get(key)
    if least is not None and not (least <= value < math.inf and value > 0):
        wanted = f"at least {least}" if least else "above 0"
        raise UsageError(f"{place}: expected {key} to be {wanted}, received {in_toml(value)}; correct it there")
    if key == "title" and not value.strip():
        raise UsageError(f"{place}: expected title to be a text for people, received an empty one; write one there")
    if key == "submission" and not _SUBMISSION.fullmatch(value):
        raise UsageError(
            f"{place}: expected submission to be the name of a script, such as '{path.parent.name}.py', received "
            f"{value!r}; correct it there"
        )
    if type(value) is list and not all(type(one) is str for one in value):
        raise UsageError(f"{place}: expected {key} to be a list of texts, received {in_toml(value)}; correct it there")
    if key in ("lectures", "accepted"):
        for name, words in value.items():
            if type(words) is not str or not words.strip():
                wanted = "where it is taught" if key == "lectures" else "the reason why it may pass"
                raise UsageError(
                    f"{place_of(path, text, name)}: expected a text for {name!r} in [{key}], {wanted}; received "
                    f"{in_toml(words)}; correct it there"
                )


def _known_settings(key: str) -> str:
    """The setting that was meant, where that is told by its letters, and else all that there are."""
    near = difflib.get_close_matches(key, KEYS, n=1, cutoff=0.7)
    return f"did you mean {near[0]}?" if near else f"known are {', '.join(KEYS)}"


def _compare_seconds(path: Path, text: str, limits: dict[str, Any]) -> None:
    found = Limits(**limits)
    if found.seconds_per_question > found.seconds_per_submission:
        key = "seconds_per_question" if "seconds_per_question" in limits else "seconds_per_submission"
        raise UsageError(
            f"{place_of(path, text, key)}: expected seconds_per_question to be at most seconds_per_submission, "
            f"received {found.seconds_per_question:g} and {found.seconds_per_submission:g}; correct one of them"
        )


# how much is carried, in words
_CARRIED = {"full": 1.0, "none": 0.0}


def _carry(path: Path, text: str, value: Any) -> dict[str, float]:
    """How much is carried, by question; one value is meant for all."""
    found = {}
    for question, share in (value if type(value) is dict else {"others": value}).items():
        number: Any = _CARRIED.get(share, share) if type(share) is str else share
        if type(number) not in (int, float) or not 0 <= number <= 1:
            raise UsageError(
                f"{place_of(path, text, 'carry')}: expected carry to be 'full', 'none' or a number from 0 to 1, or a "
                f"table of these by question, with `others` for the rest; received {share!r}; correct it there"
            )
        found[question] = float(number)
    return found


def _closed(path: Path, text: str, opened: list[Any]) -> tuple[str, ...]:
    """Modules of tfkit that are closed: all that are not opened by name, so that a new one is closed as well."""
    public = sorted(name for _, name, _ in pkgutil.iter_modules(tfkit.__path__) if not name.startswith("_"))
    unknown = [name for name in opened if name not in public]
    if unknown:
        place, known = place_of(path, text, "tfkit"), f"known are {', '.join(public)}"
        near = difflib.get_close_matches(unknown[0], public, n=1)
        hint = f"did you mean {near[0]}? {known}" if near else known
        raise UsageError(f"{place}: tfkit has no module {unknown[0]!r}; {hint}")
    return tuple(f"tfkit.{name}" for name in public if name not in opened)


def _data_files(path: Path, text: str, names: list[Any]) -> tuple[str, ...]:
    """Paths of the declared data: in the assignment's own folder `data`, or in the kit's `datasets`."""
    folders = [path.parent / "data", data_folder()]
    found = [str(folders[1] / "index.toml")] if names else []
    for name in names:
        places = [folder / str(name) for folder in folders if (folder / str(name)).is_file()]
        if not places or "/" in str(name):
            place = place_of(path, text, "data")
            files = [one for folder in folders if folder.is_dir() for one in folder.iterdir() if one.is_file()]
            known = sorted({one.name for one in files if one.suffix not in (".md", ".toml", ".py")})
            hint = did_you_mean(str(name), known, "there are")
            raise UsageError(f"{place}: there is no data file {name!r} in {folders[0]} or {folders[1]}; {hint}")
        found.append(str(places[0]))
    return tuple(found)
