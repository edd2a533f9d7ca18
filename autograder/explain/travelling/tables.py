"""A bank as a few tables of numbers: small, without the solution's text, and read without trusting what was read.

Each different text, list of numbers and leaf is there once. What mutants return is kept in float32, which is a tenth of
what counts as the same; what is right stays in float64, as a step is the difference of two close values.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Collection, Hashable, Iterable, Sequence
from dataclasses import replace
from typing import Any, Generic, TypeVar

import numpy as np

from autograder.explain.leaves import WIDTH, Leaf, same
from autograder.explain.mutation.bank import Bank, WrongAnswer
from autograder.explain.mutation.mutants import Mutant
from autograder.explain.travelling.sealing import MOST_BYTES
from autograder.wire import FrameError, encode
from autograder.wire.codec import Bounds, decode

_BOUNDS = Bounds(payload=MOST_BYTES, header=2**19)
_MOST_ROWS = 300_000
_MOST_AXES = 16
# what float32 loses of a list of numbers, as a share of its length, where it is kept so
_LOSES = 1e-7
_SINGLE, _DOUBLE = 0, 1

Item = TypeVar("Item", bound=Hashable)


class _Numbered(Generic[Item]):
    """Different things, each with a number."""

    def __init__(self) -> None:
        self.numbers: dict[Item, int] = {}

    def __getitem__(self, item: Item) -> int:
        return self.numbers.setdefault(item, len(self.numbers))

    def __iter__(self) -> Any:
        return iter(self.numbers)


def packed(bank: Bank, tests: Collection[str], told: Callable[[Mutant], str]) -> bytes:
    """The part of a bank that explains wrong answers to some tests.

    Args:
        bank: The bank.
        tests: Names of the tests.
        told: What a student may read of a mutant.
    """
    tests = [test for test in bank.right if test in tests]
    failing = {one.mutant for test in tests for one in bank.answers[test] if one.outcome in ("failed", "error")}
    numbers = {number: place for place, number in enumerate(sorted(failing))}
    writer = _Writer()
    mutants = [bank.mutants[number] for number in numbers]
    record = {
        "mutants": _table((writer.texts[one.code], writer.texts[one.function], one.line) for one in mutants),
        "told": _table((writer.texts[told(one)],) for one in mutants),
        "prints": np.frombuffer(bytes.fromhex("".join(one.key[1] for one in mutants)), np.uint8),
        "tests": [writer.test(bank, test, numbers) for test in tests],
    }
    return encode({**record, **writer.record()}, bounds=_BOUNDS)


class _Writer:
    def __init__(self) -> None:
        self.texts: _Numbered[str] = _Numbered()
        self._shapes: _Numbered[tuple[int, ...]] = _Numbered()
        self._sizes: _Numbered[tuple[tuple[str, int], ...]] = _Numbered()
        self._numbers: _Numbered[tuple[int, tuple[float, ...]]] = _Numbered()
        self._leaves: _Numbered[tuple[int, ...]] = _Numbered()

    def test(self, bank: Bank, test: str, numbers: dict[int, int]) -> dict[str, Any]:
        right = [self._leaf(leaf, _DOUBLE) for leaf in bank.right[test]]
        known = {leaf.key: leaf for leaf in bank.right[test]}
        answers, leaves = [], []
        for one in bank.answers[test]:
            if one.mutant in numbers:
                answers.append((numbers[one.mutant], self.texts[one.outcome], len(one.leaves)))
                leaves += [self._of_mutant(leaf, known.get(leaf.key)) for leaf in one.leaves]
        return {
            "test": test,
            "question": bank.questions[test],
            "calls": bank.calls[test],
            "right": _table((number,) for number in right),
            "answers": _table(answers),
            "leaves": _table((number,) for number in leaves),
        }

    def _of_mutant(self, leaf: Leaf, right: Leaf | None) -> int:
        """A mutant's leaf; the solution's where it is the same."""
        if right is not None and leaf.dtype == right.dtype and same(leaf, right):
            return self._leaf(right, _DOUBLE)
        return self._leaf(replace(leaf, sizes=()), _SINGLE if _is_close(leaf.numbers) else _DOUBLE)

    def _leaf(self, leaf: Leaf, kind: int) -> int:
        texts = (self.texts[leaf.name], self.texts[leaf.path], self.texts[leaf.dtype])
        others = (self._shapes[leaf.shape], self._sizes[leaf.sizes], self._numbers[kind, leaf.numbers])
        return self._leaves[(leaf.call, *texts, *others)]

    def record(self) -> dict[str, Any]:
        """The tables that the others point into."""
        pools = [[one for kind, numbers in self._numbers if kind == wanted for one in numbers] for wanted in (0, 1)]
        return {
            "texts": list(self.texts),
            "shapes": list(self._shapes),
            "sizes": list(self._sizes),
            "numbers": _table((kind, len(numbers)) for kind, numbers in self._numbers),
            "single": np.array(pools[_SINGLE], np.float32),
            "double": np.array(pools[_DOUBLE], np.float64),
            "all": _table(self._leaves),
        }


def _is_close(numbers: tuple[float, ...]) -> bool:
    """Whether float32 keeps what matters of a list of numbers."""
    with np.errstate(over="ignore"):
        kept = np.array(numbers, np.float32).tolist()
    # unlike NumPy's norm, these square no number that is too small for that
    return math.dist(kept, numbers) <= _LOSES * math.hypot(*numbers)


def _table(rows: Iterable[Sequence[int]]) -> np.ndarray:
    """Rows of whole numbers as columns, in the smallest dtype that holds them."""
    array = np.array(list(rows), np.uint32).T
    kinds = (kind for kind in (np.uint8, np.uint16) if array.size and array.max() <= np.iinfo(kind).max)
    return np.ascontiguousarray(array.astype(next(kinds, np.uint32)))


def unpacked(content: bytes) -> Bank:
    """The bank that `packed` wrote, without the texts of its mutants.

    Raises:
        ValueError: When the content is something else, or too much.
    """
    try:
        return _Reader(decode(content, bounds=_BOUNDS)).bank()
    except (KeyError, TypeError, IndexError, AttributeError, OverflowError) as error:
        raise ValueError(f"expected the tables of a bank ({type(error).__name__})") from None


class _Reader:
    def __init__(self, record: dict[str, Any]) -> None:
        self._record = record
        self._left = _MOST_ROWS
        self._texts: list[str] = [_text(one) for one in record["texts"]]
        shapes = [tuple(map(int, one)) for one in record["shapes"]]
        if any(len(one) > _MOST_AXES for one in shapes):
            raise FrameError("expected shapes of arrays")
        sizes = [tuple((_text(name), int(size)) for name, size in one) for one in record["sizes"]]
        numbers = self._numbers()
        self._leaves = [
            Leaf(call, self._texts[name], self._texts[path], shapes[shape], self._texts[dtype], numbers[row], sizes[of])
            for call, name, path, dtype, shape, of, row in self._rows(record["all"], 7)
        ]

    def _numbers(self) -> list[tuple[float, ...]]:
        pools = [np.array(self._record[name], np.float64) for name in ("single", "double")]
        if not all(pool.ndim == 1 and np.isfinite(pool).all() for pool in pools):
            raise FrameError("expected finite numbers")
        positions, found = [0, 0], []
        for kind, count in self._rows(self._record["numbers"], 2):
            start = positions[kind]
            positions[kind] += count
            if count > WIDTH or positions[kind] > len(pools[kind]):
                raise FrameError("expected as many numbers as there are")
            found.append(tuple(pools[kind][start : start + count].tolist()))
        return found

    def _rows(self, array: Any, width: int) -> list[tuple[int, ...]]:
        """The rows of a table."""
        if type(array) is not np.ndarray or array.dtype.kind != "u":
            raise FrameError("expected a table of whole numbers")
        if not array.size:
            return []
        if array.ndim != 2 or len(array) != width or array.shape[1] > self._left:
            raise FrameError(f"expected a table of {width} columns, and not too many rows")
        self._left -= array.shape[1]
        return list(zip(*array.tolist(), strict=True))

    def bank(self) -> Bank:
        """All of it."""
        record = self._record
        prints = record["prints"].tobytes().hex()
        rows, told = self._rows(record["mutants"], 3), self._rows(record["told"], 1)
        digits = len(prints) // max(len(rows), 1)
        bank = Bank()
        for place, ((code, function, line), (text,)) in enumerate(zip(rows, told, strict=True)):
            texts = (self._texts[code], self._texts[function])
            own = prints[place * digits : (place + 1) * digits]
            bank.mutants.append(Mutant(*texts, line, "", "", "", self._texts[text], own))
        for one in record["tests"]:
            self._add(bank, one, len(rows))
        return bank

    def _add(self, bank: Bank, one: dict[str, Any], mutants: int) -> None:
        test = _text(one["test"])
        leaves = [self._leaves[number] for (number,) in self._rows(one["leaves"], 1)]
        bank.right[test] = tuple(self._leaves[number] for (number,) in self._rows(one["right"], 1))
        bank.questions[test] = _text(one["question"])
        bank.calls[test] = tuple(map(_text, one["calls"]))
        bank.answers[test] = found = []
        start = 0
        for mutant, outcome, count in self._rows(one["answers"], 3):
            if mutant >= mutants or start + count > len(leaves):
                raise FrameError("expected answers of known mutants")
            found.append(WrongAnswer(mutant, self._texts[outcome], "", tuple(leaves[start : start + count])))
            start += count


def _text(value: Any) -> str:
    if type(value) is not str:
        raise FrameError("expected a text")
    return value
