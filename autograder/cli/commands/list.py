"""`autograder list`: the assignments that there are."""

from __future__ import annotations

import click


@click.command("list")
def command() -> int:
    """Lists the assignments that are found here, with your file where there is one.

    They are looked for in $AUTOGRADER_ASSIGNMENTS, in ./assignments and beside the package.

    \b
    Example: autograder list
    """
    from pathlib import Path

    from autograder.assignment.definition import NO_ASSIGNMENTS, Assignment, known_folders
    from autograder.cli.belonging import last_saved, own_files
    from autograder.cli.console import output
    from autograder.cli.saved import saved_line
    from autograder.errors import UsageError

    folders = known_folders()
    if not folders:
        raise UsageError(NO_ASSIGNMENTS)
    # one whose settings cannot be read is told with its line
    found = [Assignment.load(folders[name]) for name in sorted(folders)]
    widths = [max(len(getattr(one, field)) for one in found) for field in ("name", "title")]
    for one in found:
        own = own_files(one, Path())
        last = last_saved(own) if own else None
        hours = f", {one.course.hours} hours" if one.course.hours else ""
        told = [one.name.ljust(widths[0]), one.title.ljust(widths[1]), f"{len(one.questions)} questions{hours}"]
        told += [saved_line(last, last.stat().st_mtime)] if last is not None else []
        output().print("  ".join(told), markup=False, highlight=False, soft_wrap=True)
    return 0
