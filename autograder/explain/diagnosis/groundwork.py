"""What a question builds on: functions of the submission that earlier questions found wrong.

A mistake in a function shows wherever it is used. It is named once, where it was found, and a later question says what
it builds on: a new story about the same numbers would be a false one.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from autograder.engine.runs import TestRun
from autograder.explain.diagnosis.calls import Calls
from autograder.explain.diagnosis.causes import Explanation
from autograder.explain.diagnosis.evidence import Key
from autograder.explain.mutation.bank import Bank
from autograder.explain.mutation.mutants import Mutant
from autograder.facts.fact import Fact, Place

# what large numbers alone bring to light
_OVERFLOWS = {"unstable", "not-finite"}


class Groundwork:
    """Which questions build on which, in one submission.

    Args:
        bank: Tells which functions a test calls.
        runs: All tests.
        calls: Tells which functions of the submission use which.

    Attributes:
        judged: Functions that some test calls.
        right: Functions whose questions are all right.
    """

    def __init__(self, bank: Bank, runs: Sequence[TestRun], calls: Calls) -> None:
        self._bank = bank
        self._calls = calls
        self._runs = runs
        self._failed = [run.question for run in runs if run.is_wrong]
        self.judged = {name for run in runs for name in self._asked(run)}
        self.right = {name for run in runs if run.question not in self._failed for name in self._asked(run)}
        # each function is wrong in the first question that fails on it
        self._wrong: dict[str, str] = {}
        for run in runs:
            if run.is_wrong:
                asked = self._asked(run)
                known = self._wrong.keys() & set(asked)
                # what is right elsewhere and wrong here is suspected where nothing else can be it
                for name in (set(asked) - self.right) or (() if known else asked):
                    self._wrong.setdefault(name, run.question)
        self._not_called: set[tuple[str, str]] = set()
        self._shown: dict[tuple[str, str], tuple[str, Place | None]] = {}
        self._places: dict[Place, str] = {}
        self._raised: dict[tuple[object, ...], str] = {}

    def _asked(self, run: TestRun) -> tuple[str, ...]:
        called = tuple(one.name for one in run.observed if not one.name.startswith("."))
        return tuple(dict.fromkeys((*self._bank.calls.get(run.test, ()), *called)))

    def of(self, question: str) -> dict[str, str]:
        """The functions that a question uses and that earlier ones found wrong, by the question that did."""
        asked = {name for run in self._runs if run.question == question and run.is_wrong for name in self._asked(run)}
        used = {inner for name in asked for inner in self._calls.reached(name)}
        earlier = {one for one in self._earlier(question) if self._matters(one, question)}
        used -= {name for asking, name in self._not_called if asking == question}
        return {self._wrong[name]: name for name in self._wrong if name in used and self._wrong[name] in earlier}

    def note_called(self, question: str, called: set[str]) -> None:
        """Notes which functions a question's wrong calls come to: what is wrong in others cannot be seen in it."""
        others = self._wrong.keys() - called
        self._not_called |= {(question, name) for name in others if self._calls.is_plain(name)}

    def _matters(self, earlier: str, question: str) -> bool:
        """Whether what is wrong in an earlier question can be seen: not what overflows alone in numbers that do not."""
        codes = self._codes(earlier)
        if not codes <= _OVERFLOWS or self._codes(question) & _OVERFLOWS:
            return True
        # where no test passed, NaN may come up for any numbers
        passed = any(run.question == earlier and run.outcome == "passed" for run in self._runs)
        return "not-finite" in codes and not passed

    def keeps_form(self, questions: Iterable[str]) -> bool:
        """Whether earlier questions gave values of the right form, such as numbers that overflow."""
        return self._codes(*questions) <= {"", "zero", *_OVERFLOWS}

    def _codes(self, *questions: str) -> set[str]:
        return {run.code for run in self._runs if run.question in questions and run.is_wrong}

    def leave_out(self, question: str) -> None:
        """Notes that a question is wrong for what it builds on: what builds on it in turn names that."""
        self._wrong = {name: first for name, first in self._wrong.items() if first != question}

    def _earlier(self, question: str) -> set[str]:
        return set(self._failed[: self._failed.index(question)])

    def of_exception(self, question: str, run: TestRun) -> dict[str, str]:
        """What an exception comes of: one that an earlier question has shown, or a function that gives nothing."""
        raised = next((fact for fact in run.facts if fact.code == "raises"), None)
        if raised is None:
            return {}
        before = self.of(question)
        key = (raised.place, str({name: value for name, value in raised.values.items() if name != "name"}))
        first = self._raised.setdefault(key, question)
        if first != question:
            function = raised.place.function if raised.place is not None else ""
            return before or {first: function}
        if before and raised.place is not None and raised.place.function not in self._asked(run):
            # in a function that it only uses: what another one gave may be what it stumbles over
            return before
        if _tells_of_nothing(raised):
            return {
                earlier: name
                for earlier, name in before.items()
                if any(one.question == earlier and one.code in ("no-return", "kind") for one in self._runs)
            }
        return {}

    def trusted(self, question: str) -> set[str]:
        """Functions that a question only uses, and that others have found right: the mistake is in none of them."""
        asked = {name for run in self._runs if run.question == question for name in self._asked(run)}
        used = {inner for name in asked for inner in self._calls.reached(name)}
        return (used & self.right) - asked

    def first_at(self, place: Place, question: str) -> tuple[str, ...]:
        """The earlier question that showed a mistake at a place, or nothing; notes that this one shows it."""
        first = self._places.setdefault(place, question)
        return () if first == question else (first,)

    def shown(self, mutants: Iterable[Mutant], question: str) -> tuple[str, Place | None]:
        """The earlier question that showed one of some mistakes first, and its place; "" where none did."""
        for mutant in mutants:
            found = self._shown.get(mutant.key)
            if found is not None and found[0] != question:
                return found
        return "", None

    def note(self, mutants: Iterable[Mutant], question: str, place: Place | None) -> None:
        """Notes that a question shows some mistakes, any of which it may be."""
        for mutant in mutants:
            self._shown.setdefault(mutant.key, (question, place))

    def allows(self, found: Explanation, question: str) -> bool:
        """Whether an explanation may be told of a question that builds on functions which are wrong.

        The mistakes there show here as well, unless they are known to make no difference to its tests. So what
        explains everything without them does so by coincidence, or is the same mistake.
        """
        before = self.of(question)
        if not before:
            return True
        keys = [mutant.key for mutant in found.mutants]
        if any(self._shown.get(key, (question,))[0] != question for key in keys):
            return True
        known = [key for key, (earlier, _) in self._shown.items() if earlier in before]
        explained = {self._shown[key][0] for key in known}
        return explained == set(before) and not any(self._shows(key, found.keys) for key in known)

    def _shows(self, mutant: tuple[str, str], keys: Iterable[Key]) -> bool:
        """Whether a mistake changes some values, or keeps a test from coming to them."""
        numbers = {number for number, one in enumerate(self._bank.mutants) if one.key == mutant}
        for test, *key in keys:
            right = next((leaf for leaf in self._bank.right[test] if leaf.key == tuple(key)), None)
            for answer in self._bank.answers[test]:
                if answer.mutant in numbers and right not in answer.leaves:
                    return True
        return False


def _tells_of_nothing(fact: Fact) -> bool:
    """Whether an exception tells that something which it used is None."""
    values = [item for value in fact.values.values() for item in (value if type(value) is tuple else (value,))]
    return any(
        "NoneType" in value if type(value) is str else type(value) is Fact and value.kind == "form-none"
        for value in values
    )
