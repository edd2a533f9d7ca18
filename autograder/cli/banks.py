"""The bank of wrong answers that a command needs: kept from before, or made with a progress bar."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from autograder.assignment.definition import Assignment
    from autograder.explain.mutation.bank import Bank
    from autograder.isolation.host.choice import Template


def bank_of(
    assignment: Assignment, template: Template, seed: int, workers: int = 0, fresh: bool = False
) -> Bank | None:
    """The bank of an assignment; None where there is no solution to make mistakes in, as in a student's copy."""
    from autograder.cli.console import console
    from autograder.cli.progress import progress
    from autograder.explain.mutation.bank import cached, keep, learn

    bank = None if fresh else cached(assignment, seed)
    if bank is None and assignment.solution.is_file():
        bank = learn(assignment, template, seed, workers or os.cpu_count() or 1, progress)
        keep(bank, assignment, seed)
    for line in bank.complaints if bank else ():
        console().print(line, style="yellow", markup=False, soft_wrap=True)
    return bank
