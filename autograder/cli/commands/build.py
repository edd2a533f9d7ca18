"""`autograder build`: solution.py → starter.py, starter.ipynb, expected/."""

from __future__ import annotations

from contextlib import closing
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment
    from autograder.explain.mutation.bank import Bank
    from autograder.isolation.host.choice import Template


@click.command("build")
@click.argument("assignment")
@click.option("--check", is_flag=True, help="Write nothing; exit 1 when a generated file is out of date.")
def command(assignment: str, check: bool) -> int:
    """Makes the starter, the notebook, the recorded values and the bank of mistakes of ASSIGNMENT from its solution.py.

    Shows on the way that the solution earns full marks and the untouched starter none. The banks of mistakes, one for
    students' copies and one for those who grade, take some minutes. They are made again when the solution, a test or a
    mistake that the assignment invites has changed.

    \b
    Example: autograder build 04_tape_net
             autograder build 04_tape_net --check
    """
    from autograder.assignment.definition import Assignment, find_folder
    from autograder.authoring.build import generated_files, stale_files, stale_learned
    from autograder.authoring.lint.findings import Findings
    from autograder.cli.console import console, output
    from autograder.cli.findings import print_findings
    from autograder.errors import Mistakes
    from autograder.files import write_atomic
    from autograder.isolation.host.choice import new_template

    found, mistakes = Assignment.read(find_folder(assignment))
    findings = Findings(mistakes)
    try:
        with console().status(f"running the tests of {found.name} on its solution and its starter …"):
            files = generated_files(found, findings)
    except Mistakes as error:
        print_findings(findings.warnings, "warning: ")
        print_findings(error.lines)
        count = "1 mistake" if len(error.lines) == 1 else f"{len(error.lines)} mistakes"
        console().print(f"autograder: {count} in {found.name}; nothing was written", markup=False, soft_wrap=True)
        return 2
    print_findings(findings.warnings, "warning: ")
    stale = stale_files(files)
    output().print(f"{found.name}: the solution earns full marks, the starter none")
    if check:
        stale += stale_learned(found)
        for path in stale:
            output().print(f"out of date: {path}; run `autograder build {found.name}`", soft_wrap=True)
        return 1 if stale else 0
    for path, text in files.items():
        if path in stale:
            write_atomic(path, text)
        output().print(f"{'written' if path in stale else 'unchanged'}  {path}", soft_wrap=True)
    # locked with the recorded values, which are written by now
    learned = {found.travelling_steps: _steps, found.travelling_bank: _bank, found.whole_bank: _whole_bank}
    wanted = stale_learned(found)
    if wanted:
        with closing(new_template(found.framework, warm=True)) as template:
            for path in wanted:
                write_atomic(path, learned[path](found, template))
    for path in learned:
        output().print(f"{'written' if path in wanted else 'unchanged'}  {path}", soft_wrap=True)
    return 0


def _steps(assignment: Assignment, template: Template) -> bytes:
    """What the solution computes on its way in the public tests."""
    from autograder.explain.travelling.steps import made

    return made(assignment, template.control())


def _bank(assignment: Assignment, template: Template) -> bytes:
    """The bank that travels, from the whole one."""
    from autograder.engine.suite import Suite
    from autograder.explain.travelling.file import made

    bank = _learned(assignment, template)
    return made(assignment, bank, [test.name for test in Suite(assignment, hidden=False).tests])


def _whole_bank(assignment: Assignment, template: Template) -> bytes:
    """The bank of all tests, for those who grade."""
    from autograder.defaults import DEFAULT_SEED
    from autograder.explain.mutation.kept import packed

    return packed(_learned(assignment, template), assignment, DEFAULT_SEED)


def _learned(assignment: Assignment, template: Template) -> Bank:
    from autograder.cli.banks import bank_of
    from autograder.defaults import DEFAULT_SEED

    bank = bank_of(assignment, template, DEFAULT_SEED)
    assert bank is not None  # there is a solution
    return bank
