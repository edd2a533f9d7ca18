"""`student` as tests see it: functions and objects that live in another process."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from itertools import islice
from typing import Any, Protocol

import numpy as np

from autograder.assertions.callees import Held
from autograder.assertions.failure import CheckFailed
from autograder.engine.answers import NAME_LENGTH, fault_of, warnings_of
from autograder.engine.observed import CallLog, Observed
from autograder.engine.session import Session
from autograder.engine.texts import text_of, texts_of
from autograder.facts.fact import Fact
from autograder.text import shortened
from autograder.wire import SUBMISSION, FrameError, Handle, Remote, Tensor, Variable
from autograder.wire.trees import mapped, same_bytes

# names among which a misspelt one is looked for: each is compared letter by letter
_NAMES, _LONGEST_NAME = 300, 40
# how much alike: where nothing is there, and where what is asked for is there and left open
_LIKE, _CLEARLY = 0.6, 0.8


class Own(Protocol):
    """The groundwork that questions are judged on, other than as they are.

    Attributes:
        carries: Whether what is right for the submission's own loss may count.
    """

    carries: bool

    def begin(self, test: str) -> None:
        """Begins a test."""

    def counts_loss(self, names: Sequence[str]) -> bool:
        """Whether derivatives count that are right for the submission's own loss, by the functions that it asks."""


@dataclass(frozen=True)
class Call:
    """What a call did.

    Attributes:
        value: What it returned.
        nothing: That it returned None, as a fact, or None.
        arguments: The arguments as they are after the call: variables updated in place show here.
        warnings: Warnings of NumPy, such as an overflow, that came up on the way, each once.
        observed: The same as evidence, from which a wrong answer is explained.
    """

    value: Any
    nothing: Fact | None
    arguments: tuple[Any, ...]
    warnings: tuple[str, ...]
    observed: Observed


class Student:
    """The submission. `student.forward(X, params)` calls its `forward` where it runs, and returns plain values.

    Attributes:
        calls: What was called in this test, and what it returned.
    """

    def __init__(self, session: Session, own: Own | None = None) -> None:
        self._session = session
        self._own = own
        self.calls = CallLog()

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return StudentFunction(self._session, name, self.calls, self._own)

    def make(self, remote: Remote) -> StudentObject:
        """Builds an object in the student process, to be passed to its functions and looked at afterwards."""
        module, _, name = remote.path.partition(".")
        if module == SUBMISSION:
            self.calls.note_made(name)
        answer = _request(self._session, "make", remote=remote)
        value = _value(self._session, answer, remote.path, self.calls)
        if type(value) is not StudentObject:
            raise CheckFailed(Fact("cannot-be-built", values={"path": remote.path}), outcome="error")
        return value


class StudentFunction:
    """One function, or class, of the submission."""

    def __init__(self, session: Session, name: str, calls: CallLog | None = None, own: Own | None = None) -> None:
        self._session = session
        self._calls = CallLog() if calls is None else calls
        self._own = own
        self.name = name

    @property
    def explains(self) -> bool:
        """Whether a wrong answer is to be explained."""
        return self._session.setup.explains

    @property
    def carries(self) -> bool:
        """Whether what is right on the submission's own groundwork counts."""
        return self._own is not None and self._own.carries

    def counts_loss(self) -> bool:
        """Whether derivatives count that are right for the submission's own loss, which was asked for unobserved."""
        assert self._own is not None
        return self._own.counts_loss([name for name in self._calls.unseen if name != self.name])

    @contextmanager
    def unobserved(self) -> Iterator[None]:
        """Meanwhile no call is noted: what is asked here is no evidence of the test's own."""
        with self._calls.closed():
            yield

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Calls it and returns its value.

        Raises:
            CheckFailed: When it is missing, raises, does not end, or changes an array it was given.
        """
        return self.call(*arguments, **options).value

    def call(self, *arguments: Any, **options: Any) -> Call:
        """Calls it; the result tells as well what became of its arguments."""
        sent, options = unwrapped(arguments), unwrapped(options)
        answer = _request(self._session, "call", name=self.name, arguments=sent, options=options)
        try:
            value = _value(self._session, answer, self.name, self._calls)
        except CheckFailed:
            self._calls.note(Observed(self.name, None, (), arguments))
            raise
        after = list(arguments)
        changes = _changes(answer.get("changed"), len(after))
        nothing = None
        if value is None:
            kind = "returns-none" if answer.get("has_return") is False else "gives-none"
            nothing = Fact(kind, values={"name": self.name}, code="no-return")
        observed = self._calls.note(Observed(self.name, value, tuple(changes), arguments, nothing=nothing))
        for index, changed in changes:
            if _has_changed_array(after[index], changed):
                names = texts_of(answer.get("parameters"), index + 1)[index:]
                values = {"name": self.name, "number": index + 1, "argument": "".join(names)}
                kind = "changes-argument" if names else "changes-nth-argument"
                changed_fact = Fact(kind, values=values, code="changes-argument")
                # who may not change what is given has to return something
                raise CheckFailed([nothing, changed_fact] if nothing else changed_fact)
            after[index] = changed
        texts = [str(one.values["text"]) for one in warnings_of(answer.get("warned")) if one.code == "unstable"]
        return Call(value, nothing, tuple(after), tuple(dict.fromkeys(texts)), observed)


class StudentObject(Held):
    """An object that stays in the student process: `model(X)`, `model.get_weights()`, `optimizer.read("lr")`."""

    def __init__(self, session: Session, handle: Handle, calls: CallLog) -> None:
        self._session = session
        self._calls = calls
        self.handle = handle
        self.type = shortened(handle.type, NAME_LENGTH)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments: self._ask("method", name=name, arguments=arguments)

    def __call__(self, *arguments: Any) -> Any:
        return self._ask("method", name="__call__", arguments=arguments)

    def __getitem__(self, key: Any) -> Any:
        raise CheckFailed(Fact("object-for-values", values={"type": self.type[:60]}))

    def __iter__(self) -> Any:
        return self[0]

    def __len__(self) -> int:
        return self[0]

    def read(self, path: str) -> Any:
        """The value of an attribute; `a.b` reads through."""
        return self._ask("attribute", path=path)

    def items(self, limit: int = 1000) -> list[Any]:
        """What iterating over it gives, at most `limit` items."""
        items = self._ask("items", limit=limit)
        if type(items) is not list:
            raise CheckFailed(Fact("items", values={"type": self.type}))
        return items[:limit]

    def _ask(self, action: str, **parameters: Any) -> Any:
        answer = _request(self._session, action, handle=self.handle, **unwrapped(parameters))
        value = _value(self._session, answer, self.type, self._calls)
        asked = parameters.get("name") or parameters.get("path") or action
        self._calls.note(Observed(f".{asked}", value))
        return value


def _request(session: Session, action: str, **parameters: Any) -> dict[str, Any]:
    """Asks; what the submission returned and a test hands back may be too deep to travel inside a request."""
    try:
        return session.request(action, **parameters)
    except FrameError as error:
        raise CheckFailed(Fact("cannot-be-handed", values={"why": str(error)}), outcome="error") from None


def unwrapped(value: Any) -> Any:
    """A value with what stands for each object that stays in the student process."""
    return mapped(value, lambda leaf: leaf.handle if type(leaf) is StudentObject else leaf)


def _value(session: Session, answer: dict[str, Any], name: str, calls: CallLog) -> Any:
    """The value of an answer, its handles made objects; an error of the student's code costs the points."""
    if "missing" in answer:
        raise CheckFailed(_missing(answer, name, session), outcome="error")
    if "value" not in answer:
        fault = fault_of(answer, name, session.setup.limits.memory_mb)
        if fault.kind == "not-implemented":
            fault = replace(fault, values={**fault.values, "near": _near(name, session, _CLEARLY)})
        if fault.place is not None:
            fault = replace(fault, place=session.setup.source.with_cell(fault.place))
        if fault.kind == "memory-error":
            session.record.ends.append(fault)
        raise CheckFailed(fault, outcome="error")
    wrap = lambda leaf: StudentObject(session, leaf, calls) if type(leaf) is Handle else leaf  # noqa: E731
    return mapped(answer["value"], wrap)


def _missing(answer: dict[str, Any], asked: str, session: Session) -> Fact:
    """What a submission does not have: a function or a class, or what an object of its own is asked for."""
    name, owner = text_of(answer["missing"], _LONGEST_NAME) or asked, text_of(answer.get("of"), _LONGEST_NAME)
    if owner:
        near = _like(name, texts_of(answer.get("names"), _NAMES), _LIKE)
        return Fact("missing-member", values={"type": owner, "name": name, "near": near}, code="missing-name")
    loaded = session.record.loaded
    unread = [one for one in loaded.problems if one.is_no_python and one.place]
    for one in unread:
        # the part of the file that held it could not be read: that is told once, for the file
        if name in one.values["names"] and one.place and one.place.line:
            return Fact("missing-by-syntax", values={"name": name}, place=one.place, code="missing-name")
    near = _near(name, session, _LIKE)
    values = {"name": name, "near": near, "unread": unread[0].values["file"] if unread else ""}
    return Fact("missing-function", values=values, code="missing-name")


def _near(name: str, session: Session, cutoff: float) -> str:
    """A name of the submission that looks like another one; none that it was given, or is asked for."""
    return _like(name, (one for one in session.record.loaded.names if one not in session.setup.given), cutoff)


def _like(name: str, names: Iterable[str], cutoff: float) -> str:
    some = [one for one in islice(names, _NAMES) if len(one) <= _LONGEST_NAME and one != name]
    return next(iter(difflib.get_close_matches(name, some, n=1, cutoff=cutoff)), "")


def _changes(changed: Any, count: int) -> list[tuple[int, Any]]:
    if type(changed) is not list:
        return []
    # an honest process tells of each argument once
    pairs = [pair for pair in changed[:count] if type(pair) is list and len(pair) == 2 and type(pair[0]) is int]
    return [(index, value) for index, value in pairs if 0 <= index < count]


def _has_changed_array(before: Any, after: Any) -> bool:
    """Whether a plain array changed. Variables are there to be changed; anything else that differs counts."""
    kind = type(before)
    if kind in (Variable, Tensor, StudentObject, Remote):
        return False
    if kind is np.ndarray and type(after) is np.ndarray:
        return not same_bytes(before, after)
    if kind is dict and type(after) is dict and before.keys() == after.keys():
        return any(_has_changed_array(before[key], after[key]) for key in before)
    if kind in (list, tuple) and type(after) is kind and len(before) == len(after):
        return any(_has_changed_array(a, b) for a, b in zip(before, after, strict=True))
    # two dicts with other keys are not compared with !=: it would ask an array inside them for its truth
    return type(after) is not kind or kind in (dict, list, tuple) or before != after
