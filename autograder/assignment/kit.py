"""`kit.json` of a student's kit: what was packed, so that a file that was changed or lost is named."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import autograder
from autograder.assignment.definition import KIT, Assignment
from autograder.errors import UsageError
from autograder.text import one_line
from autograder.words.english import ENGLISH

# the form of what is packed, which this program reads
_FORM = 1
# without these, verdicts are what they should be, and less is told with them
_HELPFUL = {"steps.bin", "hints.toml", "starter.py", "starter.ipynb"}
# files whose lines end as the system likes it, wherever they are unpacked
_TEXTS = (".py", ".toml", ".json", ".ipynb", ".csv", ".md")
_AGAIN = "unpack the kit into another folder, and copy its folder assignments over this one"


def record_of(files: Mapping[str, bytes]) -> bytes:
    """The content of `kit.json`.

    Args:
        files: What checks students, by its path from the folder `assignments` on.
    """
    # the bank has a seal of its own, and what is wrong with it is told where causes are
    sealed = {place: data for place, data in files.items() if PurePosixPath(place).name != "bank.bin"}
    hashes = {place: _hash(place, data) for place, data in sorted(sealed.items())}
    return json.dumps({"form": _FORM, "made_by": autograder.__version__, "files": hashes}, indent=1).encode() + b"\n"


def demand_whole(assignment: Assignment) -> list[str]:
    """What is wrong with a kit and costs no verdict, in lines; nothing of an author's copy.

    Raises:
        UsageError: When something that verdicts depend on was changed or is missing.
    """
    made_by, files = _record(assignment)
    return _damaged(assignment, files) + _by_another_version(made_by)


def demand_part(assignment: Assignment, name: str, without: str) -> None:
    """Raises for a file of an assignment's folder that is not as it was packed.

    Args:
        assignment: The assignment; an author's copy is as it is.
        name: The file.
        without: What cannot be told without it, such as `there are no hints`.

    Raises:
        UsageError: When it was changed or is missing.
    """
    place = f"{assignment.name}/{name}"
    _, files = _record(assignment)
    what = _change(assignment.folder.parent, place, files[place]) if place in files else ""
    if what:
        raise UsageError(f"assignments/{place} of this kit {what}, so {without}; {_AGAIN}")


def _record(assignment: Assignment) -> tuple[str, dict[str, Any]]:
    """With which version a kit was made, and its files; neither of an author's copy."""
    path = assignment.folder / KIT
    try:
        record = json.loads(path.read_bytes())
        form, made_by, files = record["form"], str(record["made_by"]), dict(record["files"])
    except FileNotFoundError:
        return "", {}
    except (OSError, ValueError, TypeError, KeyError, RecursionError):
        raise UsageError(f"{KIT} of this kit of {assignment.name} cannot be read; {_AGAIN}") from None
    if form != _FORM:
        raise UsageError(
            f"this kit was made by autograder {one_line(made_by)}, which this one ({autograder.__version__}) cannot "
            "read; install the version that your course names"
        )
    return made_by, files


def _damaged(assignment: Assignment, files: Mapping[str, Any]) -> list[str]:
    told = {place: what for place, hash in files.items() if (what := _change(assignment.folder.parent, place, hash))}
    grave = [place for place in told if PurePosixPath(place).name not in _HELPFUL]
    for place in grave[:1]:
        more = f" (and {len(grave) - 1} more)" if len(grave) > 1 else ""
        raise UsageError(f"assignments/{one_line(place)} of this kit {told[place]}{more}; {_AGAIN}")
    if not told:
        return []
    lost = ENGLISH.listed(f"assignments/{one_line(place)} {what}" for place, what in told.items())
    return [f"This kit's {lost}, so less is told. {_AGAIN[0].upper()}{_AGAIN[1:]}."]


def _change(root: Path, place: str, hash: object) -> str:
    """What has become of a file; "" where it is as it was packed."""
    try:
        return "" if _hash(place, (root / place).read_bytes()) == hash else "was changed"
    except FileNotFoundError:
        return "is missing"
    except OSError as error:
        return f"cannot be read ({error.strerror})"


def _by_another_version(made_by: str) -> list[str]:
    kit, own = _numbers(made_by), _numbers(autograder.__version__)
    if not kit or not own or kit == own:
        return []
    advice = "where your course has a newer kit, use that" if kit < own else "install the version of the kit"
    return [f"This kit was made by autograder {one_line(made_by)}, here is {autograder.__version__}; {advice}."]


def _numbers(version: str) -> tuple[int, ...]:
    """The numbers of a version; none of one that is not known."""
    found = re.match(r"(\d{1,6})\.(\d{1,6})(?:\.(\d{1,6}))?", version)
    return tuple(int(number or 0) for number in found.groups()) if found else ()


def _hash(place: str, data: bytes) -> str:
    is_text = place.endswith(_TEXTS)
    return hashlib.sha256(data.replace(b"\r\n", b"\n") if is_text else data).hexdigest()
