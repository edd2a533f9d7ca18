"""The values of a submission's expressions in one call, and what each was computed from."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import replace

from autograder.explain.diagnosis.changed import Change
from autograder.explain.leaves import Leaf
from autograder.explain.notes import Note, Values
from autograder.facts.fact import Place

# a mistake lies somewhere in so many lines, or no lines are named
_MOST_LINES = 6
_MOST_LEAVES = 40


class Trace:
    """The values of a submission's expressions in one call, in the order of the computation.

    Attributes:
        notes: The values.
        functions: The functions that were called.
    """

    def __init__(self, notes: list[Note]) -> None:
        self.notes = notes
        self.functions = {note.place.function for note in notes}
        self._given: dict[tuple[str, str], list[int]] = {}
        for index, note in enumerate(notes):
            for name in () if note.is_part else _names(note):
                self._given.setdefault((note.place.function, name), []).append(index)

    def of_changed(self, fair: Values, wrong: list[Note], changed: Change, function: str, follows: bool) -> int | None:
        """The expression whose value is that of what a mutant changes.

        Args:
            fair: The solution's values.
            wrong: The mutant's notes.
            changed: What differs in the mutant.
            function: The function that the mistake is in.
            follows: Whether what comes of the changed statement may stand for it.
        """
        inside = [index for index, note in enumerate(wrong) if changed.holds(note)]
        # from what differs to the whole statement
        around = sorted(inside, key=lambda index: wrong[index].columns[1] - wrong[index].columns[0])
        if not around:
            return None
        new = [wrong[index] for index in around if wrong[index] not in fair]
        if not new:
            # a value that the solution has on the way: it stands last where something else belongs
            values = Values(wrong[index] for index in inside if not wrong[index].is_part)
            return next((index for index in reversed(range(len(self.notes))) if self.notes[index] in values), None)
        computed = Values(note for note in self.notes if not note.is_name)
        nearest = next((value for value in new if value in computed), None)
        if nearest is not None:
            return self._first(Values([nearest]), function)
        if not follows:
            return None
        # the submission groups its formula otherwise: what follows from the changed statement
        later = Values(note for note in wrong[min(inside) :] if note not in fair)
        return self._first(later, function)

    def _first(self, wanted: Values, function: str) -> int | None:
        found = [index for index, note in enumerate(self.notes) if not note.is_name and note in wanted]
        inside = [index for index in found if self.notes[index].place.function == function]
        return next(iter(inside or found), None)

    def around(self, index: int, fair: Values) -> Place | None:
        """The lines that a value comes from, as far as no value of the solution is on the way."""
        behind = self.behind(index, fair) | {index}
        places = [self.notes[place].place for place in behind]
        if len({(place.file, place.cell) for place in places}) != 1:
            return None
        functions = dict.fromkeys(place.function for place in (self.notes[index].place, *places))
        if len(functions) > 1:
            # what a function of the submission's own gives may be right in another form
            return Place(places[0].file, places[0].cell, function=" and ".join(functions))
        return _spanning(places[0], [line for place in behind for line in self._lines(place)])

    def _lines(self, index: int) -> Iterator[int]:
        """The line of an expression, and those that give its value, or what it reads, no more than a name."""
        own = self.notes[index]
        if own.statement:
            yield own.place.line
        for other in self._inputs(index):
            note = self.notes[other]
            if (own.is_name or note.is_name) and note.place.function == own.place.function:
                yield from self._lines(other) if note.is_name else [note.place.line]

    def of_leaf(self, leaf: Leaf) -> int | None:
        """The expression that gives a returned value; where no return tells, the first that has it."""
        wanted = Values([note_of(leaf)])
        found = [index for index, note in enumerate(self.notes) if note in wanted]
        asked = [index for index in found if self.notes[index].place.function == leaf.name]
        returned = [index for index in asked if self.notes[index].binds in (("return", leaf.path), ("return",))]
        if not returned:
            return next(iter(asked or found), None)
        # several may have the value: a name is followed to what gave it
        index = returned[-1]
        while self.notes[index].is_name:
            given = next((one for one in self._inputs(index) if self.notes[one] in wanted), None)
            if given is None:
                break
            index = given
        return index

    def behind(self, start: int | None, fair: Values) -> set[int]:
        """An expression, and those that its value comes from as far as no value of the solution is among them."""
        found: set[int] = set()
        waiting = [] if start is None else [start]
        while waiting:
            index = waiting.pop()
            if index not in found and self.notes[index] not in fair:
                found.add(index)
                waiting += self._inputs(index)
        return found

    def behind_right(self, right: Sequence[Leaf]) -> set[int]:
        """The expressions that right values were computed from: they are not at fault."""
        seen: set[int] = set()
        waiting = [start for leaf in right if (start := self.of_leaf(leaf)) is not None]
        while waiting:
            place = waiting.pop()
            if place not in seen:
                seen.add(place)
                waiting += self._inputs(place)
        return seen

    def _inputs(self, index: int) -> list[int]:
        """What gave an expression what it reads: names, and what functions of the submission's own returned."""
        note = self.notes[index]
        function = note.place.function
        found = [place for name in note.reads for place in self._latest(self._given.get((function, name)), index)]
        for name in note.reads:
            if name != function:
                found += self._latest(self._given.get((name, "return")), index)
        return found

    def _latest(self, given: list[int] | None, index: int) -> list[int]:
        """The values that a statement gave last before an expression: several, where it gave a dict."""
        before = bisect_left(given or [], index)
        if not given or not before:
            return []
        last = self.notes[given[before - 1]]
        start = before
        while start and before - start < _MOST_LEAVES and self.notes[given[start - 1]].place == last.place:
            start -= 1
        return given[start:before]


def note_of(leaf: Leaf) -> Note:
    """A value that was given or returned, as one that was noted."""
    return Note(Place(), (0, 0), "", 0, (), ("",), False, False, False, leaf.dtype, math.prod(leaf.shape), leaf.numbers)


def _names(note: Note) -> list[str]:
    """The names that a statement changes the value of: `grads` for `grads['W1']`, both for `a, b`."""
    return re.findall(r"[^\W\d]\w*", re.sub(r"'[^']*'|\"[^\"]*\"|\.\w+", "", "".join(note.binds[:1])))


def together(places: Sequence[Place | None]) -> Place | None:
    """One place for several: the lines from the first to the last, where they are near each other.

    Example:

    >>> together([Place("a.py", line=3, function="f"), Place("a.py", line=5, function="f")])
    Place(file='a.py', cell=0, line=3, function='f', code='', until=5, begins='')
    """
    found = [place for place in places if place is not None]
    if not found or len(found) < len(places):
        return None
    if len({(place.file, place.cell, place.function) for place in found}) > 1 or not all(one.line for one in found):
        return found[0] if len(set(found)) == 1 else None
    return _spanning(found[0], [line for place in found for line in (place.line, place.until or place.line)])


def _spanning(place: Place, lines: Sequence[int]) -> Place | None:
    if not lines or max(lines) - min(lines) >= _MOST_LINES:
        return None
    return replace(place, line=min(lines), until=max(lines) if max(lines) > min(lines) else 0)


def right_in_some_call(notes: list[Note], fair: Values) -> set[str]:
    """Functions that have returned values of the solution, and nothing else, in some call."""
    found: set[str] = set()
    returned: dict[str, list[bool]] = {}
    for note in notes:
        function = note.place.function
        if not note.statement:
            # what a function is given begins its call
            if returned.get(function) and all(returned[function]):
                found.add(function)
            returned[function] = []
        elif not note.is_part and note.binds[:1] == ("return",):
            returned.setdefault(function, []).append(note in fair)
    return found | {function for function, right in returned.items() if right and all(right)}
