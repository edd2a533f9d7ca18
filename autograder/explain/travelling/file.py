"""`expected/bank.bin`: what usual mistakes return in the public tests, for copies without the solution.

It is locked with the recorded values that lie beside it, so it fits these values alone. Its first line is a label that
anybody can read: the version of its form, the assignment, the public tests that it is for, and what it was made of.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.errors import UsageError
from autograder.explain.mutation.bank import Bank
from autograder.explain.travelling.lock import Unopened, locked, opened
from autograder.explain.travelling.tables import MOST_BYTES, packed, unpacked
from autograder.explain.travelling.telling import told_of
from autograder.facts.fact import Fact
from autograder.fingerprint import fingerprint
from autograder.wire import FrameError

VERSION = 1
_MOST_BYTES = 2 * 2**20
_LABEL = re.compile(rb"autograder bank (\d{1,9}) ([^\s]{1,200}) ([0-9a-f]{64}) ([0-9a-f]{64})\n")


@dataclass(frozen=True)
class _Label:
    version: int
    assignment: str
    tests: str
    made_of: str

    def __bytes__(self) -> bytes:
        return f"autograder bank {self.version} {self.assignment} {self.tests} {self.made_of}\n".encode()


class NoBank(Exception):
    """There is no bank that fits.

    Attributes:
        fact: Why.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.fact = Fact(kind)


def travelling_bank(assignment: Assignment) -> Bank:
    """The bank beside the recorded values.

    Raises:
        NoBank: When there is none for these tests and these values.
    """
    path = assignment.travelling_bank
    label, data = _read(path)
    if label.version != VERSION:
        raise NoBank("bank-of-other-version")
    if (label.assignment, label.tests) != (_name(assignment), _tests_of(assignment)):
        raise NoBank("bank-of-other-tests")
    if assignment.solution.is_file() and _recorded(assignment).get("solution") != assignment.solution_fingerprint:
        # the author has changed it since
        raise NoBank("bank-of-other-tests")
    try:
        return unpacked(opened(data, _key(assignment), bytes(label), MOST_BYTES))
    except (Unopened, ValueError):
        raise NoBank("bank-damaged") from None


def made(assignment: Assignment, bank: Bank, tests: Collection[str]) -> bytes:
    """The content of the file, for the recorded values that are there now.

    Args:
        assignment: The assignment.
        bank: Its whole bank.
        tests: Names of the public tests.

    Raises:
        UsageError: When it is larger than what is read.
    """
    label = bytes(_Label(VERSION, _name(assignment), _tests_of(assignment), assignment.fingerprint))
    try:
        content = packed(bank, tests, told_of(assignment.solution.read_text("utf-8")))
        unpacked(content)
        data = label + locked(content, _key(assignment), label)
        if len(data) > _MOST_BYTES:
            raise FrameError(f"expected at most {_MOST_BYTES} bytes, received {len(data)}")
    except FrameError as error:
        raise UsageError(
            f"the bank of mistakes of {assignment.name} is too large: {error}; leave out the questions with the most "
            "values: unrehearsed = [...] in assignment.toml"
        ) from None
    return data


def is_up_to_date(assignment: Assignment) -> bool:
    """Whether the file is there, and was made of what is there now: the solution, the tests, the operators."""
    try:
        label, data = _read(assignment.travelling_bank)
        opened(data, _key(assignment), bytes(label), MOST_BYTES)
    except (NoBank, Unopened):
        return False
    wanted = _Label(VERSION, _name(assignment), _tests_of(assignment), assignment.fingerprint)
    return label == wanted


def _read(path: Path) -> tuple[_Label, bytes]:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_BYTES + 1)
    except FileNotFoundError:
        raise NoBank("no-bank") from None
    except OSError:  # a folder, a file of somebody else's
        raise NoBank("bank-damaged") from None
    found = _LABEL.match(data[:500])
    if found is None or len(data) > _MOST_BYTES:
        raise NoBank("bank-damaged")
    try:
        name, tests, made_of = (one.decode() for one in found.groups()[1:])
    except UnicodeDecodeError:
        raise NoBank("bank-damaged") from None
    return _Label(int(found[1]), name, tests, made_of), data[found.end() :]


def _name(assignment: Assignment) -> str:
    """The assignment's name on one line, without a space."""
    return re.sub(r"\s", "_", assignment.name)[:50]


def _tests_of(assignment: Assignment) -> str:
    """A fingerprint of what a student's copy has of the tests: the public ones, and what their inputs come from."""
    own = [*assignment.tests(hidden=False), *filter(None, [assignment.problems])]
    files = [path for path in own if path.is_file()]
    texts = [path.read_text("utf-8", errors="replace") for path in (*files, *assignment.shared(files))]
    # `read_text` makes the lines of every system alike
    return fingerprint(*texts)


def _recorded(assignment: Assignment) -> dict[str, Any]:
    """The recorded values as they lie there; nothing where they cannot be read, which checking tells."""
    try:
        record = json.loads(assignment.expected.read_bytes())
    except (OSError, ValueError, RecursionError):
        return {}
    return record if type(record) is dict else {}


def _key(assignment: Assignment) -> bytes:
    """What locks the bank: all recorded values, to the last bit."""
    return fingerprint("bank", json.dumps(_recorded(assignment), sort_keys=True)).encode()
