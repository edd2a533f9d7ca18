"""`autograder build`: solution.py → starter.py, starter.ipynb, expected/."""

from __future__ import annotations

import click


@click.command("build")
@click.argument("assignment")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a generated file is out of date.")
def command(assignment: str, check: bool) -> int:
    """Makes the starter, the notebook and the recorded values of ASSIGNMENT from its solution.py.

    Shows on the way that the solution earns full marks and the untouched starter none.

    \b
    Example: autograder build 04_tape_net
             autograder build 04_tape_net --check
    """
    from autograder.assignment.definition import find_assignment
    from autograder.authoring.build import generated_files, stale_files
    from autograder.cli.console import console, output
    from autograder.files import write_atomic

    found = find_assignment(assignment)
    with console().status(f"running the tests of {found.name} on its solution and its starter …"):
        files = generated_files(found)
    stale = stale_files(files)
    output().print(f"{found.name}: the solution earns full marks, the starter none")
    if check:
        for path in stale:
            output().print(f"out of date: {path}; run `autograder build {found.name}`", soft_wrap=True)
        return 1 if stale else 0
    for path, text in files.items():
        if path in stale:
            write_atomic(path, text)
        output().print(f"{'written' if path in stale else 'unchanged'}  {path}", soft_wrap=True)
    return 0
