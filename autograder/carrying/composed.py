"""The solution, or a mistake made in it, on a submission's own functions in place of its own."""

from __future__ import annotations

import time
from functools import partial
from typing import Any

from autograder.assertions.failure import CheckFailed
from autograder.assignment.definition import Assignment
from autograder.carrying.decoys import Decoys
from autograder.carrying.groundwork import Groundwork
from autograder.carrying.parts import Parts
from autograder.carrying.ways import Way
from autograder.engine.reference import ReferenceStore
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.errors import UsageError
from autograder.explain.mutation.mutants import with_change
from autograder.facts.fact import Fact
from autograder.fingerprint import fingerprint
from autograder.handin.sources import Source
from autograder.isolation.host.errors import TemplateError
from autograder.isolation.host.process import StudentProcess
from autograder.isolation.settings import Limits
from autograder.wire import decode, encode

_LIMITS = Limits(seconds_per_question=60.0, seconds_per_submission=3600.0, memory_mb=8000, answer_mb=256)


class Composed(Session):
    """A text of ours whose functions use those of a submission.

    Args:
        beside: What the submission is run with.
        assignment: The assignment.
        way: The way in which it is answered at first.

    Attributes:
        change: The function that stands in another form than in the solution, or "".
        was_asked: Whether anything was asked since this was last set to False.
    """

    def __init__(self, beside: Setup, assignment: Assignment, way: Way) -> None:
        self._assignment = assignment
        self._way = way
        self._question_of_all = ""
        self._own: Groundwork | None = None
        self.change = ""
        self.was_asked = False
        super().__init__(beside.trusted(self._text_with(""), _LIMITS))

    def compose(self, question: str, own: Groundwork, way: Way, change: str = "") -> None:
        """From now on the functions of one question are ours, with a change, and all others the own ones."""
        self._question_of_all, self._own = question, own
        self.begin_late(question, _LIMITS.seconds_per_question, decides=True)
        if (way, change) != (self._way, self.change):
            self._way, self.change = way, change
            self.replace(self._text_with(change))

    def _text_with(self, change: str) -> Source:
        return Source([{"name": self._assignment.submission, "text": with_change(self._way.text, change)}], whole=True)

    def _sent(self, process: StudentProcess, action: str, parameters: dict[str, Any]) -> dict[str, Any]:
        self.was_asked = True
        own = self._own
        if action != "call" or own is None:
            return super()._sent(process, action, parameters)
        start = time.monotonic()
        try:
            return _asked(self._way.parts, self._question_of_all, own, process, self, parameters)
        finally:
            own.forgive(time.monotonic() - start)


class StoodIn(Session):
    """A submission with other functions in place of those that one question builds on.

    Args:
        session: The submission, whose process it is.
        parts: What builds on what.
        question: The question.
        decoys: The other functions.
    """

    def __init__(self, session: Session, parts: Parts, question: str, decoys: Decoys) -> None:
        super().__init__(session.setup, session.connection)
        self.record.loaded = session.record.loaded
        self._parts = parts
        self._stood_in = question
        self._decoys = decoys

    def _sent(self, process: StudentProcess, action: str, parameters: dict[str, Any]) -> dict[str, Any]:
        if action != "call":
            return super()._sent(process, action, parameters)
        return _asked(self._parts, self._stood_in, self._decoys, process, self, parameters)


def _asked(
    parts: Parts,
    question: str,
    own: Groundwork,
    process: StudentProcess,
    waiting: Session,
    parameters: dict[str, Any],
) -> dict[str, Any]:
    """A function that is asked while a question is judged: one of another question is given, or uses what is given."""
    name, arguments = parameters["name"], tuple(parameters["arguments"])
    if own.stands_for(name) and parts.questions.get(name, question) != question:
        return own.answer(name, arguments, parameters["options"])
    instead = tuple(sorted(filter(own.stands_for, parts.groundwork.get(name, ()))))
    with own.during(arguments):
        return process.request_answering(own.reply, "call", waiting, instead=instead, **parameters)


class OwnReference:
    """Values of the reference solution on a submission's own functions; others than these as they always are.

    Args:
        store: The reference's values.
        composed: Where the solution is run.
        way: The way in which it answers.
        question: The question that is judged.
        own: The submission's functions.
    """

    def __init__(
        self,
        store: ReferenceStore,
        composed: Composed,
        way: Way,
        question: str,
        own: Groundwork,
    ) -> None:
        self._store = store
        self._composed = composed
        self._way = way
        self._question = question
        self._own = own
        self._values: dict[str, bytes] = {}

    def value(self, requests: list[dict[str, Any]]) -> Any:
        """As of any store."""
        request, name = requests[0], requests[0].get("name", "")
        parts = self._way.parts
        used = (name, *parts.groundwork.get(name, ()))
        is_own = name in parts.questions and any(
            self._own.stands_for(one) for one in used if parts.questions[one] != self._question
        )
        key = fingerprint(self._own.test, encode(requests))
        if key not in self._values:
            is_composed = request["do"] == "call" and len(requests) == 1 and is_own
            compute = partial(self._composed_value, request) if is_composed else partial(self._plain_value, requests)
            self._values[key] = self._own.remembered(encode(requests), lambda: encode(compute()))
        return decode(self._values[key])

    def _composed_value(self, request: dict[str, Any]) -> dict[str, Any]:
        # a mistake that is tried meanwhile goes on afterwards
        change = self._composed.change
        self._composed.compose(self._question, self._own, self._way)
        try:
            asked = {one: request[one] for one in ("name", "arguments", "options")}
            answer = self._composed.request("call", **asked)
        finally:
            self._composed.compose(self._question, self._own, self._way, change)
        if "value" not in answer:
            raise CheckFailed(self._own.waits or Fact("carry-not-composed", (request["name"],)), outcome="error")
        return {one: answer[one] for one in ("value", "changed")}

    def _plain_value(self, requests: list[dict[str, Any]]) -> Any:
        if self._store.knows(requests):
            return self._store.value(requests)
        try:
            # not remembered there: what it is asked with may be this submission's
            return self._store.computed(requests)
        except TemplateError:
            raise
        except UsageError:
            # and it may be nothing that the reference answers
            raise CheckFailed(Fact("carry-not-composed", (requests[0].get("name", ""),)), outcome="error") from None
