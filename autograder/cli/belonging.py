"""Which assignment a file belongs to: by its name, or else by the questions and functions that it holds."""

from __future__ import annotations

import re
from pathlib import Path

from autograder.assignment.definition import (
    NO_ASSIGNMENTS,
    SETTINGS,
    Assignment,
    assignments,
    find_assignment,
)
from autograder.cli.saved import try_again
from autograder.errors import UsageError
from autograder.handin.names import NOTEBOOK, SCRIPT, source_ending
from autograder.handin.submissions import Submission
from autograder.text import one_line
from autograder.words.english import ENGLISH

# a heading such as `## 07.4 · …`, and `raise NotImplementedError("07.4: …")` or `check("07.4")`
_ID = re.compile(r"""(?:^[#\s]*##\s*|["'])(\d\d\.\d{1,3})\b""", re.MULTILINE)
_DEFINED = re.compile(r"^(?:async\s+def|def|class)\s+(\w+)", re.MULTILINE)
_NUMBER = re.compile(r"(\d{1,2})(?!\d)")


def find_named(text: str) -> tuple[Assignment, Path | None]:
    """The assignment that is meant, and the file where one was named in its place.

    Args:
        text: An assignment, as `find_assignment` takes it, a file, or a folder with the file in it.

    Raises:
        UsageError: When it is none of them, or a file that fits no assignment, or several.
    """
    path = Path(text)
    try:
        return find_assignment(text), None
    except UsageError:
        is_file = path.is_file() or source_ending(text)
        if not is_file and (not path.is_dir() or (path / SETTINGS).exists()):
            raise
    file = path if is_file else file_in(path)
    return assignment_of(file), file


def assignment_of(path: Path) -> Assignment:
    """The assignment that a file belongs to.

    Raises:
        UsageError: When there is no such file, it cannot be read, or it fits no assignment, or several.
    """
    if not path.is_file():
        raise UsageError(f"there is no file {one_line(str(path))}; is it in another folder, or called otherwise?")
    known, stem = assignments(path.parent), path.stem.lower()
    if not known:
        raise UsageError(NO_ASSIGNMENTS)
    named = _named(stem, known)
    if named is not None:
        return named
    reading = Submission(path.stem, path.resolve()).read()
    ids, names = set(_ID.findall(reading.code)), set(_DEFINED.findall(reading.code))
    held = {one.name: _held(one, ids, names) for one in known}
    fits = [one for one in known if held[one.name] == max(held.values()) > 0]
    number = _NUMBER.match(stem)
    if len(fits) != 1 and number:
        fits = [one for one in fits or known if one.name.startswith(f"{number[1].zfill(2)}_")] or fits
    if len(fits) == 1:
        return fits[0]
    if reading.reason:
        raise UsageError(try_again(reading.reason))
    shown, number_of = one_line(str(path)), fits[0].name[:2] if fits else "NUMBER"
    which = ENGLISH.listed(one.name for one in fits) or "no assignment"
    raise UsageError(f"{shown} fits {which}; say which it is: autograder check {number_of} {shown}")


def holds(assignment: Assignment, code: str) -> bool:
    """Whether a text defines anything that an assignment asks for; what has no starter cannot be told."""
    return not assignment.functions or _held(assignment, set(), set(_DEFINED.findall(code))) > 0


def is_begun(assignment: Assignment, path: Path, code: str) -> bool:
    """Whether the code of a script or a notebook is more than the starter's; what saves it changes no code."""
    starter = assignment.starter(source_ending(path.name) or SCRIPT)
    if not starter.is_file():
        return True
    return holds(assignment, code) and code.split() != Submission(starter.stem, starter).read().code.split()


def named_after(path: Path, assignment: Assignment) -> Assignment | None:
    """The assignment whose name a file begins with, this one before any other; None for a file of any name."""
    return _named(path.stem.lower(), [assignment]) or _named(path.stem.lower(), assignments(path.parent))


def _named(stem: str, known: list[Assignment]) -> Assignment | None:
    fits = [one for one in known if stem.startswith(one.name.lower())]
    return max(fits, key=lambda one: len(one.name), default=None)


def file_in(folder: Path) -> Path:
    """The file of an assignment in a folder: of a script and a notebook, the one that was saved last.

    Raises:
        UsageError: When there is none, or files of several assignments are there.
    """
    known = assignments(folder)
    stems = {Path(one.submission).stem for one in known}
    # of a kit, what was called otherwise is a copy
    stems &= {path.name for path in (folder / "assignments").glob("*")} or stems
    found = [path for path in sorted(folder.iterdir()) if path.suffix in (SCRIPT, NOTEBOOK) and path.is_file()]
    found = [path for path in found if path.stem in stems] or found
    shown = one_line(str(folder))
    if not found:
        raise UsageError(f"there is no script and no notebook in {shown}; name your file: autograder check FILE")
    if len({path.stem for path in found}) > 1:
        names = ", ".join(one_line(path.name) for path in found)
        raise UsageError(f"expected one assignment in {shown}, found {names}; name one: autograder check {found[0]}")
    return last_saved(found)


def own_files(assignment: Assignment, folder: Path) -> list[Path]:
    """The script and the notebook that an assignment asks for, as far as they are in a folder."""
    script = folder / assignment.submission
    return [path for path in (script, script.with_suffix(NOTEBOOK)) if path.is_file()]


def last_saved(paths: list[Path]) -> Path:
    """The file that was written last."""
    return max(paths, key=lambda path: path.stat().st_mtime if path.is_file() else 0)


def _held(one: Assignment, ids: set[str], names: set[str]) -> int:
    """How many of an assignment's questions and functions a text holds."""
    functions = {name for own in one.functions.values() for name in own}
    return len(ids & set(one.questions)) + len(names & functions)
