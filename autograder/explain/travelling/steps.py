"""`expected/steps.bin`: the values that the solution has on its way in each public call, for copies without it.

The line of a mistake is where a submission first has a value that the solution never has. For that nothing of the
solution is needed but the values themselves: no name, no text, and in no order.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from autograder.assignment.definition import Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.observed import Observed
from autograder.engine.reference import ReferenceStore
from autograder.errors import UsageError
from autograder.explain.leaves import WIDTH
from autograder.explain.mutation.rehearsal import Rehearsal
from autograder.explain.notes import Note, call_key, recorded
from autograder.explain.travelling.sealing import MOST_BYTES, Unfit, is_sealed_for, sealed, unsealed
from autograder.facts.fact import Place
from autograder.handin.sources import Source
from autograder.isolation.host.starting import Spawner
from autograder.wire import FrameError, decode, encode
from autograder.wire.codec import Bounds

VERSION = 1
Steps = dict[str, list[Note]]
_BOUNDS = Bounds(payload=MOST_BYTES, header=2**16)
# a training of many steps has more values than tell where a mistake is
_MOST_OF_A_CALL = 400
# of a hash, in hexadecimal
_DIGITS = 16
_SINGLE, _PART = 1, 2


def travelling_steps(assignment: Assignment) -> Steps:
    """The values of the solution by call, as far as they were recorded; none where the file does not fit."""
    try:
        return _unpacked(unsealed(assignment, assignment.travelling_steps, "steps", VERSION))
    except (Unfit, ValueError, KeyError, TypeError):
        # a cause is told without its line then
        return {}


def is_up_to_date(assignment: Assignment) -> bool:
    """Whether the file is there, and was made of what is there now."""
    return is_sealed_for(assignment, assignment.travelling_steps, "steps", VERSION)


def made(assignment: Assignment, spawner: Spawner) -> bytes:
    """The content of the file: runs the public tests on the solution, and each of their calls once more.

    Raises:
        UsageError: When it is larger than what is read.
    """
    store = ReferenceStore(assignment, spawner, DEFAULT_SEED)
    rehearsal = Rehearsal(assignment, spawner, store, DEFAULT_SEED, hidden=False)
    steps: Steps = {}
    try:
        survey = rehearsal.survey()
        text = assignment.solution.read_text("utf-8")
        with rehearsal.session(Source([{"name": assignment.submission, "text": text}], whole=True)) as session:
            for one in (one for calls in survey.observed.values() for one in calls):
                key = _key(one)
                if key and key not in steps:
                    session.begin_late("steps", 60.0)
                    steps[key] = _different(recorded(session, one) or [])
    finally:
        store.close()
    try:
        content = _packed({key: notes for key, notes in steps.items() if 0 < len(notes) <= _MOST_OF_A_CALL})
        _unpacked(content)
        return sealed(assignment, "steps", VERSION, content)
    except FrameError as error:
        raise UsageError(
            f"what {assignment.name} computes in its public tests is too large: {error}; use smaller fixtures"
        ) from None


def _different(notes: Iterable[Note]) -> list[Note]:
    """One note for each value, in the order of the values; what is a value of its own is no part."""
    found: dict[tuple[int, tuple[float, ...]], Note] = {}
    for note in notes:
        known = found.get((note.size, note.numbers))
        if known is None or (known.is_part and not note.is_part):
            found[note.size, note.numbers] = note
    return [found[key] for key in sorted(found)]


def _packed(steps: Steps) -> bytes:
    notes = [note for found in steps.values() for note in found]
    return encode(
        {
            "prints": np.frombuffer(bytes.fromhex("".join(steps)), np.uint8),
            "counts": np.array([len(found) for found in steps.values()], np.uint16),
            "sizes": np.array([note.size for note in notes], np.uint32),
            "kinds": np.array([_SINGLE * (note.dtype == "float32") + _PART * note.is_part for note in notes], np.uint8),
            "lengths": np.array([len(note.numbers) for note in notes], np.uint8),
            "numbers": np.array([number for note in notes for number in note.numbers], np.float64),
        },
        bounds=_BOUNDS,
    )


def _unpacked(content: bytes) -> Steps:
    record = decode(content, bounds=_BOUNDS)
    prints = _row(record["prints"], np.uint8).tobytes().hex()
    counts, sizes = _row(record["counts"], np.uint16).tolist(), _row(record["sizes"], np.uint32).tolist()
    kinds, lengths = _row(record["kinds"], np.uint8).tolist(), _row(record["lengths"], np.uint8).tolist()
    numbers = _row(record["numbers"], np.float64)
    is_whole = len(sizes) == len(kinds) == len(lengths) == sum(counts) and sum(lengths) == len(numbers)
    if not is_whole or len(prints) != _DIGITS * len(counts) or max(lengths, default=0) > WIDTH:
        raise FrameError("expected as many values as there are")
    if not np.isfinite(numbers).all():
        raise FrameError("expected finite numbers")
    steps: Steps = {}
    note = start = 0
    for place, count in enumerate(counts):
        found = steps[prints[_DIGITS * place : _DIGITS * (place + 1)]] = []
        for number in range(note, note + count):
            end = start + lengths[number]
            found.append(_note(sizes[number], kinds[number], numbers[start:end].tolist()))
            start = end
        note += count
    return steps


def _row(value: object, dtype: type) -> np.ndarray:
    if type(value) is not np.ndarray or value.ndim != 1 or value.dtype != dtype:
        raise FrameError("expected a row of numbers")
    return value


def _note(size: int, kind: int, numbers: Sequence[float]) -> Note:
    dtype = "float32" if kind & _SINGLE else "float64"
    return Note(Place(), (0, 0), "", 0, (), ("",), bool(kind & _PART), False, False, dtype, size, tuple(numbers))


def found_in(steps: Steps, one: Observed) -> list[Note]:
    """The values of the solution in a call; none where it was not recorded."""
    return steps.get(_key(one), [])


def _key(one: Observed) -> str:
    """What a call is found by; "" of one with an object that stayed where the submission runs."""
    return (call_key(one) or "")[:_DIGITS]
