"""`autograder check`: the public tests on one submission."""

from __future__ import annotations

import contextlib
import time
from pathlib import Path

import click

from autograder.cli import options
from autograder.defaults import HELP_LEVELS


@click.command("check")
@click.argument("assignment", default=".")
@click.argument("words", nargs=-1, metavar="[FILE]", type=click.Path(path_type=Path))
@click.option("-q", "--question", "questions", multiple=True, metavar="ID", help="Only this question; may be repeated.")
@click.option(
    "--help-level",
    "level",
    type=click.Choice(HELP_LEVELS),
    help="How much a diagnosis says: where, what kind of mistake, what you computed, which lecture to read.",
)
@click.option("-v", "--verbose", is_flag=True, help="Relative errors too, what is allowed, and all that is printed.")
@click.option("--watch", "watched", is_flag=True, help="Go on, and check again after each save; Ctrl-C ends it.")
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
    watched: bool,
    as_json: bool,
    device: str,
    sandbox: str,
    seed: int,
) -> int:
    """Runs the public tests of ASSIGNMENT on FILE, a .py or a notebook as it was saved last.

    Without FILE, the file that the assignment asks for is taken from the current folder: the script or the notebook,
    whichever was saved last. The first line says which. Without ASSIGNMENT, the name of FILE tells which it is, or else
    the questions and functions in it; a folder stands for the file in it, and the current one where nothing is named.
    Ids of questions, such as 03.5, in the place of ASSIGNMENT or beside FILE check these questions alone. Inside a
    notebook, check("03.5") of autograder.notebook judges the functions as they stand in memory, without saving.

    Where a question is not right, what it builds on is looked at too, and if that is wrong, the check says so. The last
    line says what is new since the check before. --watch goes on: each save gives a new verdict, without waiting for
    libraries again; with --json, one line each.

    \b
    Example: autograder check 03_numpy_net
             autograder check 03_numpy_net.ipynb
             autograder check 03.5
             autograder check 03.5 03.6
             autograder check 03.5,03.6
             autograder check 03 --watch
             autograder check 04 my_net.ipynb -q 04.4
    """
    try:
        return _check(assignment, words, questions, level, verbose, watched, as_json, device, sandbox, seed)
    except KeyboardInterrupt:
        click.echo("stopped", err=True)
        return 130


def _check(
    assignment: str,
    words: tuple[Path, ...],
    questions: tuple[str, ...],
    level: str | None,
    verbose: bool,
    watched: bool,
    as_json: bool,
    device: str,
    sandbox: str,
    seed: int,
) -> int:
    begun = time.monotonic()

    from autograder.assignment.definition import Assignment
    from autograder.assignment.kit import demand_whole
    from autograder.cli.asked import asked_for
    from autograder.cli.checks import Checks
    from autograder.cli.one_check import OneCheck
    from autograder.cli.watching import watch

    asked = asked_for("check", assignment, words, questions)

    def new_checks() -> Checks:
        # a watched assignment may have changed
        found = Assignment.load(asked.assignment.folder)
        demand_whole(found)
        return Checks(found, device, sandbox, seed)

    def telling(checks: Checks) -> OneCheck:
        return OneCheck(asked, checks, level, verbose, as_json)

    if watched:
        watch(asked, new_checks, telling)
    with contextlib.closing(new_checks()) as checks:
        return 0 if telling(checks).tell(asked.path, begun) else 1
