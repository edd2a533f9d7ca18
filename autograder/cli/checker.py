"""A process that stays and checks: one JSON line in asks, one JSON line out answers.

Whoever checks again and again, as a notebook does, waits for libraries and tests once. The process ends with the one
that started it, whatever becomes of that. An interrupt ends the check that runs, and no more.
"""

from __future__ import annotations

import contextlib
import io
import json
import os
import queue
import re
import signal
import sys
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.assignment.hints import STEPS
from autograder.assignment.kit import demand_whole
from autograder.cli.checks import Checks, groundwork, print_of
from autograder.cli.verdicts import remember
from autograder.errors import UsageError
from autograder.facts.fact import IN_MEMORY, Fact
from autograder.facts.result import QuestionResult, Result
from autograder.fingerprint import fingerprint
from autograder.handin.sources import Source
from autograder.handin.submissions import Reading, Submission
from autograder.text import visible
from autograder.words import say

# seconds between two looks whether the parent is there, and that are left to end what runs
_LOOK, _LAST = 1.0, 3.0


@dataclass(frozen=True)
class InMemory(Submission):
    """Cells that a kernel has run, as a submission.

    Attributes:
        parts: Their texts.
    """

    parts: tuple[dict[str, str], ...] = ()

    def read(self, unpack: Any = None) -> Reading:
        """The cells; nothing is read from disk."""
        return Reading("", text=Source(list(self.parts)))


class Checker:
    """Answers requests for one assignment.

    A request asks for `questions` (ids; all when there are none) of `parts`, the cells of a notebook, or of a `file`.
    Besides: `absent`, names of functions that are not in memory, by question; `homes`, the cells of those that are;
    `made`, the names that each statement binds, with the statement; `level`, how much is said. The answer has
    `html`, `text` and the `result`, or `error`, a line; or `renew`, when another process is to be asked.
    """

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._print = print_of(folder)
        # on a GPU, the kernel has taken the memory
        self._checks = Checks(Assignment.load(folder), device="cpu", carries=False)
        # what was in memory when a question was checked last, and whether it was right
        self._known: dict[str, tuple[str, bool]] = {}

    def load(self) -> None:
        """Loads all that checks need.

        Raises:
            UsageError: When the kit was changed, or cannot be checked.
        """
        demand_whole(self._checks.assignment)
        self._checks.load()
        _ = self._checks.later, self._checks.versions
        # what the first check would wait for
        self.answer({"parts": [{"name": IN_MEMORY, "text": "0"}]})

    def answer(self, request: dict[str, Any]) -> dict[str, Any]:
        """The answer to one request; whatever a person can fix is its `error`."""
        try:
            # of a changed assignment, a new process loads the tests
            return {"renew": True} if print_of(self._folder) != self._print else self._answer(request)
        except Exception as error:
            return {"error": _line_of(error)}

    def _answer(self, request: dict[str, Any]) -> dict[str, Any]:
        from rich.console import Console

        from autograder.cli.console import print_result
        from autograder.cli.folding import ONE_BY_ONE, told_briefly, told_later
        from autograder.engine.open_questions import is_open
        from autograder.records.card import Beside, card
        from autograder.records.marks_alone import contained

        absent: dict[str, list[str]] = request.get("absent", {})
        result = self._result(request, absent)
        shown = {row.id for row in result.questions}
        is_all = shown == {test.question.id for test in self._checks.load().suite.tests}
        later = [one for one in self._checks.later if is_all or one.question in shown]
        steps = {row.id: step for row in result.questions if (step := self._step(row, request))}
        beside = {id: Beside(step=steps.get(id, "")) for id in shown}
        for one in later:
            if one.question in shown:
                told = told_later(one, more=True) if len(shown) == 1 else told_briefly(one)
                beside[one.question] = replace(beside[one.question], later=told)
        alone = [f"{one.question} {told_later(one)}" for one in later if one.question not in shown]
        if len(shown) > 1 and any(beside[row.id].later and not is_open(row) for row in result.questions):
            alone.append(ONE_BY_ONE)
        text = io.StringIO()
        screen = Console(file=text, highlight=False, force_terminal=False, color_system=None, width=100)
        contained(lambda one: print_result(one, False, later, steps, screen), result)
        return {
            "html": card(result, beside, sum(one.points for one in later), alone),
            "text": text.getvalue().rstrip("\n"),
            "result": json.loads(contained(Result.to_json, result)),
        }

    def _result(self, request: dict[str, Any], absent: dict[str, list[str]]) -> Result:
        from autograder.engine.runs import TestRun, rows_of

        tests = self._checks.load().suite.named(tuple(request.get("questions", ())))
        wanted = list(dict.fromkeys(test.question.id for test in tests))
        if "file" in request:
            submission = Submission("you", Path(request["file"]).resolve())
        else:
            submission = InMemory("you", Path.cwd() / IN_MEMORY, parts=tuple(request["parts"]))
        there = [id for id in wanted if id not in absent]
        result = Result("you", self._checks.assignment.name, "graded")
        if there:
            memory = _InMind(self._checks, request.get("made", []))
            known = {id: is_right for id, (text, is_right) in self._known.items() if memory.text_of(id) == text}
            checked = self._checks.check(submission, there, request.get("level"), known)
            result = checked.result
            remember(self._checks.assignment, submission.path, result)
            if request.get("made"):
                self._known |= {id: (memory.text_of(id), is_right) for id, is_right in checked.right.items()}
        facts = {id: Fact("not-in-memory", tuple(names)) for id, names in absent.items()}
        waiting = [
            TestRun(test, "skipped", 0.0, (facts[test.question.id],)) for test in tests if test.question.id in facts
        ]
        rows = {row.id: row for row in (*result.questions, *rows_of(waiting))}
        return replace(result, questions=tuple(rows[id] for id in wanted))

    def _step(self, row: QuestionResult, request: dict[str, Any]) -> str:
        """What to do next about a question in a notebook: of its functions, those that are known to be wrong."""
        from autograder.cli.hinting import seen_hints

        if row.outcome not in ("failed", "error") or "file" in request:
            return ""
        id, wrong = row.id, _functions_in(row)
        assignment, homes = self._checks.assignment, request.get("homes", {})
        names = [name for name in assignment.functions.get(id, ()) if name in homes]
        names = [name for name in names if name in wrong] or names
        facts = []
        for cell in dict.fromkeys(homes[name] for name in names):
            own = tuple(name for name in names if homes[name] == cell)
            facts.append(Fact("change-and-run", own, {"cell": f"[{cell}]"}))
        with contextlib.suppress(UsageError):
            seen = seen_hints(assignment).get(id, 0)
            if id in assignment.hints and seen < STEPS:
                values = {"call": f'hint("{id}")', "number": seen + 1, "count": STEPS}
                facts.append(Fact("hint-there", values=values))
        return " ".join(map(say, facts))

    def close(self) -> None:
        """Ends all processes."""
        self._checks.close()


class _InMind:
    """What is in memory, without what a question has nothing to do with.

    Who edits `train` need not wait for `forward` to be looked at again.
    """

    def __init__(self, checks: Checks, made: list[tuple[list[str], str]]) -> None:
        self._checks = checks
        self._made = made

    def text_of(self, question: str) -> str:
        """A hash of the statements without the functions that other questions ask for, which it does not build on."""
        own = {question, *groundwork([question], self._checks.load().suite.tests)}
        functions = self._checks.assignment.functions
        others = {name for id, names in functions.items() if id not in own for name in names}
        others -= {name for id in own for name in functions.get(id, ())}
        return fingerprint(*(text for names, text in self._made if not set(names) <= others))


def _functions_in(row: QuestionResult) -> set[str]:
    """Functions that what is wrong speaks of, such as `add` of `the derivative of add(6, 2) by a`."""
    facts = [fact for fact in row.facts if fact.kind not in ("right", "many-right")]
    about = " ".join(name for fact in facts for name in fact.about)
    return {*re.findall(r"(\w+)\(", about), *(str(fact.values["name"]) for fact in facts if "name" in fact.values)}


def _line_of(error: Exception) -> str:
    """What went wrong, on one line."""
    text = " ".join(visible(str(error)).split())
    is_known = isinstance(error, (UsageError, OSError))
    return text if is_known else f"a mistake of this program, not yours: {type(error).__name__}: {text}"


class _Line:
    """The two ends of the conversation, and the interrupts between."""

    def __init__(self) -> None:
        # whatever prints meanwhile does not print into the conversation
        self._out = os.fdopen(os.dup(1), "w", encoding="utf-8")
        os.dup2(2, 1)
        self._requests: queue.Queue[dict[str, Any] | None] = queue.Queue()
        self._parent = os.getppid()
        self._is_busy = False
        signal.signal(signal.SIGINT, self._interrupted)
        threading.Thread(target=self._read, daemon=True).start()
        threading.Thread(target=self._watch, daemon=True).start()

    def requests(self) -> Iterator[dict[str, Any]]:
        while (request := self._requests.get()) is not None:
            yield request

    def say(self, record: dict[str, Any]) -> None:
        with contextlib.suppress(OSError):
            self._out.write(json.dumps(record) + "\n")
            self._out.flush()

    @contextlib.contextmanager
    def interruptible(self) -> Iterator[None]:
        self._is_busy = True
        try:
            yield
        finally:
            self._is_busy = False

    def _interrupted(self, *_: Any) -> None:
        if self._is_busy:
            self._is_busy = False
            raise KeyboardInterrupt

    def _read(self) -> None:
        for line in sys.stdin:
            self._requests.put(json.loads(line))
        self._end()

    def _watch(self) -> None:
        """A parent that was killed may have left others that hold its end of the line."""
        while os.getppid() == self._parent:
            time.sleep(_LOOK)
        self._end()

    def _end(self) -> None:
        self._requests.put(None)
        if hasattr(signal, "pthread_kill"):
            # to the thread that may be waiting for an answer
            signal.pthread_kill(threading.main_thread().ident or 0, signal.SIGINT)
        time.sleep(_LAST)
        os._exit(1)


def main(folder: str) -> None:
    """Serves the assignment in a folder until standard input ends."""
    line = _Line()
    checker = None
    try:
        checker = Checker(Path(folder))
        checker.load()
        line.say({"ready": True})
        for request in line.requests():
            try:
                with line.interruptible():
                    answer = checker.answer(request)
            except KeyboardInterrupt:
                answer = {"error": "stopped"}
            line.say({"id": request.get("id"), **answer})
    except Exception as error:
        line.say({"failed": _line_of(error)})
    finally:
        if checker is not None:
            checker.close()
