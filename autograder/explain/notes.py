"""What a process noted of the values of its expressions, read with care."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assertions.failure import CheckFailed
from autograder.engine.answers import place_of, texts_of
from autograder.engine.observed import Observed
from autograder.engine.session import Session
from autograder.explain.leaves import sketch
from autograder.facts.fact import Place
from autograder.fingerprint import fingerprint
from autograder.wire import FrameError, encode

MOST_NOTES = 1200
_MOST_NAMES = 40
# two values of different precisions, such as a float64 of the solution and a float32 of the submission, are the same
_CLOSE = {"float32": 1e-4}
_CLOSEST = 1e-10


@dataclass(frozen=True)
class Note:
    """A value that an expression computed.

    Attributes:
        place: Where the expression stands.
        columns: Where in its line the expression begins and ends.
        path: The way to the value in what it computed, such as `['W1']`.
        statement: The number of its statement in its function; 0 for what the function is given.
        reads: The names that it reads.
        binds: The names that get the value, such as `("grads", "['W1']")`.
        is_part: Whether it is only a part of that value.
        leaves_tensors: Whether numbers of Python or NumPy came of tensors here, which no tape records.
        is_name: Whether it is no more than a name, or a number that is written out.
        dtype: The value's dtype.
        size: How many entries it has. Arrays of one size and the same numbers are the same, whatever their shapes.
        numbers: Its entries, or projections of them.
    """

    place: Place
    columns: tuple[int, int]
    path: str
    statement: int
    reads: tuple[str, ...]
    binds: tuple[str, ...]
    is_part: bool
    is_name: bool
    leaves_tensors: bool
    dtype: str
    size: int
    numbers: tuple[float, ...]


class Values:
    """Values that are looked for among others."""

    def __init__(self, notes: Iterable[Note]) -> None:
        by_size: dict[int, list[Note]] = {}
        for note in notes:
            if note.numbers:
                by_size.setdefault(note.size, []).append(note)
        self._by_size = {size: _Table(found) for size, found in by_size.items()}

    def __contains__(self, note: Note) -> bool:
        table = self._by_size.get(note.size)
        return table is not None and table.has(note)


class _Table:
    def __init__(self, notes: Sequence[Note]) -> None:
        self._numbers = np.array([note.numbers for note in notes])
        self._norms = np.linalg.norm(self._numbers, axis=1)
        self._close = np.array([_CLOSE.get(note.dtype, _CLOSEST) for note in notes])

    def has(self, note: Note) -> bool:
        numbers = np.array(note.numbers)
        apart = np.linalg.norm(self._numbers - numbers, axis=1)
        close = np.maximum(self._close, _CLOSE.get(note.dtype, _CLOSEST))
        return bool((apart <= close * (self._norms + np.linalg.norm(numbers))).any())


def recorded(session: Session, one: Observed) -> list[Note] | None:
    """The values of a text's statements in a call; None where they cannot be had."""
    try:
        return notes_of(session.request("record", name=one.name, arguments=one.arguments).get("value"))
    except (CheckFailed, FrameError):
        return None


def call_key(one: Observed) -> str | None:
    """A hash of what was called with what; None of an object that stayed where the submission runs."""
    try:
        return fingerprint(encode((one.name, one.arguments)))
    except FrameError:
        return None


def notes_of(value: Any) -> list[Note] | None:
    """The notes in what a process sent; None for what is none."""
    if type(value) is not dict or type(value.get("places")) is not dict or type(value.get("notes")) is not list:
        return None
    found = []
    for note in value["notes"][:MOST_NOTES]:
        if type(note) is not list or len(note) != 3:
            return None
        number, path, array = note
        place = value["places"].get(str(number)) if type(number) is int else None
        if type(place) is not dict or type(path) is not str or type(array) is not np.ndarray:
            return None
        statement = place.get("statement")
        numbers = sketch(array) if array.dtype.kind in "fiub" else ()
        if numbers and type(statement) is int:
            reads, binds = (tuple(texts_of(place.get(name), _MOST_NAMES)) for name in ("reads", "binds"))
            found.append(
                Note(
                    place=place_of(place),
                    columns=_columns(place.get("columns")),
                    path=path[:100],
                    statement=statement,
                    reads=reads,
                    binds=binds,
                    is_part=place.get("is_part") is True,
                    is_name=place.get("is_name") is True,
                    leaves_tensors=place.get("leaves_tensors") is True,
                    dtype=str(array.dtype),
                    size=array.size,
                    numbers=numbers,
                )
            )
    return found


def _columns(value: Any) -> tuple[int, int]:
    if type(value) is list and len(value) == 2 and all(type(one) is int for one in value):
        return value[0], value[1]
    return 0, 0
