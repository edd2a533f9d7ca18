"""`expected/bank.bin`: what usual mistakes return in the public tests, for copies without the solution."""

from __future__ import annotations

from collections.abc import Collection

from autograder.assignment.definition import Assignment
from autograder.errors import UsageError
from autograder.explain.mutation.bank import Bank
from autograder.explain.travelling.sealing import Unfit, is_sealed_for, sealed, unsealed
from autograder.explain.travelling.tables import packed, unpacked
from autograder.explain.travelling.telling import told_of
from autograder.wire import FrameError

VERSION = 1


def travelling_bank(assignment: Assignment) -> Bank:
    """The bank beside the recorded values.

    Raises:
        Unfit: When there is none for these tests and these values.
    """
    content = unsealed(assignment, assignment.travelling_bank, "bank", VERSION)
    try:
        return unpacked(content)
    except ValueError:
        raise Unfit("bank-damaged") from None


def made(assignment: Assignment, bank: Bank, tests: Collection[str]) -> bytes:
    """The content of the file, for the recorded values that are there now.

    Args:
        assignment: The assignment.
        bank: Its whole bank.
        tests: Names of the public tests.

    Raises:
        UsageError: When it is larger than what is read.
    """
    try:
        content = packed(bank, tests, told_of(assignment.solution.read_text("utf-8")))
        unpacked(content)
        return sealed(assignment, "bank", VERSION, content)
    except FrameError as error:
        raise UsageError(
            f"the bank of mistakes of {assignment.name} is too large: {error}; leave out the questions with the most "
            "values: unrehearsed = [...] in assignment.toml"
        ) from None


def is_up_to_date(assignment: Assignment) -> bool:
    """Whether the file is there, and was made of what is there now: the solution, the tests, the operators."""
    return is_sealed_for(assignment, assignment.travelling_bank, "bank", VERSION)
