"""`autograder gradescope`: an assignment as an autograder that Gradescope runs."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli import options


@click.command("gradescope")
@click.argument("assignment")
@click.option("--output", required=True, type=click.Path(path_type=Path), metavar="FILE.zip", help="The archive.")
@click.option(
    "--hidden",
    type=click.Choice(["visible", "after_due_date", "after_published", "hidden"]),
    default="after_published",
    show_default=True,
    help="When students see hidden tests, and so their score.",
)
@click.option("--leaderboard", is_flag=True, help="Show everybody's points on the assignment's leaderboard.")
@options.workers
def command(assignment: str, output: Path, hidden: str, leaderboard: bool, workers: int) -> int:
    """Packs ASSIGNMENT with this program, to be uploaded as the autograder of a programming assignment.

    Gradescope then grades each submission as `autograder grade` does: all tests, in a process of its own that sees
    neither solution nor tests. In Gradescope: Configure Autograder, Zip file upload. The archive holds the solution and
    the hidden tests: it is not for students.

    \b
    Example: autograder gradescope 04_tape_net --output autograder.zip
    """
    from autograder.assignment.definition import find_assignment
    from autograder.authoring.kit import demand_built
    from autograder.cli.banks import bank_of
    from autograder.cli.console import output as screen
    from autograder.cli.outputs import check_output, write_output
    from autograder.exporting.at_gradescope.packing import gradescope_archive
    from autograder.isolation.host.choice import new_template

    check_output(output, ".zip")
    found = find_assignment(assignment)
    demand_built(found)
    template = new_template(found.framework)
    try:
        bank_of(found, template, options.DEFAULT_SEED, workers)
    finally:
        template.close()
    content = gradescope_archive(found, hidden, leaderboard)
    write_output(output, content)
    told = f"{output}: {len(content) / 1e6:.1f} MB, with the solution and the hidden tests; not for students"
    screen().print(told, markup=False, soft_wrap=True)
    return 0
