"""A bank that is damaged, or made to do harm: it is refused, and that is told on one line."""

from __future__ import annotations

import pickle
import tracemalloc

import numpy as np
import pytest

from autograder.assignment.definition import find_assignment
from autograder.explain.travelling import file, sealing
from autograder.explain.travelling.file import travelling_bank
from autograder.explain.travelling.lock import Unopened, locked, opened
from autograder.explain.travelling.sealing import Unfit
from autograder.explain.travelling.tables import MOST_BYTES, packed, unpacked
from autograder.wire import decode, encode
from tests.explain.kits import OTHER_DERIVATIVE, Kit
from tests.explain.small_bank import a_bank

pytestmark = pytest.mark.turns(4)


def with_content(kit: Kit, content: bytes) -> None:
    """Puts some content into a bank, with the right key."""
    label, _ = sealing._read(kit.bank, "bank")
    kit.bank.write_bytes(bytes(label) + locked(content, sealing._key(kit.assignment), bytes(label)))


class Runs:
    def __reduce__(self):
        return (exec, ("raise SystemExit('it runs')",))


def tables(**changes: object) -> bytes:
    record = decode(packed(a_bank(), {"test_public"}, lambda mutant: mutant.yours))
    test = {name: changes.pop(name) for name in ("answers", "leaves", "right") if name in changes}
    return encode({**record, "tests": [{**record["tests"][0], **test}], **changes})


HOSTILE = {
    "nothing": b"",
    "text": b"import os",
    "a pickle": pickle.dumps(Runs()),
    "a list": encode([1, 2, 3]),
    "deep": b"\xff\xff\x00\x00" + b"[" * 0xFFFF,
    "no tables": encode({}),
    "rows that are not there": tables(right=np.array([[200]], np.uint8)),
    "mutants that are not there": tables(answers=np.array([[9], [1], [0]], np.uint8)),
    "more leaves than there are": tables(answers=np.array([[0], [1], [2**31]], np.uint32)),
    "numbers that are none": tables(double=np.array([np.nan] * 8)),
    "signed rows": tables(right=np.array([[-1]], np.int8)),
    "texts that are none": tables(texts=[1] * 20),
    "sizes of another form": tables(sizes=[[[]]]),
    "a table of another width": tables(mutants=np.zeros((2, 2), np.uint8)),
    "endless rows": tables(all=np.zeros((7, 400_000), np.uint8)),
}


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in HOSTILE.items()])
def test_content_of_another_form_is_refused(tmp_path, content):
    kit = Kit.of("03", tmp_path)
    with_content(kit, tables())
    assert travelling_bank(kit.assignment).mutants
    with_content(kit, content)
    with pytest.raises(Unfit, match="bank-damaged"):
        travelling_bank(kit.assignment)


def test_the_largest_content_takes_little_memory():
    rows = np.zeros((3, 250_000), np.uint8)
    tracemalloc.start()
    try:
        bank = unpacked(tables(answers=rows))
        assert len(bank.answers["test_public"]) == 250_000
        assert tracemalloc.get_traced_memory()[1] < 150 * 2**20
    finally:
        tracemalloc.stop()


def test_a_little_that_becomes_much_is_not_unpacked():
    huge = locked(bytes(200 * 2**20), b"key", b"")
    assert len(huge) < 300_000
    with pytest.raises(Unopened, match="at most"):
        opened(huge, b"key", b"", MOST_BYTES)


def other_version(kit: Kit) -> None:
    data = kit.bank.read_bytes()
    kit.bank.write_bytes(data.replace(f"bank {file.VERSION} ".encode(), f"bank {file.VERSION + 1} ".encode(), 1))


def a_folder(kit: Kit) -> None:
    kit.bank.unlink()
    kit.bank.mkdir()


def flipped(kit: Kit) -> None:
    data = bytearray(kit.bank.read_bytes())
    data[len(data) // 2] ^= 1
    kit.bank.write_bytes(data)


DAMAGE = {
    "missing": (lambda kit: kit.bank.unlink(), "There is no bank of usual mistakes here"),
    "empty": (lambda kit: kit.bank.write_bytes(b""), "is damaged"),
    "cut short": (lambda kit: kit.bank.write_bytes(kit.bank.read_bytes()[:-100]), "is damaged"),
    "only a label": (lambda kit: kit.bank.write_bytes(bytes(sealing._read(kit.bank, "bank")[0])), "is damaged"),
    "one bit": (flipped, "is damaged"),
    "random": (lambda kit: kit.bank.write_bytes(np.random.default_rng(1).bytes(100_000)), "is damaged"),
    "huge": (lambda kit: kit.bank.write_bytes(kit.bank.read_bytes() + bytes(50 * 2**20)), "is damaged"),
    "a folder": (a_folder, "is damaged"),
    "of another assignment": (
        lambda kit: kit.bank.write_bytes(find_assignment("04").travelling_bank.read_bytes()),
        "belongs to other tests",
    ),
    "of another version": (other_version, "is for another version of this program"),
}


@pytest.mark.parametrize("damage, why", [pytest.param(*one, id=name) for name, one in DAMAGE.items()])
def test_a_bank_that_cannot_be_read_costs_a_line_and_no_mark(tmp_path, damage, why):
    kit = Kit.of("03", tmp_path)
    wrong = kit.submission(OTHER_DERIVATIVE)
    damage(kit)
    status, out = kit.run("check", kit.assignment.folder, wrong)
    assert status == 1 and "22.75 of 29.75 public points" in " ".join(out.split())
    (line,) = [line for line in out.splitlines() if "bank" in line and "mine.py" not in line]
    assert why in line and line.endswith("Get a fresh copy of the assignment.")
