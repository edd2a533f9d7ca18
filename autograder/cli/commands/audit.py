"""`autograder audit`: are the tests of an assignment any good?"""

from __future__ import annotations

import os
from pathlib import Path

import click

from autograder.cli import options


@click.command("audit")
@click.argument("assignment")
@click.option("--output", type=click.Path(path_type=Path), help="Write the report to this HTML file.")
@options.workers
@click.option("--fresh", is_flag=True, help="Rehearse again what is kept from an earlier run.")
@options.seed
def command(assignment: str, output: Path | None, workers: int, fresh: bool, seed: int) -> int:
    """Makes mistakes in the solution of ASSIGNMENT and lists those that its tests let through.

    Exit status 1 when a mistake that is not equivalent to the solution passes every test.

    \b
    Example: autograder audit 03_numpy_net --output audit.html
    """
    from autograder.assignment.definition import find_assignment
    from autograder.carrying.elsewhere import lost_elsewhere
    from autograder.cli.audit_table import print_audit
    from autograder.cli.banks import bank_of
    from autograder.cli.console import output as screen
    from autograder.cli.progress import progress
    from autograder.errors import UsageError
    from autograder.explain.audit import audit_of
    from autograder.explain.mutation.kept import keep
    from autograder.isolation.host.choice import new_template
    from autograder.records.audit_page import write_audit

    found = find_assignment(assignment)
    template = new_template(found.framework)
    try:
        bank = bank_of(found, template, seed, workers, fresh)
        if bank is not None and bank.elsewhere is None:
            bank.elsewhere = lost_elsewhere(bank, found, template, seed, workers or os.cpu_count() or 1, progress)
            keep(bank, found, seed)
    finally:
        template.close()
    if bank is None:
        raise UsageError(f"{found.folder} has no solution.py to make mistakes in")
    audit = audit_of(bank, found.accepted, found.unrehearsed)
    print_audit(audit)
    if output is not None:
        try:
            write_audit(audit, found, output)
        except OSError as error:
            raise UsageError(f"cannot write {output}: {error.strerror}; name another file with --output") from None
        screen().print(f"report     {output}", soft_wrap=True)
    return 0 if audit.is_clean else 1
