"""The bank beside the recorded values: what it keeps, and what it hides."""

from __future__ import annotations

import json
import math
import re
import struct
import zlib

import numpy as np
import pytest

from autograder.assignment.definition import find_assignment
from autograder.engine.recorded import read_recorded
from autograder.explain.leaves import same
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant
from autograder.explain.travelling import sealing, steps
from autograder.explain.travelling.file import is_up_to_date, travelling_bank
from autograder.explain.travelling.lock import Unopened, locked, opened
from autograder.explain.travelling.sealing import Unfit
from autograder.explain.travelling.tables import MOST_BYTES, packed, unpacked
from autograder.wire import decode
from autograder.wire.trees import array_of, leaves
from tests.course import ASSIGNMENTS
from tests.explain.kits import Kit
from tests.explain.small_bank import a_bank, leaf

# what it keeps


def test_what_explains_is_kept_and_what_gives_the_solution_away_is_not():
    whole = a_bank()
    content = packed(whole, {"test_public"}, lambda mutant: mutant.yours)
    bank = unpacked(content)
    assert list(bank.right) == ["test_public"]
    assert bank.questions == {"test_public": "1.1"} and bank.calls == {"test_public": ("f", "g")}
    # what no test fails explains nothing
    kept = [whole.mutants[0], whole.mutants[2]]
    assert [one.key for one in bank.mutants] == [one.key for one in kept]
    assert len({one.key for one in bank.mutants}) == 2
    assert [(one.code, one.function, one.line, one.yours) for one in bank.mutants] == [
        (one.code, one.function, one.line, one.yours) for one in kept
    ]
    assert {(one.before, one.after, one.source) for one in bank.mutants} == {("", "", "")}
    assert bank.right["test_public"] == whole.right["test_public"]
    answers = bank.answers["test_public"]
    assert [(one.mutant, one.outcome, one.message) for one in answers] == [(0, "failed", ""), (1, "error", "")]
    for one, other in zip(answers, (whole.answers["test_public"][0], whole.answers["test_public"][2]), strict=True):
        assert [(a.key, a.shape, a.dtype) for a in one.leaves] == [(b.key, b.shape, b.dtype) for b in other.leaves]
        assert all(same(a, b) for a, b in zip(one.leaves, other.leaves, strict=True) if b.numbers)
    # what is right in a mutant's answer is the right leaf itself
    assert answers[1].leaves[1] == bank.right["test_public"][0]


def test_a_bank_without_mistakes_travels_as_well():
    bank = Bank([], {"t": (leaf("", 1.0),)}, {"t": "1"}, {"t": ("f",)}, {"t": []})
    assert unpacked(packed(bank, {"t"}, lambda mutant: "")) == bank


def test_numbers_are_kept_ten_times_as_closely_as_they_are_compared():
    rng = np.random.default_rng(3)
    exact = [tuple((rng.normal(size=8) * 10.0 ** rng.integers(-120, 120)).tolist()) for _ in range(400)]
    bank = Bank([Mutant("sign", "f", 1, "", "", "x")], {"t": ()}, {"t": "1"}, {"t": ()})
    bank.answers["t"] = [WrongAnswer(0, "failed", "", tuple(leaf(f"[{n}]", *one) for n, one in enumerate(exact)))]
    (answer,) = unpacked(packed(bank, {"t"}, lambda mutant: "")).answers["t"]
    apart = [math.dist(a, b.numbers) / math.hypot(*a) for a, b in zip(exact, answer.leaves, strict=True)]
    assert max(apart) <= 1e-7


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_banks_are_small_up_to_date_and_for_public_tests_alone(name):
    assignment = find_assignment(name)
    sizes = [path.stat().st_size for path in (assignment.travelling_bank, assignment.travelling_steps)]
    assert sum(sizes) <= 400_000
    assert is_up_to_date(assignment) and steps.is_up_to_date(assignment), f"autograder build {name}"
    bank = travelling_bank(assignment)
    public = (assignment.folder / "tests" / "test_public.py").read_text("utf-8")
    assert len(bank.mutants) > 30 and set(bank.right) <= set(re.findall(r"def (test_\w+)", public))


# what it hides


def right_values() -> np.ndarray:
    """All numbers that are recorded as right answers to 03, besides those that anybody would guess."""
    answers = [decode(payload)["value"] for payload in read_recorded(find_assignment("03")).values()]
    found = [array_of(value) for answer in answers for _, value in leaves(answer)]
    arrays = [np.asarray(one, np.float64).ravel() for one in found if isinstance(one, (float, np.ndarray))]
    values = np.unique(np.concatenate(arrays))
    return values[np.abs(values) % 0.125 > 1e-9]


def numbers_in(data: bytes) -> np.ndarray:
    """What the bytes are as float32 and float64, wherever one may begin."""
    found = []
    for dtype in (np.dtype("<f4"), np.dtype("<f8")):
        for start in range(dtype.itemsize):
            count = (len(data) - start) // dtype.itemsize
            found.append(np.frombuffer(data, dtype, count, start).astype(np.float64))
    numbers = np.concatenate(found)
    return numbers[np.isfinite(numbers)]


def told_by(data: bytes, values: np.ndarray, bits: int) -> int:
    """How many numbers in some bytes are a right value to more than so many bits."""
    with np.errstate(all="ignore"):
        numbers = numbers_in(data)
        places = np.clip(np.searchsorted(values, numbers), 1, len(values) - 1)
        apart = np.minimum(np.abs(values[places] - numbers), np.abs(values[places - 1] - numbers))
        return int((apart <= np.abs(numbers) * 2.0**-bits).sum())


def uncompressed(data: bytes) -> bytes:
    """Whatever in some bytes can be uncompressed, wherever it may begin."""
    found = []
    for start in range(len(data)):
        for window in (15, -15):
            try:
                text = zlib.decompressobj(window).decompress(data[start : start + 4096], 4096)
            except zlib.error:
                continue
            found.append(text if len(text) > 64 else b"")
    return b"".join(found)


def contents() -> tuple[bytes, bytes]:
    """The bank of 03 as it lies there, and what is in it."""
    assignment = find_assignment("03")
    data = assignment.travelling_bank.read_bytes()
    label, hidden = sealing._read(assignment.travelling_bank, "bank")
    return data, opened(hidden, sealing._key(assignment), bytes(label), MOST_BYTES)


def test_the_bank_alone_tells_no_right_value():
    data, plain = contents()
    values = right_values()
    assert len(values) > 500
    hidden = data[data.index(b"\n") + 1 :]
    # a right value of 8 bits comes by chance as often as in any bytes; what is inside shows that it would be seen
    chance = np.mean([told_by(np.random.default_rng(n).bytes(len(hidden)), values, 8) for n in range(4)])
    assert abs(told_by(hidden, values, 8) - chance) < 6 * math.sqrt(chance)
    assert told_by(plain, values, 8) > chance + 20 * math.sqrt(chance)
    assert told_by(plain, values, 30) > 50 > 0 == told_by(hidden, values, 30)


def test_no_number_and_no_text_of_the_solution_is_in_the_bank():
    data, plain = contents()
    texts = {pattern for value in right_values() for pattern in patterns_of(float(value))}
    lines = find_assignment("03").solution.read_text("utf-8").splitlines()
    texts |= {line.strip().encode() for line in lines if len(line.strip()) >= 8}
    seen = data[data.index(b"\n") + 1 :]
    for place in (seen, uncompressed(seen)):
        assert not [text for text in texts if text in place]
    # not even for those who have the recorded values and open it: of the numbers they have, of the text nothing
    code = [line.strip().encode() for line in lines if re.search(r"[=(@*]", line) and len(line.strip()) >= 12]
    assert not [line for line in code if line in plain]


def patterns_of(value: float) -> list[bytes]:
    exact = (f"{value:.8g}", f"{value:.9f}", repr(value))
    return [struct.pack("<d", value), struct.pack(">d", value), *(text.encode() for text in exact if len(text) > 7)]


def test_what_is_told_of_mistakes_is_no_piece_of_the_solution():
    words = re.findall(r"\w+|[^\w\s]", find_assignment("03").solution.read_text("utf-8"))
    known = {tuple(words[start : start + 4]) for start in range(len(words))}
    told = [re.findall(r"\w+|[^\w\s]", one.yours) for one in travelling_bank(find_assignment("03")).mutants]
    assert sum(map(bool, told)) > 300
    assert not [one for one in told if any(tuple(one[start : start + 4]) in known for start in range(len(one) - 3))]


def test_bytes_are_those_of_chance():
    data, _ = contents()
    counts = np.bincount(np.frombuffer(data[data.index(b"\n") + 1 :], np.uint8), minlength=256)
    expected = counts.sum() / 256
    # chi-square with 255 degrees of freedom: beyond 400 once in a hundred million
    assert ((counts - expected) ** 2 / expected).sum() < 400


def test_two_keys_and_two_contents_share_nothing():
    content = bytes(5000)
    one, two = locked(content, b"key", b"03"), locked(content, b"kez", b"03")
    other = locked(content[:-1] + b"\1", b"key", b"03")
    for first, second in ((one, two), (one, other)):
        length = min(len(first), len(second))
        alike = np.frombuffer(first[:length], np.uint8) == np.frombuffer(second[:length], np.uint8)
        assert alike.sum() <= 5
    with pytest.raises(Unopened):
        opened(one, b"kez", b"03", 10_000)
    with pytest.raises(Unopened):
        opened(one, b"key", b"04", 10_000)


def test_another_value_does_not_open_it(tmp_path):
    kit = Kit.of("03", tmp_path)
    assert travelling_bank(kit.assignment).mutants
    text = kit.assignment.expected.read_text("utf-8")
    number = re.search(r"\d\.\d{14,}", text)
    last = number[0][-1]
    changed = text[: number.end() - 1] + ("1" if last != "1" else "2") + text[number.end() :]
    kit.assignment.expected.write_text(changed, "utf-8")
    with pytest.raises(Unfit, match="bank-damaged"):
        travelling_bank(kit.assignment)
    # written otherwise, the same values are the same key
    kit.assignment.expected.write_text(json.dumps(json.loads(text), indent=3).replace("\n", "\r\n"), "utf-8")
    assert travelling_bank(kit.assignment).mutants
