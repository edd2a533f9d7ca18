"""The bank beside the recorded values: what it keeps, what it hides, and what is told of one that is damaged."""

from __future__ import annotations

import math
import pickle
import re
import struct
import zlib

import numpy as np
import pytest

from autograder.assignment.definition import find_assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.recorded import read_recorded
from autograder.explain.diagnosis import trials
from autograder.explain.diagnosis.explainer import Explainer
from autograder.explain.leaves import Leaf, same
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant
from autograder.explain.travelling import file
from autograder.explain.travelling.file import NoBank, is_up_to_date, made, travelling_bank
from autograder.explain.travelling.lock import Unopened, locked, opened
from autograder.explain.travelling.tables import MOST_BYTES, packed, unpacked
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import new_template
from autograder.wire import decode, encode
from autograder.wire.trees import array_of, leaves
from tests.explain.kits import Kit

NAMES = ("03_numpy_net", "04_tape_net", "10_search")


def leaf(path: str, *numbers: float, dtype: str = "float64", sizes: tuple[tuple[str, int], ...] = ()) -> Leaf:
    return Leaf(0, "f", path, (len(numbers),), dtype, numbers, sizes)


def a_bank() -> Bank:
    """A bank of three mutants and two tests, one of them hidden, with numbers of all magnitudes."""
    texts = [(f"a + {'b' * n}", f"def f(a, b):\n    return a + {n}") for n in range(3)]
    mutants = [Mutant("sign", "f", 3 + n, "a - b", *text) for n, text in enumerate(texts)]
    right = leaf("['W1']", 1 / 3, math.pi, sizes=(("number of examples", 7), ("number of columns", 3)))
    wrong = [
        leaf("['W1']", 7 / 3, 7 * math.pi),
        leaf("['W1']", 1e-200, -3e-200),
        leaf("['b1']", 1e140, 2.0, dtype="float32"),
        Leaf(1, "g", "", (), "float64", ()),
    ]
    answers = [
        WrongAnswer(0, "failed", "a message", (wrong[0], wrong[2], wrong[3])),
        WrongAnswer(1, "passed", "", (right,)),
        WrongAnswer(2, "error", "", (wrong[1], right)),
    ]
    bank = Bank(mutants)
    for test in ("test_public", "test_hidden"):
        bank.right[test], bank.questions[test], bank.calls[test] = (right,), "1.1", ("f", "g")
        bank.answers[test] = answers
    return bank


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


def test_numbers_are_kept_ten_times_as_closely_as_they_are_compared():
    rng = np.random.default_rng(3)
    exact = [tuple((rng.normal(size=8) * 10.0 ** rng.integers(-120, 120)).tolist()) for _ in range(400)]
    bank = Bank([Mutant("sign", "f", 1, "", "", "x")], {"t": ()}, {"t": "1"}, {"t": ()})
    bank.answers["t"] = [WrongAnswer(0, "failed", "", tuple(leaf(f"[{n}]", *one) for n, one in enumerate(exact)))]
    (answer,) = unpacked(packed(bank, {"t"}, lambda mutant: "")).answers["t"]
    apart = [math.dist(a, b.numbers) / math.hypot(*a) for a, b in zip(exact, answer.leaves, strict=True)]
    assert max(apart) <= 1e-7


@pytest.mark.parametrize("name", NAMES)
def test_banks_are_small_up_to_date_and_for_public_tests_alone(name):
    assignment = find_assignment(name)
    assert assignment.travelling_bank.stat().st_size <= 400_000
    assert is_up_to_date(assignment), f"autograder build {name}"
    bank = travelling_bank(assignment)
    public = (assignment.folder / "tests" / "test_public.py").read_text("utf-8")
    assert len(bank.mutants) > 100 and set(bank.right) <= set(re.findall(r"def (test_\w+)", public))


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
    label, hidden = file._read(assignment.travelling_bank)
    return data, opened(hidden, file._key(assignment), bytes(label), MOST_BYTES)


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
    with pytest.raises(NoBank, match="bank-damaged"):
        travelling_bank(kit.assignment)
    # written otherwise, the same values are the same key
    kit.assignment.expected.write_text(text.replace("\n", "\r\n").replace(", ", ",  "), "utf-8")
    assert travelling_bank(kit.assignment).mutants


# what is damaged


def with_content(kit: Kit, content: bytes) -> None:
    """Puts some content into a bank, with the right key."""
    label, _ = file._read(kit.bank)
    kit.bank.write_bytes(bytes(label) + locked(content, file._key(kit.assignment), bytes(label)))


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
    "endless rows": tables(all=np.zeros((7, 200_000), np.uint8)),
}


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in HOSTILE.items()])
def test_content_of_another_form_is_refused(tmp_path, content):
    kit = Kit.of("03", tmp_path)
    with_content(kit, tables())
    assert travelling_bank(kit.assignment).mutants
    with_content(kit, content)
    with pytest.raises(NoBank, match="bank-damaged"):
        travelling_bank(kit.assignment)


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
    "only a label": (lambda kit: kit.bank.write_bytes(bytes(file._read(kit.bank)[0])), "is damaged"),
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
WITHOUT_MEAN = ('D2 = 2 * (cache["Y_hat"] - Y) / len(Y)', 'D2 = 2 * (cache["Y_hat"] - Y)')
OTHER_DERIVATIVE = ('params["W2"].T * H * (1 - H)', 'params["W2"].T * cache["Z1"] * (1 - cache["Z1"])')


@pytest.mark.parametrize("damage, why", [pytest.param(*one, id=name) for name, one in DAMAGE.items()])
def test_a_bank_that_cannot_be_read_costs_a_line_and_no_mark(tmp_path, damage, why):
    kit = Kit.of("03", tmp_path)
    wrong = kit.submission(OTHER_DERIVATIVE)
    damage(kit)
    status, out = kit.run("check", kit.assignment.folder, wrong)
    assert status == 1 and "18 of 23 points" in out
    (line,) = [line for line in out.splitlines() if "bank" in line]
    assert why in line and line.endswith("Get a fresh copy of the assignment.")


# a student's copy


def wrong_rows(result: dict) -> list[dict]:
    return [row for row in result["questions"] if row["diagnosis"]]


def causes(result: dict) -> dict[str, str]:
    return {row["id"]: row["diagnosis"]["text"] for row in wrong_rows(result)}


def test_a_copy_without_the_solution_has_causes_and_learns_nothing(tmp_path):
    kit = Kit.of("03", tmp_path)
    wrong = kit.submission(OTHER_DERIVATIVE)
    result = kit.check(wrong, "--help-level", "value")
    assert causes(result) == {"03.5": "W1 and b1: the activation's derivative is taken at the wrong value."}
    assert not result["message"] and result["score"] == 18
    status, out = kit.run("check", kit.assignment.folder, wrong)
    assert status == 1 and "bank" not in out and "learning" not in out
    assert not kit.cache.exists()


def test_a_copy_of_04_as_well(tmp_path):
    kit = Kit.of("04", tmp_path)
    changed = kit.submission(("tf.reduce_mean(tf.reduce_sum(", "tf.reduce_sum(tf.reduce_sum("))
    found = causes(kit.check(changed, "-q", "04.3"))
    assert "7 is your number of examples" in found["04.3"]


def test_with_the_solution_lines_are_told_and_nothing_is_learned(tmp_path):
    kit = Kit.of("03", tmp_path, solution=True)
    wrong = kit.submission(OTHER_DERIVATIVE)
    (row,) = wrong_rows(kit.check(wrong))
    line = wrong.read_text("utf-8").splitlines().index("    D1 = D2 @ " + OTHER_DERIVATIVE[1]) + 1
    place = row["diagnosis"]["causes"][0]["place"]
    assert row["diagnosis"]["code"] == "derivative-value"
    # the mistake is in one of these lines
    assert place["function"] == "backward" and place["line"] <= line <= place["until"] <= line + 2
    assert not kit.cache.exists()


def test_a_changed_solution_is_not_explained_by_the_old_bank(tmp_path):
    kit = Kit.of("03", tmp_path, solution=True)
    path = kit.assignment.solution
    path.write_text(path.read_text("utf-8") + "\n# changed\n", "utf-8")
    result = kit.check(kit.submission(OTHER_DERIVATIVE))
    assert not causes(result)
    assert "(authors: `autograder build 03_numpy_net`)" in result["message"]


# without a bank


def test_without_a_bank_the_recorded_values_prove_a_factor(tmp_path):
    kit = Kit.of("03", tmp_path)
    kit.bank.unlink()
    result = kit.check(kit.submission(WITHOUT_MEAN))
    told = "W1, b1, W2 and b2 are all 7 times too large. 7 is your number of examples, so a mean over the examples is "
    assert causes(result) == {"03.5": told + "missing."}
    assert "There is no bank" in result["message"]


KEPT = """

SEEN = []
right = mse_loss


def mse_loss(Y_hat, Y):
    SEEN.append(1)
    return right(Y_hat, Y) + len(SEEN)
"""


def test_without_a_bank_a_second_call_proves_what_is_kept(tmp_path, monkeypatch):
    # on a busy machine as well
    monkeypatch.setattr(trials, "_SECONDS", 60.0)
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    kit = Kit.of("03", tmp_path)
    kit.bank.unlink()
    path = kit.submission()
    path.write_text(path.read_text("utf-8") + KEPT, "utf-8")
    template = new_template("numpy")
    explainer = Explainer(kit.assignment, DEFAULT_SEED)
    grader = Grader(kit.assignment, template.control(), hidden=False, only=("03.4",), explainer=explainer)
    (row,) = grader.grade(Submission("mine", path)).result.questions
    grader.close()
    template.close()
    assert row.diagnosis.code == "kept-state"


def test_without_a_bank_a_second_call_with_another_seed_proves_that_the_seed_is_not_used(tmp_path):
    kit = Kit.of("03", tmp_path)
    wrong = kit.submission(("order = rng.permutation(len(X))", "order = np.arange(len(X))"))
    assert causes(kit.check(wrong)) == {"03.7": "W1, b1, W2, b2 and losses: the examples are not shuffled."}
    kit.bank.unlink()
    told = "The randomness is not the one that was given: another seed or generator, another order of draws, or none."
    assert causes(kit.check(wrong)) == {"03.7": told}


# an author


def test_a_bank_is_out_of_date_when_what_it_was_made_of_is(tmp_path):
    kit = Kit.of("03", tmp_path, solution=True)
    assert is_up_to_date(kit.assignment)
    folder = kit.assignment.folder
    for path in (
        folder / "solution.py",
        folder / "tests" / "test_public.py",
        folder / "tests" / "test_hidden.py",
        folder.parent / "common" / "two_layer.py",
        folder.parent / "common" / "two_layer_mistakes.py",
        kit.bank,
    ):
        content = path.read_bytes()
        path.write_bytes(content + b"\n# more\n")
        assert not is_up_to_date(type(kit.assignment).load(folder)), path
        path.write_bytes(content)
    assert is_up_to_date(type(kit.assignment).load(folder))


def test_build_tells_what_is_out_of_date_without_learning(tmp_path):
    kit = Kit.of("03", tmp_path, solution=True)
    assert kit.run("build", kit.assignment.folder, "--check")[0] == 0
    other_version(kit)
    status, out = kit.run("build", kit.assignment.folder, "--check")
    assert status == 1 and f"out of date: {kit.bank}; run `autograder build 03_numpy_net`" in out
    assert not kit.cache.exists()


def test_a_bank_beyond_what_is_read_is_not_written(tmp_path, monkeypatch):
    kit = Kit.of("03", tmp_path, solution=True)
    monkeypatch.setattr(file, "_MOST_BYTES", 100)
    with pytest.raises(file.UsageError, match="leave out the questions"):
        made(kit.assignment, a_bank(), ["test_public"])
