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

    How late each is goes by the due date as it is now in the assignment's folder, or as it was where that is gone.

    \b
    Example: autograder report grades/04
    """
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
            origin = gradebook.origin
            # never looked for by its name, which other assignments may have
            origin = origin and origin.now()
            title = origin.title if origin else gradebook.assignment
            results = list(gradebook.results(origin))
    except GradebookError as error:
        raise UsageError(str(error)) from None
    if not results:
        raise UsageError(f"{path} holds no result yet; run `autograder grade` first")
    write_all(results, folder, title)
    print_class(results)
    output().print(f"report     {folder / 'report' / 'index.html'}", soft_wrap=True)
    told.end(results, title, folder)
    return 0
