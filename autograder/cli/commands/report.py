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
    from autograder.errors import UsageError
    from autograder.marks.changes import changes_of
    from autograder.records.deciding import rules_of
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
            rules = rules_of(origin, gradebook, folder) if origin else None
            results = list(gradebook.results(rules))
            changes = changes_of(gradebook.counted(), results)
    except GradebookError as error:
        raise UsageError(str(error)) from None
    if not results:
        raise UsageError(f"{path} holds no result yet; run `autograder grade` first")
    print_changes(changes, trial=False)
    write_all(results, folder, title)
    print_class(results)
    output().print(f"report     {folder / 'report' / 'index.html'}", soft_wrap=True)
    told.end(results, title, folder)
    return 0
