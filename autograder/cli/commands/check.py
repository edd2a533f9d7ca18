"""`autograder check`: the public tests on one submission."""

from __future__ import annotations

import json
import re
import time
from dataclasses import asdict, replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.cli import options
from autograder.defaults import HELP_LEVELS
from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment
    from autograder.engine.later import Later
    from autograder.facts.result import Result


_ID = re.compile(r"\d{1,2}\.\d{1,3}")


@click.command("check")
@click.argument("assignment")
@click.argument("words", nargs=-1, metavar="[FILE]", type=click.Path(path_type=Path))
@click.option("-q", "--question", "questions", multiple=True, metavar="ID", help="Only this question; may be repeated.")
@click.option(
    "--help-level",
    "level",
    type=click.Choice(HELP_LEVELS),
    help="How much a diagnosis says: where, what kind of mistake, what you computed, which lecture to read.",
)
@click.option("-v", "--verbose", is_flag=True, help="Relative errors as well, and what is allowed.")
@click.option("--json", "as_json", is_flag=True, help="Print the result as JSON.")
@options.device
@options.sandbox
@options.seed
def command(
    assignment: str,
    words: tuple[Path, ...],
    questions: tuple[str, ...],
    level: str | None,
    verbose: bool,
    as_json: bool,
    device: str,
    sandbox: str,
    seed: int,
) -> int:
    """Runs the public tests of ASSIGNMENT on FILE, a .py or a notebook as it was saved last.

    Without FILE, the file that the assignment asks for is taken from the current folder: the script or the notebook,
    whichever was saved last. The first line says which. Without ASSIGNMENT, the name of FILE tells which it is, or else
    the questions and functions in it; a folder stands for the file in it. Ids of questions, such as 03.5, in the place
    of ASSIGNMENT or beside FILE check these questions alone. Inside a notebook, check("03.5") of autograder.notebook
    judges the functions as they stand in memory, without saving.

    Where a question is not right, what it builds on is looked at too, and if that is wrong, the check says so.

    \b
    Example: autograder check 03_numpy_net
             autograder check 03_numpy_net.ipynb
             autograder check 03.5
             autograder check 03.5 03.6
             autograder check 04 my_net.ipynb -q 04.4
    """
    try:
        return _check(assignment, words, questions, level, verbose, as_json, device, sandbox, seed)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        return 130


def _check(
    assignment: str,
    words: tuple[Path, ...],
    questions: tuple[str, ...],
    level: str | None,
    verbose: bool,
    as_json: bool,
    device: str,
    sandbox: str,
    seed: int,
) -> int:
    from autograder.assignment.definition import find_question
    from autograder.cli.belonging import find_named, last_saved, named_after, own_files
    from autograder.cli.checks import Checks
    from autograder.cli.console import console, output, print_result
    from autograder.cli.hinting import seen_hints
    from autograder.cli.saved import saved_line
    from autograder.handin.submissions import Submission
    from autograder.records.marks_alone import contained

    begun = time.monotonic()
    file: Path | None = None
    if _ID.fullmatch(assignment) and not Path(assignment).exists():
        found, id = find_question(assignment)
        questions = (id, *questions)
    else:
        found, file = find_named(assignment)
    ids = [word for word in words if _ID.fullmatch(str(word)) and not word.exists()]
    questions = tuple(find_question(str(id), str(found.folder))[1] for id in (*questions, *ids))
    files = [*([file] if file else []), *(word for word in words if word not in ids)]
    if len(files) > 1:
        raise UsageError(f"expected one file to check, received {', '.join(map(str, files))}")
    path = files[0] if files else Path()
    if path.is_dir():
        path = last_saved(own_files(found, path) or [path / found.submission])
    if not path.is_file():
        raise UsageError(f"there is no file {path}; name yours: autograder check {assignment} FILE")
    of = named_after(path, found)
    if of is not None and of.folder != found.folder:
        raise UsageError(f"{path} is a file of {of.name}; check it by itself: autograder check {path}")
    submission = Submission(path.stem, path.resolve())
    reason = "" if as_json else submission.read().reason
    if reason:
        raise UsageError(reason)
    checks = Checks(found, device, sandbox, seed)
    try:
        saved = path.stat().st_mtime
        if not as_json:
            output().print(saved_line(path, saved), style="dim", markup=False, soft_wrap=True)
            other = None if files and not files[0].is_dir() else _work_beside(path, found)
            if other is not None:
                told = f"{saved_line(other, other.stat().st_mtime)}, is there too: autograder check {other}"
                output().print(told, style="dim", markup=False, soft_wrap=True)
        later = [one for one in checks.later if not questions or one.question in questions]
        with console().status(f"loading {found.framework} …"):
            checks.load()
        with console().status("checking …"):
            result = checks.check(submission, questions, level).result
    finally:
        checks.close()
    if as_json:
        click.echo(contained(lambda one: _json_of(one, path, saved, later, seen_hints(found)), result))
    else:
        # what a student waited for, libraries included
        waited = time.monotonic() - begun
        contained(lambda one: print_result(replace(one, seconds=waited), verbose, later), result)
    return 0 if result.is_perfect else 1


def _json_of(result: Result, path: Path, saved: float, later: list[Later], hints: dict[str, int]) -> str:
    """The result as JSON with what else is known: the file, when it was saved, what is graded later, hints seen."""
    from autograder.records.exports import json_of

    record = json.loads(json_of(result)) | {"file": str(path)}
    record["saved"] = datetime.fromtimestamp(saved).astimezone().isoformat(timespec="seconds")
    record["later"] = [asdict(one) for one in later]
    record["max_later"] = sum(one.points for one in later)
    record["hints"] = hints
    return json.dumps(record, ensure_ascii=False, indent=1, allow_nan=False)


def _work_beside(path: Path, assignment: Assignment) -> Path | None:
    """The notebook beside a script, or the script beside a notebook, where somebody has worked in it."""
    from autograder.cli.belonging import own_files

    for other in own_files(assignment, path.parent):
        starter = assignment.starter(other.suffix)
        if other != path and not (starter.is_file() and other.read_bytes() == starter.read_bytes()):
            return other
    return None
