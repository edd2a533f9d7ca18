"""`autograder export`: marks for the platform from which the submissions came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from autograder.errors import UsageError

if TYPE_CHECKING:
    from autograder.exporting.marks import Mark
    from autograder.exporting.outcome import Outcome

_PLATFORMS = ("canvas", "moodle", "gradescope", "csv")
_TABLES = ("canvas", "moodle")
# which platforms an option does something for
_TAKERS = {
    **dict.fromkeys(("--into", "--column", "--scale", "--missing"), _TABLES),
    "--hidden": ("gradescope",),
    "--semicolon": ("csv",),
}
_WHEN = "after_published"


@click.command("export")
@click.argument("folder", type=click.Path(path_type=Path))
@click.option("--to", "platform", required=True, type=click.Choice(_PLATFORMS), help="The platform, or csv.")
@click.option(
    "--into",
    type=click.Path(path_type=Path),
    metavar="FILE.csv",
    help="What the platform gave out: Canvas's gradebook export, or Moodle's grading worksheet. It stays as it is.",
)
@click.option("--output", required=True, type=click.Path(path_type=Path), help="The file to write; gradescope: a .zip.")
@click.option("--column", default="", help="The assignment's column in --into, where its title does not tell.")
@click.option("--scale", "scales", is_flag=True, help="Convert marks to the points that the platform has for it.")
@click.option(
    "--missing",
    type=click.FloatRange(0),
    metavar="POINTS",
    help="Points of those who handed nothing in, such as 0; without this they get no mark.",
)
@click.option(
    "--hidden",
    type=click.Choice(["visible", "after_due_date", "after_published", "hidden"]),
    help="gradescope: when students see hidden tests.  [default: after_published]",
)
@click.option("--semicolon", is_flag=True, help="csv: for spreadsheets that write 12,5 and separate cells by ;.")
def command(
    folder: Path,
    platform: str,
    into: Path | None,
    output: Path,
    column: str,
    scales: bool,
    missing: float | None,
    hidden: str | None,
    semicolon: bool,
) -> int:
    """Writes the marks of FOLDER, which `autograder grade --output` wrote, as a platform takes them.

    The mark is what counts: the score, less lateness, with what was decided in adjust.toml. Students are found by
    number, login, e-mail address and name, as in a roster. A student who is not found, or who may be one of two, is
    named and gets nothing. Nobody gets a 0 for being excused, missing, not graded yet or graded by other tests; Canvas
    is told EX for those who are excused.

    Exit status: 0 done, 1 some marks have no place in the platform's table, 2 nothing is written.

    \b
    Example: autograder export grades/04 --to canvas --into gradebook.csv --output upload.csv
             autograder export grades/04 --to moodle --into worksheet.csv --output upload.csv
             autograder export grades/04 --to csv --output marks.csv
    """
    from autograder.cli.console import output as screen
    from autograder.cli.gradebooks import read_gradebook
    from autograder.cli.outputs import write_output
    from autograder.exporting.marks import mark_of
    from autograder.text import counted, visible

    given = {"--into": into, "--column": column, "--scale": scales, "--missing": missing is not None}
    _look_at_options(platform, given | {"--hidden": hidden, "--semicolon": semicolon})
    _look_at_files(platform, into, output)
    book = read_gradebook(folder)
    marks = [mark_of(result, missing) for result in book.results]
    outcome = _outcome(platform, marks, into, book.titles, column, scales, hidden or _WHEN, ";" if semicolon else ",")
    if not outcome.written and not any(mark.is_excused for mark in marks):
        reasons = dict.fromkeys(why for _, why in (*outcome.left, *outcome.unplaced))
        raise UsageError(f"there is no mark to write: {'; '.join(reasons) or 'the gradebook is empty'}")
    write_output(output, outcome.content)
    for line in (*outcome.lines(), *_read_nothing(marks)):
        screen().print(visible(line), markup=False, soft_wrap=True)
    told = f"{output}: {counted(outcome.written, 'mark')}"
    screen().print(visible(told), markup=False, soft_wrap=True)
    return 1 if outcome.unplaced else 0


def _read_nothing(marks: Sequence[Mark]) -> list[str]:
    """Who gets 0 because nothing could be read or run, and why: perhaps it is to be handed in again."""
    from autograder.exporting.marks import listed
    from autograder.words.marking import why_nothing

    reasons = [(mark.name, why_nothing(mark.result)) for mark in marks if mark.points == 0]
    found = [f"{name} ({why.removesuffix('.')})" for name, why in reasons if why]
    if not found:
        return []
    told = "1 gets" if len(found) == 1 else f"{len(found)} get"
    return [f"{told} 0 because nothing could be read or run: {listed(found)}"]


def _look_at_options(platform: str, given: Mapping[str, object]) -> None:
    for option, value in given.items():
        if value and platform not in _TAKERS[option]:
            raise UsageError(f"--to {platform} does nothing with {option}; leave it out")


def _look_at_files(platform: str, into: Path | None, output: Path) -> None:
    from autograder.cli.outputs import check_output

    if platform == "moodle" and into is None:
        raise UsageError(
            "expected --into FILE.csv, Moodle's own worksheet: in the assignment, Grading action, Download grading "
            "worksheet"
        )
    if into is not None and output.exists() and into.exists() and output.samefile(into):
        raise UsageError(f"expected another file as --output than --into {into}, which is kept as it is")
    check_output(output, ".zip" if platform == "gradescope" else "")


def _outcome(
    platform: str,
    marks: Sequence[Mark],
    into: Path | None,
    titles: Sequence[str],
    column: str,
    scales: bool,
    hidden: str,
    separator: str,
) -> Outcome:
    from autograder.exporting.canvas import to_canvas
    from autograder.exporting.gradescope import to_gradescope
    from autograder.exporting.moodle import to_moodle
    from autograder.exporting.plain import to_csv

    if platform == "canvas":
        return to_canvas(marks, into, titles, column, scales)
    if platform == "moodle" and into is not None:
        return to_moodle(marks, into, column, scales)
    if platform == "gradescope":
        return to_gradescope(marks, hidden)
    return to_csv(marks, separator)
