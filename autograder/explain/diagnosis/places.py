"""Where a mistake is: the statement that first gives a wrong value.

The submission's function is called once more with the values of its expressions noted, and so are the solution and,
where one explains the answer, its mutant. A statement is at fault when it has a value that the mutant has, and the
solution never. Where other statements may be at fault as well, all of them are named, or only the function.
"""

from __future__ import annotations

import ast
import math
import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from autograder.engine.observed import Observed
from autograder.engine.session import Session
from autograder.explain.diagnosis.calls import Calls
from autograder.explain.diagnosis.clock import Clock
from autograder.explain.diagnosis.recorded import Note, Values
from autograder.explain.diagnosis.replay import Replay, recorded
from autograder.explain.diagnosis.trials import asking
from autograder.explain.leaves import Leaf, leaves_of
from autograder.explain.mutation.mutants import Mutant
from autograder.facts.fact import Place
from autograder.facts.kinds import OF_STEPS
from autograder.wire import Variable
from autograder.wire.trees import mapped

# a mistake lies somewhere in so many lines, or no lines are named
_MOST_LINES = 6
_MOST_LEAVES = 40


class Places:
    """Places in one submission.

    Args:
        replay: The solution.
        session: The submission, running.
        clock: Time for it.
        calls: Which of its functions use which.
        right: Functions of the submission that all tests have found right.
    """

    def __init__(self, replay: Replay, session: Session, clock: Clock, calls: Calls, right: set[str]) -> None:
        self._calls = calls
        self._right = right
        self._replay = replay
        self._session = session
        self._clock = clock
        self._known: dict[int, list[Note]] = {}

    def _fair(self, one: Observed) -> list[Note]:
        """The values that the solution has in a call, with what it is given; none where it cannot be asked."""
        notes = self._replay.notes(self._session, one, None, self._clock)
        return [*notes, *map(_note_of, leaves_of([Observed("", one.arguments)]))] if notes else []

    def of_mutant(self, question: str, one: Observed, mutant: Mutant, right: Sequence[Leaf]) -> Place | None:
        """Where a submission does what a mutant does in a call; the function alone where no line can be told."""
        if "." in mutant.function:
            return Place(function=mutant.function) if self._calls.uses_classes(one.name) else None
        fair = self._fair(one)
        own = self._own(question, one, fair)
        wrong = self._replay.notes(self._session, one, mutant, self._clock)
        if own is None or not own.notes:
            return None
        name = mutant.function if mutant.function in own.functions else one.name
        if not fair or not wrong:
            return Place(function=name)
        known = Values(fair)
        fine = own.behind_right(right)
        places = []
        for change in changed_statements(self._replay.function(mutant.function), mutant.source):
            moved = replace(change, line=self._replay.line(change.line))
            found = own.of_changed(known, wrong, moved, name, mutant.code not in OF_STEPS)
            if found is None or found in fine:
                return Place(function=name)
            inner = own.notes[found].place.function
            if inner != name:
                # in a function that it uses, or where that is used
                return Place(function=f"{name} and {inner}")
            places.append(own.around(found, known))
        return together(places) or Place(function=name)

    def of_factor(self, question: str, one: Observed, leaf: Leaf, factor: float, right: Sequence[Leaf]) -> Place | None:
        """Where a value first is a multiple of one of the solution's."""
        fair = self._fair(one)
        own = self._own(question, one, fair)
        if own is None or not fair:
            return None
        # what the solution has on the way to something else is a multiple of much, and so is a number alone
        asked = [note for note in fair if not note.is_part and (note.size > 1 or math.prod(leaf.shape) == 1)]
        scaled = Values(replace(note, numbers=tuple(factor * number for number in note.numbers)) for note in asked)
        known, fine = _given_names(fair), own.behind_right(right)
        for index in sorted(own.behind(own.of_leaf(leaf), known)):
            if own.notes[index] in scaled and index not in fine:
                return own.around(index, known)
        return None

    def of_value(self, question: str, one: Observed, leaf: Leaf) -> Place | None:
        """Where an unexplained wrong value comes from: one line, or a few, of which one must be wrong."""
        fair = self._fair(one)
        own = self._own(question, one, fair)
        if own is None or not fair:
            return None
        start = own.of_leaf(leaf)
        return own.around(start, _given_names(fair)) if start is not None else None

    def comes_from(self, question: str, one: Observed, leaf: Leaf, place: Place) -> bool:
        """Whether a wrong value is computed from what stands at a place."""
        fair = self._fair(one)
        own = self._own(question, one, fair)
        if own is None:
            return False
        behind = own.behind(own.of_leaf(leaf), _given_names(fair))
        lines = range(place.line, (place.until or place.line) + 1)
        places = [own.notes[index].place for index in behind]
        return any(other.function == place.function and other.line in lines for other in places)

    def off_the_tape(self, question: str, one: Observed) -> Place | None:
        """Where a call first makes numbers of NumPy of tensors that it has computed."""
        given = Values(_note_of(leaf) for leaf in leaves_of([Observed("", _without_variables(one.arguments))]))
        notes = self._notes(question, one)
        return next((note.place for note in notes if note.leaves_tensors and note not in given), None)

    def _own(self, question: str, one: Observed, fair: list[Note]) -> Trace | None:
        if self._calls.uses_classes(one.name):
            return None
        notes = self._notes(question, one)
        # what is known to be right is not looked into, nor is what gives what it should in another call
        right = (self._right | _right_in_some_call(notes, Values(fair))) - {one.name}
        kept = [note for note in notes if note.place.function not in right]
        return Trace(kept) if kept else None

    def _notes(self, question: str, one: Observed) -> list[Note]:
        if id(one) not in self._known:
            with asking(self._session, question, self._clock) as may_ask:
                self._known[id(one)] = (recorded(self._session, one) if may_ask else None) or []
        return self._known[id(one)]


def _given_names(notes: list[Note]) -> Values:
    """Values that have a name: what is computed on the way to them may stand where something else belongs."""
    return Values(note for note in notes if not note.is_part)


def _without_variables(arguments: tuple[Any, ...]) -> Any:
    return mapped(arguments, lambda leaf: None if type(leaf) is Variable else leaf)


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


def _right_in_some_call(notes: list[Note], fair: Values) -> set[str]:
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
        """The first expression that gives a returned value."""
        wanted = Values([_note_of(leaf)])
        found = [index for index, note in enumerate(self.notes) if note in wanted]
        asked = [index for index in found if self.notes[index].place.function == leaf.name]
        return next(iter(asked or found), None)

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


def _note_of(leaf: Leaf) -> Note:
    return Note(Place(), (0, 0), "", 0, (), ("",), False, False, False, leaf.dtype, math.prod(leaf.shape), leaf.numbers)


def _names(note: Note) -> list[str]:
    """The names that a statement changes the value of: `grads` for `grads['W1']`, both for `a, b`."""
    return re.findall(r"[^\W\d]\w*", re.sub(r"'[^']*'|\"[^\"]*\"|\.\w+", "", "".join(note.binds[:1])))


# a mutant's statement


@dataclass(frozen=True)
class Change:
    """An expression of a mutant that differs from the solution's.

    Attributes:
        line: The line of its statement.
        entry: The entry of a dict that it is in, such as `['W1']`, or "".
        columns: Where in the line it begins and ends.
    """

    line: int
    entry: str
    columns: tuple[int, int]

    def holds(self, note: Note) -> bool:
        """Whether a value is that of what differs, or of something around it in its statement."""
        (first, last), (begin, end) = self.columns, note.columns
        is_around = begin <= first and last <= end
        return note.place.line == self.line and is_around and (not self.entry or self.entry in note.binds)


def changed_statements(right: str, wrong: str) -> list[Change]:
    r"""What differs in the wrong one of two functions; nothing where more differs than the values of some statements.

    Example:

    >>> changed_statements("def f(a):\n    b = 2 * a\n    return b", "def f(a):\n    b = 3 * a\n    return b")
    [Change(line=2, entry='', columns=(8, 9))]
    """
    before, after = ((ast.parse(text).body or [ast.Pass()])[0] for text in (right, wrong))
    if not (isinstance(before, ast.FunctionDef) and isinstance(after, ast.FunctionDef)):
        return []
    try:
        return list(_differing(before.body, after.body))
    except _OtherForm:
        return []


class _OtherForm(Exception):
    """Two functions differ in more than the values of some statements."""


_BLOCKS = ("body", "orelse", "finalbody")


def _differing(before: list[ast.stmt], after: list[ast.stmt]) -> Iterator[Change]:
    if len(before) != len(after):
        raise _OtherForm
    for one, two in zip(before, after, strict=True):
        if ast.dump(one) == ast.dump(two):
            continue
        if type(one) is not type(two):
            raise _OtherForm
        if isinstance(one, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Expr)):
            yield from _entries(one, two)
            continue
        if isinstance(one, ast.For) and isinstance(two, ast.For) and ast.dump(one.iter) != ast.dump(two.iter):
            yield _change(one.iter, two.iter, two.lineno)
            two.iter = one.iter
        blocks = [name for name in _BLOCKS if hasattr(one, name)]
        if not blocks or _head(one) != _head(two):
            raise _OtherForm
        for name in blocks:
            yield from _differing(getattr(one, name), getattr(two, name))


def _head(node: ast.stmt) -> str:
    """What stands above the blocks of a statement."""
    empty = type(node)(**{name: [] if name in _BLOCKS else value for name, value in ast.iter_fields(node)})
    return ast.dump(empty)


def _entries(one: Any, two: Any) -> Iterator[Change]:
    first, second = one.value, two.value
    if isinstance(one, ast.AugAssign) and type(one.op) is not type(two.op):
        yield Change(two.lineno, "", (two.col_offset, two.end_col_offset))
        return
    if not (isinstance(first, ast.Dict) and isinstance(second, ast.Dict)) or len(first.keys) != len(second.keys):
        yield _change(first, second, two.lineno)
        return
    for before, after, key in zip(first.values, second.values, second.keys, strict=True):
        if ast.dump(before) != ast.dump(after):
            yield _change(before, after, two.lineno, f"[{ast.unparse(key)}]" if key else "**")


def _change(before: ast.AST | None, after: Any, line: int, entry: str = "") -> Change:
    """The smallest part of an expression that holds all that differs."""
    while before is not None and type(before) is type(after):
        pairs = list(zip(ast.iter_child_nodes(before), ast.iter_child_nodes(after), strict=False))
        alike = len(list(ast.iter_child_nodes(before))) == len(list(ast.iter_child_nodes(after)))
        differ = [(one, two) for one, two in pairs if ast.dump(one) != ast.dump(two)]
        if not alike or len(differ) != 1 or not isinstance(differ[0][1], (ast.expr, ast.keyword)):
            break
        before, after = differ[0]
    return Change(line, entry, (getattr(after, "col_offset", 0), getattr(after, "end_col_offset", 0)))
