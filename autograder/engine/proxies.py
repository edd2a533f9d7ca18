"""`student` and `reference` as tests see them: functions and objects that live in another process."""

from __future__ import annotations

import difflib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np

from autograder.engine.questions import CheckFailed
from autograder.engine.session import Session
from autograder.wire import Handle, Remote, Tensor, Variable


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
        return _checked(self._session, self._session.request("make", remote=remote), remote.path)


class StudentFunction:
    """One function of the submission."""

    def __init__(self, session: Session, name: str) -> None:
        self._session = session
        self.name = name

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
        answer = self._session.request("call", name=self.name, arguments=sent, options=options)
        if "missing" in answer:
            raise CheckFailed(_missing(self.name, self._session), outcome="error")
        value = _checked(self._session, answer, self.name)
        after = list(arguments)
        for index, changed in _changes(answer.get("changed"), len(after)):
            if _has_changed_array(after[index], changed):
                raise CheckFailed(
                    f"{self.name} changes its argument number {index + 1} in place; "
                    "work on a copy and leave what the caller gave as it was"
                )
            after[index] = changed
        warned = answer.get("warnings")
        texts = [text for text in warned if type(text) is str] if type(warned) is list else []
        return Call(value, tuple(after), tuple(texts))


class StudentObject:
    """An object that stays in the student process: `model(X)`, `model.get_weights()`, `optimizer.read("lr")`."""

    def __init__(self, session: Session, handle: Handle) -> None:
        self._session = session
        self.handle = handle
        self.type = handle.type

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
        return items

    def _ask(self, action: str, **parameters: Any) -> Any:
        if "arguments" in parameters:
            parameters["arguments"] = tuple(_unwrapped(argument) for argument in parameters["arguments"])
        return _checked(self._session, self._session.request(action, handle=self.handle, **parameters), self.type)


def _unwrapped(value: Any) -> Any:
    if type(value) is StudentObject:
        return value.handle
    if type(value) in (list, tuple):
        return type(value)(_unwrapped(item) for item in value)
    if type(value) is dict:
        return {key: _unwrapped(item) for key, item in value.items()}
    return value


def _checked(session: Session, answer: dict[str, Any], name: str) -> Any:
    """The value of an answer, its handles made objects; an error of the student's code costs the points."""
    if "error" in answer:
        error, place = answer["error"], answer.get("where", "")
        if type(error) is not str or type(place) is not str:
            raise CheckFailed(f"{name} failed in a way that cannot be read", outcome="error")
        if error.startswith("MemoryError"):
            session.events.append("memory")
            error = f"MemoryError: {session.limits.memory_mb} MB are allowed"
        if error.startswith("NotImplementedError"):
            raise CheckFailed(f"{name} is not implemented yet", outcome="error")
        raise CheckFailed(f"{name} raised {error}" + (f" ({place})" if place else ""), outcome="error")
    return _wrapped(session, answer.get("value"))


def _wrapped(session: Session, value: Any) -> Any:
    if type(value) is Handle:
        return StudentObject(session, value)
    if type(value) in (list, tuple):
        return type(value)(_wrapped(session, item) for item in value)
    if type(value) is dict:
        return {key: _wrapped(session, item) for key, item in value.items()}
    return value


def _missing(name: str, session: Session) -> str:
    near = difflib.get_close_matches(name, session.names, n=1, cutoff=0.6)
    hint = f"; there is a {near[0]}, was it misspelt?" if near else ""
    because = f"; loading the file failed at {session.problems[0]}" if session.problems else ""
    return f"{name} is not defined in the submission{hint}{because}"


def _changes(changed: Any, count: int) -> list[tuple[int, Any]]:
    if type(changed) is not list:
        return []
    pairs = [pair for pair in changed if type(pair) is list and len(pair) == 2 and type(pair[0]) is int]
    return [(index, value) for index, value in pairs if 0 <= index < count]


def _has_changed_array(before: Any, after: Any) -> bool:
    """Whether a plain array changed. Variables are there to be changed; anything else that differs counts."""
    kind = type(before)
    if kind in (Variable, Tensor, StudentObject, Remote):
        return False
    if kind is np.ndarray and type(after) is np.ndarray:
        return before.shape != after.shape or before.tobytes() != after.tobytes()
    if kind is dict and type(after) is dict and before.keys() == after.keys():
        return any(_has_changed_array(before[key], after[key]) for key in before)
    if kind in (list, tuple) and type(after) is kind and len(before) == len(after):
        return any(_has_changed_array(a, b) for a, b in zip(before, after, strict=True))
    return type(after) is not kind or before != after
