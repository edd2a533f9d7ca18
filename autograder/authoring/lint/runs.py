"""Whose mistake it is that the solution does not pass a test: the test's, its inputs', or the solution's."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeGuard

import numpy as np
import pytest

from autograder.assertions.failure import CheckFailed
from autograder.assignment.authors import authors_error, frames_in, root_of
from autograder.assignment.definition import Assignment
from autograder.authoring.lint.findings import Findings
from autograder.authoring.lint.inputs import unsendable
from autograder.authoring.lint.solution import Outline
from autograder.authoring.lint.watching import Seen, TooLong, Watcher
from autograder.engine.reference import ReferenceError
from autograder.engine.runs import Test
from autograder.errors import UsageError, did_you_mean
from autograder.facts.fact import Fact
from autograder.wire import FrameError, decode, encode
from autograder.wire.trees import array_of, leaves
from autograder.words import say

_FIXTURES = ("student", "reference", "problem")
_SLOW = ("time-limit", "no-time-left", "processor-time")
_CHANGES = ("changes-argument", "changes-nth-argument", "changes-variables")


@dataclass(frozen=True)
class Blame:
    """Says whose mistakes they are.

    Attributes:
        assignment: The assignment.
        outline: What its solution says of its questions.
        watcher: What was seen when its tests ran on the solution.
        findings: Where it is noted.
    """

    assignment: Assignment
    outline: Outline
    watcher: Watcher
    findings: Findings

    def endless(self, tests: Iterable[Test]) -> bool:
        """Notes tests that did not end; nothing else of such a run counts, as the clock went on."""
        found = [test for test in tests if isinstance(self._error(test), TooLong)]
        for test in found:
            self.findings.wrong(
                self._line_in_tests(test, self._error(test)),
                f"{test.name}: it has worked for {self.watcher.seconds:g} s and does not end; look for an endless loop",
            )
        return bool(found)

    def can_be_run_again(self, tests: Iterable[Test]) -> bool:
        """Whether a second run tells more: where all is right, or some value is wrong, which may be another then."""
        errors = [error for error in map(self._error, tests) if error is not None and not self._waits(error)]
        return all(isinstance(error, CheckFailed) and error.outcome == "failed" for error in errors)

    def solved(self, tests: Iterable[Test], ran: dict[str, Seen]) -> None:
        """Tests that ran on the solution, which is to pass them all."""
        self.watcher.seen = ran
        for test in tests:
            seen = ran.get(test.name)
            if seen is None:
                continue
            if test.name in self.watcher.marked:
                mark = self.watcher.marked[test.name]
                self._wrong(test, f"it is marked with pytest's {mark}, and nobody can earn its points")
            elif seen.error is not None and not self._waits(seen.error):
                self._failed(test, seen.error)
            elif seen.error is None:
                self._look_at_calls(test, seen)

    def finite(self, used: Mapping[str, tuple[str, bytes]], public: Collection[str]) -> None:
        """Values of the solution, none of which is to be NaN or infinite.

        Args:
            used: Each call that tests asked for, by its key: what was called, and the value as it travels.
            public: The keys of those that are recorded for students, whose arrays have to be finite.
        """
        for key, (name, payload) in used.items():
            found = [array_of(leaf) for _, leaf in leaves(decode(payload))]
            numbers = [one for one in found if isinstance(one, float) or (_is_array(one) and one.dtype.kind == "f")]
            has_nan = any(np.isnan(one).any() for one in numbers)
            is_refused = key in public and not all(np.isfinite(one).all() for one in numbers if _is_array(one))
            if not has_nan and not is_refused:
                continue
            id = next((id for id, names in self.outline.asked.items() if name in names), "")
            place = f"{self.assignment.solution}:{self.outline.functions.get(name, self.outline.line_of(id))}"
            told = f"{id}: {name}" if id else name
            told += f" returns {'NaN' if has_nan else 'infinity'} for what a test gives it"
            if is_refused:
                self.findings.wrong(place, f"{told}; fix the answer, or what the test gives it")
            else:
                self.findings.warn(place, told)

    def untouched(self, tests: Iterable[Test], what: str, before: dict[str, Seen]) -> None:
        """Tests that ran on an empty submission, which is to pass none.

        Args:
            tests: The tests.
            what: What it is, such as `the starter`.
            before: What came of them on the solution.
        """
        for test in tests:
            seen = self.watcher.seen.get(test.name)
            if seen is None or seen.error is not None:
                continue
            answered = [name for name in self.outline.asked.get(test.question.id, []) if name in _names_of(seen)]
            region = next((one for one in self.outline.regions if one.id == test.question.id), None)
            if answered and region is not None and self._is_answered_before(region.begin):
                self.findings.wrong(
                    f"{self.assignment.solution}:{region.begin - 1}",
                    f"the starter has the answer to {test.question.id} already: `{answered[0]}` returns above "
                    "# BEGIN SOLUTION; put it below that line",
                )
            elif name := self._returns_none(before.get(test.name, Seen()), test.question.id):
                self.findings.wrong(
                    f"{self.assignment.solution}:{self.outline.functions[name]}",
                    f"{test.question.id}: {name} returns None; return its value",
                )
            else:
                self._wrong(test, f"{what} passes it; assert something that only a right answer has")

    def draws_at_random(self, tests: Iterable[Test], before: dict[str, Seen]) -> None:
        """Tests that ran on the solution twice, with the same seed: whether they asked the same."""
        for test in tests:
            one, two = before.get(test.name), self.watcher.seen.get(test.name)
            if one is None or two is None or one.error is not None or two.error is not None:
                continue
            if one.asked != two.asked or _asked(one) != _asked(two):
                self._wrong(
                    test,
                    "it draws numbers at random: it asks something else each time. Draw them from `problem`, or from a "
                    "generator with a seed",
                )

    def changes(self, tests: Iterable[Test], before: dict[str, Seen]) -> bool:
        """Notes functions of the solution that give something else when the same is asked again."""
        found: dict[str, str] = {}
        for test in tests:
            one, two = before.get(test.name), self.watcher.seen.get(test.name)
            if one is None or two is None:
                continue
            for first, second in zip(one.calls, two.calls, strict=False):
                same = first.name == second.name and _bytes(first.arguments) == _bytes(second.arguments)
                if same and first.name in self.outline.functions and _bytes(first.value) != _bytes(second.value):
                    found.setdefault(first.name, test.question.id)
        for name, id in found.items():
            line = self.outline.functions.get(name, self.outline.line_of(id))
            self.findings.wrong(
                f"{self.assignment.solution}:{line}",
                f"{id}: {name} returns something else each time it is given the same; let it draw from a generator "
                "that it is given, or that has a seed",
            )
        return bool(found)

    def _returns_none(self, seen: Seen, id: str) -> str:
        """A function that a question asks for and that gave the solution's caller nothing, though it should; or ""."""
        asked = self.outline.asked.get(id, [])
        nothing = {one.name for one in seen.calls if one.value is None and not one.changed and not one.dropped}
        return next((name for name in asked if name in nothing and not self.outline.is_to_return_none(name)), "")

    def _error(self, test: Test) -> BaseException | None:
        seen = self.watcher.seen.get(test.name)
        return seen.error if seen is not None else None

    def _wrong(self, test: Test, text: str) -> None:
        self.findings.wrong(self.watcher.places[test.name], f"{test.name}: {text}")

    def _look_at_calls(self, test: Test, seen: Seen) -> None:
        """Whether a test asks for what its question asks for."""
        asked, names = self.outline.asked.get(test.question.id, []), _names_of(seen)
        if not asked or names & set(asked):
            return
        others = sorted({id for id, own in self.outline.asked.items() for name in own if name in names})
        if not others:
            # an empty submission passes it, whatever it asserts, and is told so; one that waits is not reached then
            if not seen.calls and test.question.id in test.question.after:
                self._wrong(test, "it asks nothing of the submission; assert something that only a right answer has")
            return
        called = ", ".join(name for name in self.outline.functions if name in names)
        self._wrong(
            test,
            f"it is a test of {test.question.id}, which asks for {' and '.join(asked)}, and calls {called}, which is "
            f"asked for in {' and '.join(others)}; correct the id, or the call",
        )

    def _failed(self, test: Test, error: BaseException) -> None:
        place = self._line_in_tests(test, error)
        if type(error).__name__ == "FixtureLookupError":
            name = str(getattr(error, "argname", ""))
            self._wrong(test, f"there is no fixture {name}; {_fixture(name)}")
        elif isinstance(error, CheckFailed):
            self._failed_fact(test, error.facts[0], str(error), place)
        elif isinstance(error, ReferenceError) and error.missing:
            self._missing(test, error.missing, place)
        elif isinstance(error, ReferenceError) and error.fact is not None:
            self._failed_fact(test, error.fact, str(error), place)
        elif isinstance(error, pytest.skip.Exception):
            self._note(f"{place}: {test.name}: it skips itself, and nobody can earn its points; take the skip out")
        elif isinstance(error, SystemExit):
            told = "it ends the whole program, and no other test runs; take that call out"
            self._note(f"{place}: {test.name}: {told}")
        elif isinstance(error, UsageError):
            told = str(error)
            # an author's line that was found already, such as one of problems.py
            is_placed = told.startswith(str(self.assignment.folder.parent))
            self._note(told if is_placed else f"{place}: {test.name}: {told}")
        elif isinstance(error, FrameError):
            self._handed(test, str(error), place)
        elif isinstance(error, AssertionError):
            told = f": {error}" if str(error) else ""
            self._note(f"{place}: {test.name}: the solution does not pass this assertion{told}")
        else:
            self._note(authors_error(Path(self.watcher.places[test.name].file), error))

    def _failed_fact(self, test: Test, fact: Fact, told: str, place: str) -> None:
        """A check that the solution does not pass, or a value that it does not give."""
        name = str(fact.values.get("name", ""))
        home = self.outline.functions.get(name or self._asked_for(test), self.outline.line_of(test.question.id))
        if fact.kind == "missing-function":
            self._missing(test, name, place)
        elif fact.kind == "cannot-be-handed":
            self._handed(test, str(fact.values["why"]), place)
        elif fact.place is not None and fact.place.line:
            # another test has got a value from it, and nothing was forbidden there: this one asks for something else
            is_the_tests = fact.values.get("error") != "ForbiddenCall" and self._is_right_elsewhere(fact.place.function)
            if is_the_tests:
                where = f"solution.py:{fact.place.line}"
                self._note(f"{place}: {test.name}: what it hands over does not fit: {say(fact)} ({where})")
            else:
                self._solution(test, fact.place.line, fact, place)
        elif fact.kind in _SLOW:
            self._solution(test, home, fact, place, "make it faster, or raise seconds_per_question")
        elif fact.kind in _CHANGES and name in self.outline.functions:
            self._solution(test, home, fact, place)
        elif fact.kind == "raised":
            takes = (
                f"; {name} takes {', '.join(self.outline.parameters(name))}" if name in self.outline.functions else ""
            )
            self._note(f"{place}: {test.name}: {say(fact)}{takes}")
        else:
            self._note(
                f"{place}: {test.name}: the solution itself does not pass it: {told} What it is compared with is "
                "something else"
            )

    def _solution(self, test: Test, line: int, fact: Fact, place: str, hint: str = "") -> None:
        """A mistake of the solution's own, told for the first test that shows it."""
        begin = f"{self.assignment.solution}:{line}: {test.question.id}: {say(fact)}"
        if not any(one.startswith(begin) for one in self.findings.mistakes):
            self._note(f"{begin} ({test.name}, {_short(place)})" + (f"; {hint}" if hint else ""))

    def _missing(self, test: Test, name: str, place: str) -> None:
        hint = did_you_mean(name, self.outline.functions, "it has")
        self._note(f"{place}: {test.name}: solution.py has no {name}; {hint}")

    def _handed(self, test: Test, why: str, place: str) -> None:
        found = unsendable(self.assignment)
        where = "; look at " + " and ".join(f"{name}, {_short(one)}" for name, one in found.items()) if found else ""
        self._note(f"{place}: {test.name}: what it hands over cannot be sent: {why}{where}")

    def _note(self, line: str) -> None:
        self.findings.mistakes.append(line)

    def _is_right_elsewhere(self, name: str) -> bool:
        """Whether another test has called a function of the solution and got a value."""
        return any(seen.error is None and name in _names_of(seen) for seen in self.watcher.seen.values())

    def _asked_for(self, test: Test) -> str:
        """The function that a question asks for, the first of several."""
        return next(iter(self.outline.asked.get(test.question.id, [])), "")

    def _line_in_tests(self, test: Test, error: BaseException | None) -> str:
        """The innermost line of the author's that an exception went through, or the test's own."""
        frames = self._frames(error)
        return f"{frames[-1][0]}:{frames[-1][1]}" if frames else str(self.watcher.places[test.name])

    def _waits(self, error: BaseException) -> bool:
        """Whether a test only waits for another one; a skip that it asks for itself is the author's."""
        return isinstance(error, pytest.skip.Exception) and not self._frames(error)

    def _frames(self, error: BaseException | None) -> list[tuple[str, int]]:
        """The author's lines that an exception went through, the innermost last."""
        folder = self.assignment.folder
        trace = root_of(error).__traceback__ if error else None
        return frames_in(trace, (folder / "tests", folder.parent / "common"))

    def _is_answered_before(self, begin: int) -> bool:
        above = self.outline.text.splitlines()[begin - 2 : begin - 1]
        return any(one.strip().startswith("return") for one in above)


def _is_array(value: object) -> TypeGuard[np.ndarray]:
    return isinstance(value, np.ndarray)


def _fixture(name: str) -> str:
    known, near = f"there are {', '.join(_FIXTURES)}", did_you_mean(name, _FIXTURES)
    return f"{near} {known}" if near.startswith("did") else known


def _short(place: str) -> str:
    file, _, line = place.rpartition(":")
    return f"{Path(file).parent.name}/{Path(file).name}:{line}"


def _names_of(seen: Seen) -> set[str]:
    return {one.name for one in seen.calls}


def _asked(seen: Seen) -> list[tuple[str, bytes]]:
    return [(one.name, _bytes(one.arguments)) for one in seen.calls]


def _bytes(value: object) -> bytes:
    try:
        return encode(value)
    except FrameError:
        return b""  # an object that stays where the submission runs
