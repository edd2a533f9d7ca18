"""Whose mistake it is that the solution does not pass a test: the test's, its inputs', or the solution's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from autograder.assertions.failure import CheckFailed
from autograder.assignment.authors import authors_error, frames_in, root_of
from autograder.assignment.definition import Assignment
from autograder.authoring.lint.findings import Findings
from autograder.authoring.lint.solution import Outline
from autograder.authoring.lint.watching import Seen, TooLong, Watcher
from autograder.engine.reference import ReferenceError
from autograder.engine.runs import Test
from autograder.errors import UsageError, did_you_mean
from autograder.wire import FrameError, encode
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

    def solved(self, tests: Iterable[Test]) -> None:
        """Tests that ran on the solution, which is to pass them all."""
        for test in tests:
            seen = self.watcher.seen.get(test.name)
            if seen is None:
                continue
            if test.name in self.watcher.marked:
                self._wrong(
                    test, f"it is marked with pytest's {self.watcher.marked[test.name]}, and its points are lost"
                )
            elif seen.error is not None and not _waits(seen.error):
                self._failed(test, seen.error)
            elif seen.error is None:
                self._look_at_calls(test, seen)

    def untouched(self, tests: Iterable[Test], what: str) -> None:
        """Tests that ran on an empty submission, which is to pass none.

        Args:
            tests: The tests.
            what: What it is, such as `the starter`.
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
            else:
                self._wrong(test, f"{what} passes it; assert something that only a right answer has")

    def again(self, tests: Iterable[Test], before: dict[str, Seen]) -> None:
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

    def changing(self, tests: Iterable[Test], before: dict[str, Seen]) -> set[str]:
        """Functions of the solution that give something else when the same is asked again; noted as mistakes."""
        found: dict[str, str] = {}
        for test in tests:
            one, two = before.get(test.name), self.watcher.seen.get(test.name)
            if one is None or two is None:
                continue
            for first, second in zip(one.calls, two.calls, strict=False):
                if first.name == second.name and _bytes(first.arguments) == _bytes(second.arguments):
                    if _bytes(first.value) != _bytes(second.value):
                        found.setdefault(first.name, test.question.id)
        for name, id in found.items():
            line = self.outline.functions.get(name, self.outline.line_of(id))
            self.findings.wrong(
                f"{self.assignment.solution}:{line}",
                f"{id}: {name} returns something else each time it is given the same; let it draw from a generator that "
                "it is given, or that has a seed",
            )
        return set(found)

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
            return  # whatever it asserts, an empty submission passes it, or it looks at an object
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
            self._failed_check(test, error, place)
        elif isinstance(error, ReferenceError):
            self.findings.wrong(place, f"{test.name}: {error}{self._known(error)}")
        elif isinstance(error, UsageError):
            told = str(error)
            # an author's line that was found already, such as one of problems.py
            is_placed = told.startswith(str(self.assignment.folder.parent))
            self.findings.mistakes.append(told if is_placed else f"{place}: {test.name}: {told}")
        elif isinstance(error, FrameError):
            self.findings.wrong(place, f"{test.name}: a value cannot be handed over: {error}")
        elif isinstance(error, AssertionError):
            told = f"{error}" if str(error) else "an assertion"
            self.findings.wrong(place, f"{test.name}: the solution does not pass it: {told}")
        else:
            self.findings.mistakes.append(authors_error(Path(self.watcher.places[test.name].file), error))

    def _failed_check(self, test: Test, error: CheckFailed, place: str) -> None:
        first = error.facts[0]
        if first.kind == "missing-function":
            name = str(first.values["name"])
            hint = did_you_mean(name, self.outline.functions, "it has")
            self.findings.wrong(place, f"{test.name}: solution.py has no {name}; {hint}")
            return
        if first.kind == "cannot-be-handed":
            self.findings.wrong(place, f"{test.name}: this cannot be handed over: {first.values['why']}")
            return
        if first.place is not None and first.place.line and self._is_right_elsewhere(first.place.function):
            # with what other tests hand over, it gives a value
            where = f"solution.py:{first.place.line}"
            self.findings.wrong(
                place, f"{test.name}: with what it hands over, {first.place.function} raises: {say(first)} ({where})"
            )
            return
        if first.place is not None and first.place.line:
            # the solution's own code has raised
            self.findings.wrong(
                f"{self.assignment.solution}:{first.place.line}",
                f"{test.question.id}: {say(first)} ({test.name}, {_short(place)})",
            )
            return
        name = str(first.values.get("name", ""))
        if first.kind in _SLOW:
            called = self._last_called(test)
            self.findings.wrong(
                f"{self.assignment.solution}:{self.outline.functions.get(called, self.outline.line_of(test.question.id))}",
                f"{test.question.id}: {say(first)} ({test.name}, {_short(place)}); make it faster, or raise "
                "seconds_per_question",
            )
        elif first.kind in _CHANGES and name in self.outline.functions:
            self.findings.wrong(
                f"{self.assignment.solution}:{self.outline.functions[name]}",
                f"{test.question.id}: {say(first)} ({test.name}, {_short(place)})",
            )
        elif first.kind == "raised":
            self.findings.wrong(
                place,
                f"{test.name}: {say(first)}; {name} takes {', '.join(self.outline.parameters(name)) or 'nothing'}",
            )
        else:
            self.findings.wrong(
                place,
                f"{test.name}: the solution itself does not pass it: {error}; what the test compares it with is "
                "something else",
            )

    def _is_right_elsewhere(self, name: str) -> bool:
        """Whether another test has called a function of the solution and got a value."""
        return any(seen.error is None and name in _names_of(seen) for seen in self.watcher.seen.values())

    def _last_called(self, test: Test) -> str:
        """The function of the solution that a test asked last, by the names that it reads."""
        own = self.outline.asked.get(test.question.id, [])
        return own[0] if own else ""

    def _line_in_tests(self, test: Test, error: BaseException | None) -> str:
        """The innermost line of the author's that an exception went through, or the test's own."""
        folder = self.assignment.folder
        frames = frames_in(
            root_of(error).__traceback__ if error else None, (folder / "tests", folder.parent / "common")
        )
        return f"{frames[-1][0]}:{frames[-1][1]}" if frames else str(self.watcher.places[test.name])

    def _known(self, error: ReferenceError) -> str:
        told = str(error)
        missing = told.split(" is not defined there")[0].rpartition(" ")[2] if "is not defined there" in told else ""
        return f"; {did_you_mean(missing, self.outline.functions, 'it has')}" if missing else ""

    def _is_answered_before(self, begin: int) -> bool:
        above = self.outline.text.splitlines()[begin - 2 : begin - 1]
        return any(one.strip().startswith("return") for one in above)


def _waits(error: BaseException) -> bool:
    """Whether a test only waits for another one."""
    return type(error).__name__ == "Skipped"


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
