"""`autograder report`: pages, table and results again from the gradebook, grading nothing."""

from __future__ import annotations

from pathlib import Path

import click

from autograder.cli.telling import Telling, telling


@click.command("report")
@click.argument("folder", type=click.Path(path_type=Path))
@telling
def command(folder: Path, told: Telling) -> int:
    """Writes the pages, table and results of FOLDER again from its gradebook, grading nothing.

    How late each is, and what that costs, goes by the assignment's folder as it is now, or as it was where that is
    gone; and what an instructor decided, by adjust.toml in FOLDER.

    \b
    Example: autograder report grades/04
    """
    from autograder.cli.commands.grade import write_all
    from autograder.cli.console import output, print_changes, print_class
    from autograder.cli.gradebooks import read_gradebook

    book = read_gradebook(folder)
    print_changes(book.changes, trial=False)
    write_all(book.results, folder, book.title)
    print_class(book.results)
    output().print(f"report     {folder / 'report' / 'index.html'}", soft_wrap=True)
    told.end(book.results, book.title, folder)
    return 0
