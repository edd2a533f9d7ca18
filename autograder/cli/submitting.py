"""`autograder submit`, step by step: the file, the archive, what comes of it when it is graded, and the receipt."""

from __future__ import annotations

import contextlib
import itertools
import tempfile
from datetime import datetime
from pathlib import Path

from autograder.assignment.definition import Assignment
from autograder.cli.asked import Asked
from autograder.cli.belonging import holds, is_begun, own_files
from autograder.cli.checks import Checks
from autograder.cli.console import console, output
from autograder.cli.endings import ending_lines, status_line
from autograder.cli.receipt import receipt, sha256
from autograder.cli.saved import saved_line, try_again
from autograder.cli.verdicts import remember
from autograder.engine.later import find_later
from autograder.engine.open_questions import is_open, open_lines, ranged
from autograder.errors import UsageError
from autograder.facts.result import Result
from autograder.files import write_new
from autograder.handin.packing import Package, packed_for
from autograder.handin.submissions import Submission, find_submissions
from autograder.text import number, one_line, visible
from autograder.words.english import ENGLISH

_ELSEWHERE = "--output FILE.zip"


def submit(asked: Asked, target: Path | None, sandbox: str) -> None:
    """Packs what a student hands in, checks the archive, and tells what came of it.

    Args:
        asked: The assignment, and the file or the script and the notebook.
        target: The archive, or its folder; by default beside the file.
        sandbox: `auto`, `strict` or `none`.

    Raises:
        UsageError: When there is nothing to hand in, or it cannot be written.
    """
    assignment = asked.assignment
    path, named = _file_of(asked), _archive_named(target)
    package = packed_for(path, assignment.submission)
    _print(saved_line(path, path.stat().st_mtime), "dim")
    for one in own_files(assignment, path.parent):
        if one != path and one.stat().st_mtime > path.stat().st_mtime and not _why_not(one, assignment):
            _print(f"{saved_line(one, one.stat().st_mtime)}, is newer, and is not handed in.", "yellow")
    for remark in asked.remarks:
        _print(remark, "yellow")
    result, versions = _graded(assignment, package, sandbox)
    remember(assignment, path, result)
    told = _told(assignment, package, result)
    for line in told:
        _print(line)
    folder = path.parent if target is None else target
    archive, is_new = _written(named, folder, f"{Path(assignment.submission).stem}-submission", package.content)
    _print("")
    _print(f"Hand in: {archive}{'' if is_new else '  (packed before, and nothing has changed since)'}", "bold")
    _print(f"  holds    {', '.join(f'{place} ({len(data):,} bytes)' for place, data in package.files.items())}")
    _print(f"  SHA-256  {sha256(package.content)}")
    text = receipt(archive.name, package, assignment, told, versions, datetime.now().astimezone())
    try:
        write_new(archive.with_suffix(".txt"), text.encode())
    except FileExistsError:
        pass  # of the same archive
    except OSError as error:
        raise UsageError(f"{archive} is packed, but its receipt cannot be written: {error.strerror}") from None
    _print(f"  receipt  {archive.with_suffix('.txt')}")
    _print("Nothing was sent: upload it where your course asks for it.", "dim")


def _print(line: str, style: str = "") -> None:
    output().print(line, style=style, markup=False, soft_wrap=True)


def _file_of(asked: Asked) -> Path:
    """The file that is handed in.

    Raises:
        UsageError: When nothing is written in it, it is another assignment's, or two hold work and none was named.
    """
    assignment = asked.assignment
    reasons = {path: _why_not(path, assignment) for path in asked.paths}
    begun = [path for path, reason in reasons.items() if not reason]
    if not begun:
        raise UsageError(reasons[asked.path])
    if len(begun) > 1:
        both = " and ".join(saved_line(path, path.stat().st_mtime) for path in begun)
        raise UsageError(f"there is work in {both}; name the one that counts: autograder submit {asked.path}")
    return begun[0]


def _why_not(path: Path, assignment: Assignment) -> str:
    """Why a file is none to be handed in: it cannot be read, is another assignment's, or nothing is written; or ""."""
    reading = Submission(path.stem, path.resolve()).read()
    if reading.reason or is_begun(assignment, path, reading.code):
        return try_again(reading.reason)
    shown, again = one_line(str(path)), f"name the file with your work: autograder submit {assignment.name} FILE"
    if not holds(assignment, reading.code):
        return f"{shown} has none of the functions that {assignment.name} asks for; {again}"
    return f"nothing is written in {shown} yet; {again}"


def _graded(assignment: Assignment, package: Package, sandbox: str) -> tuple[Result, dict[str, str]]:
    """What comes of the archive when it is graded, as far as a student's copy knows, and with which libraries."""
    with (
        contextlib.closing(Checks(assignment, "cpu", sandbox)) as checks,
        tempfile.TemporaryDirectory() as folder,
        console().status("taking it out again in an empty folder, and checking it …"),
    ):
        (Path(folder) / "you.zip").write_bytes(package.content)
        (submission,) = find_submissions(Path(folder), assignment.submission).submissions
        return checks.check(submission).result, checks.versions


def _told(assignment: Assignment, package: Package, result: Result) -> list[str]:
    """What came of it, in lines."""
    lines = ["It loads from a fresh start: in a new process and an empty folder, as when it is graded."]
    if result.message or result.status != "graded":
        lines = ["From a fresh start, in a new process and an empty folder, this is told:"]
        ends = ending_lines(result) or [status_line(result)]
        lines += [f"  {line}" for line in visible("\n".join([result.message, *ends])).splitlines() if line]
    if package.helpers:
        names = ENGLISH.listed(package.helpers)
        lines.append(f"{package.main} imports {names}. Grading reads {package.main} alone: copy what you use into it.")
    if package.left_out:
        lines.append(f"Not packed, because too large or too many: {ENGLISH.listed(package.left_out)}.")
    for title, outcomes in (("Not right", ("failed", "error")), ("Built on what is not right", ("skipped",))):
        ids = [row.id for row in result.questions if row.outcome in outcomes and not is_open(row)]
        lines += [f"{title}: {ENGLISH.listed(ranged(ids))}."] if ids else []
    lines += open_lines(result.questions)
    later = sum(one.points for one in find_later(assignment))
    graded = f"; {number(later)} of {number(later + result.max_score)} are graded after you hand in" if later else ""
    return [*lines, f"{number(result.score)} of {number(result.max_score)} public points{graded}"]


def _archive_named(target: Path | None) -> Path | None:
    """The name that was asked for; None where it is ours to choose.

    Raises:
        UsageError: When it is no archive's.
    """
    # as for `start`, what has no ending is a folder
    if target is None or target.is_dir() or not target.suffix:
        return None
    if target.suffix.lower() != ".zip":
        raise UsageError(f"expected the name of an archive that ends with .zip, or a folder, received {target}")
    return target


def _written(named: Path | None, folder: Path, name: str, content: bytes) -> tuple[Path, bool]:
    """The archive, and whether it was written now: the same content is written once.

    Raises:
        UsageError: When it cannot be written, or something else has the name that was asked for.
    """
    folder = named.parent if named is not None else folder
    try:
        if not folder.is_dir():
            folder.mkdir(parents=True)
        for count in itertools.count(1):
            path = named or folder / f"{name}{'' if count == 1 else f'-{count}'}.zip"
            if path.is_file() and path.read_bytes() == content:
                return path, False
            taken = [one for one in (path, path.with_suffix(".txt")) if one.exists()]
            if not taken:
                with contextlib.suppress(FileExistsError):
                    write_new(path, content)
                    return path, True
            if named is not None:
                raise UsageError(
                    f"{(taken or [path])[0]} is there already, and stays as it is; name another: {_ELSEWHERE}"
                )
    except OSError as error:
        shown = named or folder / f"{name}.zip"
        raise UsageError(f"cannot write {shown}: {error.strerror}; name another place: {_ELSEWHERE}") from None
    raise AssertionError
