"""What a question is judged on: other functions in place of some, or, as here, all as they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.facts.fact import Fact
from autograder.wire import Handle, Remote, Variable
from autograder.wire.trees import leaves


class Groundwork:
    """Every function as it is; to be subclassed.

    Args:
        reach: For each test, the functions of other questions that its question builds on.
        wrong: Functions of other questions that are not right.

    Attributes:
        carries: Whether what is right for the submission's own loss may count.
        test: The test that runs.
        asked: Names of the functions that were asked, in order.
        waits: Why the question has to wait, when something went wrong.
    """

    carries = False

    def __init__(self, reach: Mapping[str, frozenset[str]] | None = None, wrong: frozenset[str] = frozenset()) -> None:
        self._reach = reach or {}
        self._wrong = wrong
        self.test = ""
        self.asked: dict[str, None] = {}
        self.waits: Fact | None = None
        self._given: tuple[Any, ...] = ()

    def begin(self, test: str) -> None:
        """Begins a test."""
        self.test = test

    def stands_for(self, name: str) -> bool:
        """Whether another function is asked in place of this one."""
        return False

    def counts_loss(self, names: Sequence[str]) -> bool:
        """Whether derivatives count that are right for the own loss, which asks these functions in this order."""
        return False

    def forgive(self, seconds: float) -> None:
        """Notes what a trusted process took, of which the submission's own time is no part."""

    @contextmanager
    def during(self, given: tuple[Any, ...]) -> Iterator[None]:
        """A call: an object that is told by the way to it is one of these arguments."""
        before, self._given = self._given, given
        try:
            yield
        finally:
            self._given = before

    def remembered(self, request: bytes, compute: Callable[[], bytes]) -> bytes:
        """What the solution gives on this groundwork: computed, or what it gave to another submission."""
        return compute()

    def answer(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        """What is given for a call, and what it changed, as a process answers it; asked where `stands_for` says so."""
        raise LookupError(name)

    def reply(self, question: dict[str, Any]) -> dict[str, Any]:
        """What is given to a process that asks in turn; nothing where there is nothing."""
        return {}

    def _described(self, way: Sequence[Any]) -> Remote | None:
        """The description of an object among the arguments of the call."""
        found: Any = self._given
        for step in way:
            found = found[step]
        return found if way and type(found) is Remote else None


def moved(sent: Sequence[Any], changed: Sequence[Sequence[Any]]) -> dict[int, np.ndarray]:
    """The new values of variables that a call changed, by the numbers of the handles that stood for them."""
    return {
        before.id: leaf.array
        for index, after in changed
        for (_, before), (_, leaf) in zip(leaves(sent[index]), leaves(after), strict=True)
        if type(before) is Handle and type(leaf) is Variable
    }
