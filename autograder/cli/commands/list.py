"""`autograder list`: the assignments that there are, and how far one has come."""

from __future__ import annotations

import click


@click.command("list")
def command() -> int:
    """Lists the assignments that are found here, with the public points that your file had when it was checked last.

    They are looked for in $AUTOGRADER_ASSIGNMENTS, in ./assignments and beside the package. Kits are found that lie in
    this folder and, where it is one itself, beside it.

    \b
    Example: autograder list
    """
    from autograder.assignment.definition import NO_ASSIGNMENTS, Assignment, known_folders
    from autograder.cli.console import output
    from autograder.cli.standing import Standing, sum_line
    from autograder.errors import UsageError
    from autograder.text import counted

    folders = known_folders()
    if not folders:
        raise UsageError(NO_ASSIGNMENTS)
    # one whose settings cannot be read is told with its line
    found = [Assignment.load(folders[name]) for name in sorted(folders)]
    widths = [max(len(getattr(one, field)) for one in found) for field in ("name", "title")]
    standings = [Standing.of(one) for one in found]
    for one, standing in zip(found, standings, strict=True):
        hours = (
            f", {one.course.hours} {'hour' if one.course.hours.strip() == '1' else 'hours'}" if one.course.hours else ""
        )
        told = [one.name.ljust(widths[0]), one.title.ljust(widths[1]), counted(len(one.questions), "question") + hours]
        output().print("  ".join(told), markup=False, highlight=False, soft_wrap=True)
        if standing.line:
            output().print(f"{' ' * widths[0]}  {standing.line}", style="dim", markup=False, soft_wrap=True)
    if sum_line(standings):
        output().print(sum_line(standings), style="bold", markup=False, soft_wrap=True)
    return 0
