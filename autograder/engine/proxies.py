"""`student` and `reference` as tests see them: functions and objects that live in another process."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.assignment.questions import CheckFailed
from autograder.engine.observed import Observed
from autograder.engine.session import Session
from autograder.text import shortened
from autograder.wire import FrameError, Handle, Remote, Tensor, Variable
from autograder.wire.trees import mapped, same_bytes

_ERROR_LENGTH = 600
_NAME_LENGTH = 100
# names among which a misspelt one is looked for: each is compared letter by letter
_NAMES, _LONGEST_NAME = 300, 40
_WARNINGS = 20


@dataclass(frozen=True)
class Call:
    """What a call did.

    Attributes:
        value: What it returned.
        arguments: The arguments as they are after the call: variables updated in place show here.
        warnings: Warnings of NumPy, such as an overflow, that came up on the way.
    """

    value: Any
    arguments: tuple[Any, ...]
    warnings: tuple[str, ...] = ()


class Student:
    """The submission. `student.forward(X, params)` calls its `forward` where it runs, and returns plain values.

    Args:
        session: The conversation with its process.
    """

    def __init__(self, session: Session) -> None:
        self._session = session

    def __getattr__(self, name: str) -> StudentFunction:
        if name.startswith("__"):
            raise AttributeError(name)
        return StudentFunction(self._session, name)

    def make(self, remote: Remote) -> StudentObject:
        """Builds an object in the student process, to be passed to its functions and looked at afterwards."""
        value = _checked(self._session, _request(self._session, "make", remote=remote), remote.path)
        if type(value) is not StudentObject:
            raise CheckFailed(f"{remote.path} cannot be built in the submission's process", outcome="error")
        return value


class StudentFunction:
    """One function of the submission."""

    def __init__(self, session: Session, name: str) -> None:
        self._session = session
        self.name = name

    @property
    def session(self) -> Session:
        """The conversation with its process."""
        return self._session

    def __call__(self, *arguments: Any, **options: Any) -> Any:
        """Calls it and returns its value.

        Raises:
            CheckFailed: When it is missing, raises, does not end, or changes an array it was given.
        """
        return self.call(*arguments, **options).value

    def call(self, *arguments: Any, **options: Any) -> Call:
        """Calls it; the result tells as well what became of its arguments."""
        sent = tuple(_unwrapped(argument) for argument in arguments)
        options = {key: _unwrapped(option) for key, option in options.items()}
        answer = _request(self._session, "call", name=self.name, arguments=sent, options=options)
        if "missing" in answer:
            raise CheckFailed(_missing(self.name, self._session), outcome="error", code="missing-name")
        value = _checked(self._session, answer, self.name)
        after = list(arguments)
        changes = _changes(answer.get("changed"), len(after))
        self._session.observed.note(Observed(self.name, value, tuple(changes), arguments))
        for index, changed in changes:
            if _has_changed_array(after[index], changed):
                raise CheckFailed(
                    f"{self.name} changes its argument number {index + 1} in place; "
                    "work on a copy and leave what the caller gave as it was",
                    code="changes-argument",
                )
            after[index] = changed
        warned = answer.get("warnings")
        texts = [text for text in warned[:_WARNINGS] if type(text) is str] if type(warned) is list else []
        return Call(value, tuple(after), tuple(shortened(text, _ERROR_LENGTH) for text in texts))


class StudentObject:
    """An object that stays in the student process: `model(X)`, `model.get_weights()`, `optimizer.read("lr")`."""

    def __init__(self, session: Session, handle: Handle) -> None:
        self._session = session
        self.handle = handle
        self.type = shortened(handle.type, _NAME_LENGTH)

    def __getattr__(self, name: str) -> Callable[..., Any]:
        if name.startswith("__"):
            raise AttributeError(name)
        return lambda *arguments: self._ask("method", name=name, arguments=arguments)

    def __call__(self, *arguments: Any) -> Any:
        return self._ask("method", name="__call__", arguments=arguments)

    def __getitem__(self, key: Any) -> Any:
        raise CheckFailed(
            f"expected plain values (dict, list, tuple, array), you return an object of type {self.type[:60]}"
        )

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
            raise CheckFailed(f"iterating over the {self.type} gives no list of items")
        return items[:limit]

    def _ask(self, action: str, **parameters: Any) -> Any:
        if "arguments" in parameters:
            parameters["arguments"] = tuple(_unwrapped(argument) for argument in parameters["arguments"])
        answer = _request(self._session, action, handle=self.handle, **parameters)
        value = _checked(self._session, answer, self.type)
        asked = parameters.get("name") or parameters.get("path") or action
        self._session.observed.note(Observed(f".{asked}", value))
        return value


def _request(session: Session, action: str, **parameters: Any) -> dict[str, Any]:
    """Asks; what the submission returned and a test hands back may be too deep to travel inside a request."""
    try:
        return session.request(action, **parameters)
    except FrameError as error:
        raise CheckFailed(f"a value cannot be handed to the submission: {error}", outcome="error") from None


def _unwrapped(value: Any) -> Any:
    return mapped(value, lambda leaf: leaf.handle if type(leaf) is StudentObject else leaf)


def _checked(session: Session, answer: dict[str, Any], name: str) -> Any:
    """The value of an answer, its handles made objects; an error of the student's code costs the points."""
    if type(answer.get("refused")) is str:
        why = shortened(answer["refused"], _ERROR_LENGTH)
        raise CheckFailed(f"{name} returns a value that cannot be read: {why}", outcome="error")
    if "error" in answer:
        error, place = answer["error"], answer.get("where", "")
        if type(error) is not str or type(place) is not str:
            raise CheckFailed(f"{name} failed in a way that cannot be read", outcome="error")
        if error.startswith("MemoryError"):
            session.events.append("memory")
            error = f"MemoryError: {session.limits.memory_mb} MB are allowed"
        error, place = shortened(error, _ERROR_LENGTH), shortened(place, _ERROR_LENGTH)
        if error.startswith("NotImplementedError"):
            raise CheckFailed(f"{name} is not implemented yet", outcome="error", code="not-implemented")
        message = f"{name} raised {error}" + (f" ({place})" if place else "")
        raise CheckFailed(message, outcome="error", code="raises")
    return _wrapped(session, answer.get("value"))


def _wrapped(session: Session, value: Any) -> Any:
    return mapped(value, lambda leaf: StudentObject(session, leaf) if type(leaf) is Handle else leaf)


def _missing(name: str, session: Session) -> str:
    names = [found for found in session.names[:_NAMES] if len(found) <= _LONGEST_NAME]
    near = difflib.get_close_matches(name, names, n=1, cutoff=0.6)
    hint = f"; there is a {near[0]}, was it misspelt?" if near else ""
    problem = shortened(session.problems[0], _ERROR_LENGTH) if session.problems else ""
    because = f"; loading the file failed at {problem}" if problem else ""
    return f"{name} is not defined in the submission{hint}{because}"


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
