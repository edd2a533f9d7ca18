"""`autograder github`: a starter repository whose pushes are checked."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("github")
@click.argument("assignment")
@click.option("--output", required=True, type=click.Path(path_type=Path), metavar="FILE.zip", help="The archive.")
@click.option(
    "--install",
    default="tfkit-autograder",
    show_default=True,
    metavar="WHAT",
    help="From where pip installs this program there, such as git+https://….",
)
def command(assignment: str, output: Path, install: str) -> int:
    """Packs the kit of ASSIGNMENT with a workflow of GitHub, for the template repository of GitHub Classroom.

    At each push the workflow runs the public tests and reports points as Classroom's autograding does. The archive
    holds neither solution nor hidden tests; grade with those from the clones: `autograder grade … --layout github`.

    \b
    Example: autograder github 04_tape_net --output template.zip
    """
    from autograder.assignment.definition import find_assignment
    from autograder.cli.console import output as screen
    from autograder.cli.outputs import check_output, write_output
    from autograder.exporting.github import WORKFLOW, repository
    from autograder.files import zipped

    check_output(output, ".zip")
    files = repository(find_assignment(assignment), install)
    write_output(output, zipped(files, 0.0))
    told = f"{output}: {len(files)} files, with {WORKFLOW}; unpack it into the template repository"
    screen().print(told, markup=False, soft_wrap=True)
    return 0
