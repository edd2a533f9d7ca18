"""The solution, and mutants of it, asked what they give for the arguments that a submission was given.

They run in a trusted process of their own, and only for a wrong answer. Where there is no solution, as in a student's
copy, only its values in public calls are there, which were recorded; nothing else can be asked, nor can a mutant that
travelled without its text.
"""

from __future__ import annotations

import ast
from collections.abc import Callable
from typing import Any

from autograder.assertions.failure import CheckFailed
from autograder.assignment.definition import Assignment
from autograder.engine.observed import Observed
from autograder.engine.proxies import StudentFunction
from autograder.engine.session import Session
from autograder.explain.diagnosis.clock import Clock
from autograder.explain.mutation.mutants import Mutant, with_change
from autograder.explain.mutation.roles import functions_of
from autograder.explain.notes import Note, call_key, recorded
from autograder.explain.travelling.steps import Steps, found_in, travelling_steps
from autograder.fingerprint import fingerprint
from autograder.handin.sources import Source
from autograder.isolation.settings import Limits

_LIMITS = Limits(seconds_per_question=5.0, seconds_per_submission=3600.0, memory_mb=8000, answer_mb=64)
_SECONDS_A_CALL = 0.02
# what was asked for one submission is asked for the next: so many answers are kept
_MOST_KEPT = 60


class Replay:
    """The solution of an assignment, ready to be asked."""

    def __init__(self, assignment: Assignment) -> None:
        self._assignment = assignment
        self._text = assignment.solution.read_text("utf-8") if assignment.solution.is_file() else ""
        self._session: Session | None = None
        self._loaded = ""
        self._known: dict[str, Any] = {}
        self._steps: Steps | None = None

    @property
    def is_possible(self) -> bool:
        """Whether there is a solution."""
        return bool(self._text)

    def function(self, name: str) -> str:
        """The text of a function of the solution, in the form that mutants have; "" where there is none."""
        function = functions_of(ast.parse(self._text)).get(name)
        if function is None or "." in name:
            return ""
        if ast.get_docstring(function) is not None:
            function.body = function.body[1:] or [ast.Pass()]
        return ast.unparse(function)

    def line(self, of_mutant: int) -> int:
        """The line of the whole text on which a line of a mutant stands."""
        return f"{self._text}\n\n".count("\n") + of_mutant

    def notes(self, beside: Session, one: Observed, mutant: Mutant | None, clock: Clock) -> list[Note] | None:
        """The values of the expressions of the solution, or of a mutant, in a call.

        Without the solution, those that were recorded: what is not in the file was not recorded, and cannot be had.
        """
        if not self._text and mutant is None:
            if self._steps is None:
                self._steps = travelling_steps(self._assignment)
            return found_in(self._steps, one) or None
        return self._asked(beside, one, mutant, clock, "notes", recorded)

    def answer(self, beside: Session, one: Observed, mutant: Mutant | None, clock: Clock) -> Observed | None:
        """What the solution, or a mutant, gives for a call; None where it gives nothing."""
        return self._asked(beside, one, mutant, clock, "answer", answered)

    def _asked(
        self,
        beside: Session,
        one: Observed,
        mutant: Mutant | None,
        clock: Clock,
        what: str,
        ask: Callable[[Session, Observed], Any],
    ) -> Any:
        clock.check()
        if not self._text or (mutant is not None and not mutant.source):
            return None
        source = mutant.source if mutant is not None else ""
        call = call_key(one)
        if call is None:
            return None
        key = fingerprint(call, what, source)
        if key not in self._known:
            self._load(beside, source)
            assert self._session is not None
            # it serves a class for hours
            self._session.begin_late("replay", _LIMITS.seconds_per_question)
            found = ask(self._session, one)
            # our own process: how long it really takes says how busy this machine is, and not what was handed in
            clock.waited(_SECONDS_A_CALL)
            if len(self._known) >= _MOST_KEPT:
                del self._known[next(iter(self._known))]
            self._known[key] = found
        return self._known[key]

    def _load(self, beside: Session, source: str) -> None:
        text = with_change(self._text, source)
        if self._session is not None and self._loaded == text:
            return
        whole = Source([{"name": self._assignment.submission, "text": text}], whole=True)
        if self._session is None:
            self._session = Session(beside.setup.trusted(whole, _LIMITS))
        else:
            self._session.replace(whole)
        self._loaded = text

    def close(self) -> None:
        """Ends its process, if there was need of one."""
        if self._session is not None:
            self._session.close()
            self._session = None


def answered(session: Session, one: Observed) -> Observed | None:
    """What a text gives for a call; None where it gives nothing."""
    try:
        return StudentFunction(session, one.name).call(*one.arguments).observed
    except CheckFailed:
        return None
