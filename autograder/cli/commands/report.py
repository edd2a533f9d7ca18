"""`autograder report`: pages, table and results again from the gradebook, grading nothing."""

from __future__ import annotations

from pathlib import Path

import click


@click.command("report")
@click.argument("folder", type=click.Path(path_type=Path))
def command(folder: Path) -> int:
    """Writes the pages, table and results of FOLDER again from its gradebook, grading nothing.

    \b
    Example: autograder report grades/04
    """
    from autograder.assignment.definition import find_assignment
    from autograder.cli.commands.grade import write_all
    from autograder.cli.console import output, print_class
    from autograder.errors import UsageError
    from autograder.records.errors import GradebookError
    from autograder.records.gradebook import Gradebook

    path = folder / "gradebook.sqlite"
    if not path.is_file():
        raise UsageError(f"there is no {path}; name the folder that `autograder grade --output` wrote")
    try:
        with Gradebook(path, read_only=True) as gradebook:
            results = list(gradebook.results())
    except GradebookError as error:
        raise UsageError(str(error)) from None
    if not results:
        raise UsageError(f"{path} holds no result yet; run `autograder grade` first")
    try:
        title = find_assignment(results[0].assignment).title
    except UsageError:  # graded elsewhere: the record is enough
        title = results[0].assignment
    write_all(results, folder, title)
    print_class(results)
    output().print(f"report     {folder / 'report' / 'index.html'}", soft_wrap=True)
    return 0
