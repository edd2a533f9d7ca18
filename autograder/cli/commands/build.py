"""`autograder build`: solution.py → starter.py, starter.ipynb, expected/."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment


@click.command("build")
@click.argument("assignment")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a generated file is out of date.")
def command(assignment: str, check: bool) -> int:
    """Makes the starter, the notebook, the recorded values and the bank of mistakes of ASSIGNMENT from its solution.py.

    Shows on the way that the solution earns full marks and the untouched starter none. The bank of mistakes takes a
    minute. It is made again when the solution, a test or a mistake that the assignment invites has changed.

    \b
    Example: autograder build 04_tape_net
             autograder build 04_tape_net --check
    """
    from autograder.assignment.definition import find_assignment
    from autograder.authoring.build import generated_files, stale_files
    from autograder.cli.console import console, output
    from autograder.explain.travelling import file, steps
    from autograder.files import write_atomic

    found = find_assignment(assignment)
    with console().status(f"running the tests of {found.name} on its solution and its starter …"):
        files = generated_files(found)
    stale = stale_files(files)
    output().print(f"{found.name}: the solution earns full marks, the starter none")
    if check:
        stale += [] if file.is_up_to_date(found) else [found.travelling_bank]
        stale += [] if steps.is_up_to_date(found) else [found.travelling_steps]
        for path in stale:
            output().print(f"out of date: {path}; run `autograder build {found.name}`", soft_wrap=True)
        return 1 if stale else 0
    for path, text in files.items():
        if path in stale:
            write_atomic(path, text)
        output().print(f"{'written' if path in stale else 'unchanged'}  {path}", soft_wrap=True)
    # locked with the recorded values, which are written by now
    for kind, path, content in ((steps, found.travelling_steps, _steps), (file, found.travelling_bank, _bank)):
        made = not kind.is_up_to_date(found)
        if made:
            write_atomic(path, content(found))
        output().print(f"{'written' if made else 'unchanged'}  {path}", soft_wrap=True)
    return 0


def _steps(assignment: Assignment) -> bytes:
    """What the solution computes on its way in the public tests."""
    from autograder.explain.travelling.steps import made
    from autograder.isolation.host.choice import new_template

    template = new_template(assignment.framework)
    try:
        return made(assignment, template.control())
    finally:
        template.close()


def _bank(assignment: Assignment) -> bytes:
    """The bank that travels, from the whole one."""
    from autograder.cli.banks import bank_of
    from autograder.defaults import DEFAULT_SEED
    from autograder.engine.suite import Suite
    from autograder.explain.travelling.file import made
    from autograder.isolation.host.choice import new_template

    template = new_template(assignment.framework, warm=True)
    try:
        bank = bank_of(assignment, template, DEFAULT_SEED)
    finally:
        template.close()
    assert bank is not None  # there is a solution
    return made(assignment, bank, [test.name for test in Suite(assignment, hidden=False).tests])
