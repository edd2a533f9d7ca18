"""What a submission's calls returned, kept as evidence for as long as it is small.

The grader's memory must not depend on what a submission returns. A test's fixtures hold a few hundred numbers, so
evidence that is worth keeping is small; of an answer that is large, only the fact that there was one is kept.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from autograder.facts.fact import Fact
from autograder.wire import Handle, Remote, Tensor, Variable

_MOST_OF_A_CALL = 2**20
_MOST_OF_A_TEST = 2 * 2**20
# what a number or an empty list in a list takes, roughly, a letter, and an entry that is looked into
_NODE, _LETTER, _ENTRY = 64, 4, 8


@dataclass(frozen=True)
class Observed:
    """What one call returned: the evidence from which a wrong answer is explained.

    Attributes:
        name: What was called.
        value: What it returned.
        changed: Arguments that it changed, such as variables: position and value.
        arguments: What it was given.
        dropped: Whether what it returned is not here, too large to be kept or an object that stays in the student
            process: nothing but its name is there then, and it proves nothing.
        nothing: That it returned None, as a fact, or None.
    """

    name: str
    value: Any
    changed: tuple[tuple[int, Any], ...] = ()
    arguments: tuple[Any, ...] = ()
    dropped: bool = False
    nothing: Fact | None = None


class CallLog(list[Observed]):
    """The calls of one test, in order. Those that are too large to be kept leave their name alone.

    Attributes:
        last: The call that came last, also where there is no room to keep it.
        unseen: What was called while nothing was kept.

    Example:

    >>> notes = CallLog()
    >>> kept = notes.note(Observed("f", np.zeros(3))), notes.note(Observed("f", np.zeros(1_000_000)))
    >>> [one.dropped for one in notes]
    [False, True]
    """

    def __init__(self) -> None:
        super().__init__()
        self._room = _MOST_OF_A_TEST
        self._is_closed = False
        self.last: Observed | None = None
        self.unseen: dict[str, None] = {}

    def note(self, one: Observed) -> Observed:
        """Keeps a call, or its name where there is no room for more; returns what is kept."""
        most = min(_MOST_OF_A_CALL, self._room)
        size = _NODE + size_of((one.value, one.changed, one.arguments), most, _ENTRY)
        if size > most:
            one, size = replace(one, value=None, changed=(), arguments=(), dropped=True), _NODE
        if self._is_closed:
            self.unseen.setdefault(one.name)
        else:
            self.last = one
            if self._room >= size:
                self._room -= size
                self.append(one)
        return one

    def note_made(self, name: str) -> None:
        """Keeps that a class, or a function, of the submission was called where what it gave stays."""
        if not self._is_closed:
            self.append(Observed(name, None, dropped=True))

    @contextmanager
    def closed(self) -> Iterator[None]:
        """Meanwhile nothing is kept."""
        self._is_closed = True
        try:
            yield
        finally:
            self._is_closed = False


def size_of(value: Any, most: int, entry: int = 1) -> int:
    """About how many bytes a value takes; the counting ends where it is more than `most`.

    Example:

    >>> size_of({"W1": np.zeros((2, 3))}, most=1000)
    248
    """
    size, waiting = 0, [value]
    while waiting and size <= most:
        item = waiting.pop()
        kind = type(item)
        size += _NODE
        if kind in (Tensor, Variable):
            item, kind = item.array, np.ndarray
        if kind is np.ndarray:
            size += max(item.nbytes, entry * item.size)
        elif kind is str:
            size += _LETTER * len(item)
        elif kind is dict:
            size += sum(_NODE + _LETTER * len(key) for key in item if type(key) is str)
            waiting.extend(item.values())
        elif kind in (list, tuple):
            waiting.extend(item)
        elif kind is Remote:
            waiting += [item.arguments, item.options, item.steps]
        elif kind is Handle:
            size += _LETTER * len(item.type)
    return size
