"""Files in `expected/` that only the recorded values beside them open, and that fit these values alone.

The first line of such a file is a label that anybody can read: what it holds and in which form, the assignment, the
public tests that it is for, and what it was made of.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.explain.travelling.lock import Unopened, locked, opened
from autograder.facts.fact import Fact
from autograder.fingerprint import fingerprint
from autograder.wire import FrameError

# what the largest assignment needs, several times over: reading the worst takes some 100 MB
MOST_BYTES = 4 * 2**20
_MOST_IN_FILE = 2 * 2**20
_LABEL = re.compile(rb"autograder ([a-z]{1,20}) (\d{1,9}) ([^\s]{1,200}) ([0-9a-f]{64}) ([0-9a-f]{64})\n")


@dataclass(frozen=True)
class _Label:
    what: str
    version: int
    assignment: str
    tests: str
    made_of: str

    def __bytes__(self) -> bytes:
        return f"autograder {self.what} {self.version} {self.assignment} {self.tests} {self.made_of}\n".encode()


class Unfit(Exception):
    """There is no file that fits.

    Attributes:
        fact: Why: of kind `no-bank`, `bank-damaged`, `bank-of-other-version` or `bank-of-other-tests`.
    """

    def __init__(self, kind: str) -> None:
        super().__init__(kind)
        self.fact = Fact(kind)


def sealed(assignment: Assignment, what: str, version: int, content: bytes) -> bytes:
    """The bytes of a file, for the recorded values that are there now.

    Raises:
        FrameError: When there are more than are read.
    """
    label = bytes(_label(assignment, what, version))
    data = label + locked(content, _key(assignment), label)
    if len(data) > _MOST_IN_FILE:
        raise FrameError(f"expected at most {_MOST_IN_FILE} bytes, received {len(data)}")
    return data


def unsealed(assignment: Assignment, path: Path, what: str, version: int) -> bytes:
    """The content of a file.

    Raises:
        Unfit: When there is none for these tests and these values.
    """
    label, data = _read(path, what)
    if label.version != version:
        raise Unfit("bank-of-other-version")
    if (label.assignment, label.tests) != (_name(assignment), fingerprint_of_tests(assignment)):
        raise Unfit("bank-of-other-tests")
    if assignment.solution.is_file() and _recorded(assignment).get("solution") != assignment.solution_fingerprint:
        # the author has changed it since
        raise Unfit("bank-of-other-tests")
    try:
        return opened(data, _key(assignment), bytes(label), MOST_BYTES)
    except Unopened:
        raise Unfit("bank-damaged") from None


def is_sealed_for(assignment: Assignment, path: Path, what: str, version: int) -> bool:
    """Whether a file is there, and was made of what is there now: the solution, the tests, the operators."""
    try:
        label, data = _read(path, what)
        opened(data, _key(assignment), bytes(label), MOST_BYTES)
    except (Unfit, Unopened):
        return False
    return label == _label(assignment, what, version)


def _label(assignment: Assignment, what: str, version: int) -> _Label:
    return _Label(what, version, _name(assignment), fingerprint_of_tests(assignment), assignment.bank_fingerprint)


def _read(path: Path, what: str) -> tuple[_Label, bytes]:
    try:
        with path.open("rb") as file:
            data = file.read(_MOST_IN_FILE + 1)
    except FileNotFoundError:
        raise Unfit("no-bank") from None
    except OSError:  # a folder, a file of somebody else's
        raise Unfit("bank-damaged") from None
    found = _LABEL.match(data[:500])
    if found is None or found[1] != what.encode() or len(data) > _MOST_IN_FILE:
        raise Unfit("bank-damaged")
    try:
        name, tests, made_of = (one.decode() for one in found.groups()[2:])
    except UnicodeDecodeError:
        raise Unfit("bank-damaged") from None
    return _Label(what, int(found[2]), name, tests, made_of), data[found.end() :]


def _name(assignment: Assignment) -> str:
    """The assignment's name on one line, without a space."""
    return re.sub(r"\s", "_", assignment.name)[:50]


def fingerprint_of_tests(assignment: Assignment) -> str:
    """A fingerprint of what a student's copy has of the tests: the public ones, and what their inputs come from."""
    own = [*assignment.tests(hidden=False), *filter(None, [assignment.problems])]
    files = [path for path in own if path.is_file()]
    texts = [path.read_text("utf-8", errors="replace") for path in (*files, *assignment.shared(files))]
    data = [path.read_bytes() for path in assignment.recorded(hidden=False)]
    # `read_text` makes the lines of every system alike
    return fingerprint(*texts, *data)


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
