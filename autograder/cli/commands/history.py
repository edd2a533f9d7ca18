"""`autograder history`: what was graded when, and what counted."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autograder.records.gradebook import Gradebook
    from autograder.records.history import CountedMark, Grading, Run

# of a hash, enough to tell two apart
_HASH = 8
_STATES = {
    "counts": "counts",
    "replaced": "counted until the next",
    "beaten": "another attempt was better",
    "proposed": "waits: of a dry run, or of a run that was stopped",
    "dropped": "never counted",
}


@click.command("history")
@click.argument("folder", type=click.Path(path_type=Path))
@click.argument("student", required=False)
def command(folder: Path, student: str | None) -> int:
    """Shows what was graded when into the gradebook of FOLDER: the runs, or all of one STUDENT.

    No grading and no mark is ever overwritten. Tests are told apart by the first digits of their hash.

    \b
    Example: autograder history grades/04 ada
    """
    from autograder.cli.console import output
    from autograder.cli.gradebooks import opened

    with opened(folder) as gradebook:
        lines = _of_student(gradebook, student) if student else [_run(run) for run in gradebook.runs()]
    for line in lines or ["nothing is graded yet"]:
        output().print(line, soft_wrap=True, markup=False)
    return 0


def _of_student(gradebook: Gradebook, name: str) -> list[str]:
    from autograder.marks.people import Called

    row = Called(gradebook.people).row(name, "STUDENT")
    graded = [f"  {_grading(one)}" for one in gradebook.gradings(row)]
    marks = [f"  {_mark(one)}" for one in gradebook.marks(row)]
    return ["graded", *(graded or ["  not yet"]), "marks that counted", *(marks or ["  none yet"])]


def _when(time: str) -> str:
    return time[:16].replace("T", " ") or "by an early program"


def _run(run: Run) -> str:
    end = f"to {_when(run.ended)}" if run.ended else "not finished"
    return f"run {run.number}  {_when(run.started)} {end}  {run.gradings} graded  tests {run.tests[:_HASH] or '?'}"


def _grading(one: Grading) -> str:
    from autograder.text import number, one_line

    run = f"run {one.run}" if one.run is not None else ""
    points = f"{number(one.score)} of {number(one.max_score)}"
    parts = [_when(one.graded), run, one_line(one.file), f"attempt {one.attempt}", points]
    parts += [f"tests {one.basis[:_HASH] or '?'}", _STATES.get(one.state, one.state)]
    return "  ".join(filter(None, parts))


def _mark(one: CountedMark) -> str:
    from autograder.text import number

    return "  ".join([_when(one.counted), number(one.mark), *one.reasons])
