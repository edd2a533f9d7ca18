"""Where a mistake is: the statement that first gives a wrong value.

The submission's function is called once more with the values of its expressions noted, and so are the solution and,
where one explains the answer, its mutant. A statement is at fault when it has a value that the mutant has, and the
solution never. Where other statements may be at fault as well, all of them are named, or only the function.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from autograder.engine.observed import Observed
from autograder.engine.session import Session
from autograder.explain.diagnosis.calls import Calls
from autograder.explain.diagnosis.changed import changed_statements
from autograder.explain.diagnosis.clock import Clock
from autograder.explain.diagnosis.replay import Replay, recorded
from autograder.explain.diagnosis.trace import Trace, note_of, right_in_some_call, together
from autograder.explain.diagnosis.trials import asking
from autograder.explain.leaves import Leaf, leaves_of
from autograder.explain.mutation.mutants import Mutant
from autograder.explain.notes import MOST_NOTES, Note, Values
from autograder.facts.fact import Place
from autograder.facts.kinds import OF_STEPS
from autograder.wire import Variable
from autograder.wire.trees import mapped


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
        return [*notes, *map(note_of, leaves_of([Observed("", one.arguments)]))] if notes else []

    def of_mutant(
        self, question: str, one: Observed, mutant: Mutant, right: Sequence[Leaf], leaf: Leaf
    ) -> Place | None:
        """Where a submission does what a mutant does in a call; the function alone where no line can be told.

        Of a mutant that travelled without its text nothing but its values is known: the mistake is then somewhere in
        the lines that the wrong leaf comes from.
        """
        if "." in mutant.function:
            return Place(function=mutant.function) if self._calls.uses_classes(one.name) else None
        fair = self._fair(one)
        own = self._own(question, one, fair)
        wrong = self._replay.notes(self._session, one, mutant, self._clock)
        if own is None or not own.notes:
            return None
        name = mutant.function if mutant.function in own.functions else one.name
        if not fair and name != one.name:
            # no value of the solution tells in which of the two
            return Place(function=f"{one.name} and {name}")
        if fair and not mutant.source and mutant.code not in OF_STEPS:
            start = own.of_leaf(leaf)
            place = own.around(start, _given_names(fair)) if start is not None else None
            return place if place is not None and place.function == name else Place(function=name)
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

    def computes(self, question: str, one: Observed, size: int) -> bool:
        """Whether an array of so many entries comes up in a call, and is none of the solution's."""
        fair = self._fair(one)
        own = self._own(question, one, fair)
        known = Values(fair)
        return own is not None and any(note.size == size and note not in known for note in own.notes)

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

    def called(self, question: str, calls: Sequence[Observed]) -> set[str] | None:
        """The functions of the submission that some calls come to; None where that is not known."""
        found = set()
        for one in calls:
            notes = [] if one.name.startswith(".") or self._calls.uses_classes(one.name) else self._notes(question, one)
            if not 0 < len(notes) < MOST_NOTES:
                return None
            found |= {one.name, *(note.place.function for note in notes)}
        return found

    def off_the_tape(self, question: str, one: Observed) -> Place | None:
        """Where a call first makes numbers of NumPy of tensors that it has computed."""
        given = Values(note_of(leaf) for leaf in leaves_of([Observed("", _without_variables(one.arguments))]))
        notes = self._notes(question, one)
        return next((note.place for note in notes if note.leaves_tensors and note not in given), None)

    def _own(self, question: str, one: Observed, fair: list[Note]) -> Trace | None:
        if self._calls.uses_classes(one.name):
            return None
        notes = self._notes(question, one)
        # what is known to be right is not looked into, nor is what gives what it should in another call
        right = (self._right | right_in_some_call(notes, Values(fair))) - {one.name}
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
