"""The submission's own functions, asked for what a trusted process needs of them while it computes.

Only plain values cross, and all that the submission is given is what a test gives, or what its own functions gave. A
function must give the same whenever it is asked the same.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any

import numpy as np

from autograder.assertions.failure import CheckFailed
from autograder.carrying.groundwork import Groundwork, moved
from autograder.engine.answers import fault_of
from autograder.engine.observed import size_of
from autograder.engine.session import Session
from autograder.facts.fact import Fact
from autograder.wire import FrameError, Handle, Remote, encode
from autograder.wire.trees import array_of, leaves, mapped, same_bytes

# of the answers of a function that are needed again, the first is asked for again, and then one of so many
_EVERY = 8
_CLOSE = 1e-6
# bytes of what is handed to the reference: fixtures are small, and so is what functions make of them
LARGEST = 2**23


class Waits(Exception):
    """A question has to wait for its groundwork; the fact says why."""

    def __init__(self, fact: Fact) -> None:
        super().__init__(fact.kind)
        self.fact = fact


class OwnFunctions(Groundwork):
    """Functions of one submission.

    Args:
        session: The submission.
        failed: Functions that gave nothing when another question asked them, each with the reason.
        reach: For each test, the functions that are asked: all others are as they are.
        wrong: Those that are not right.

    Attributes:
        by_loss: Tests in which derivatives were right for the submission's own loss.
    """

    carries = True

    def __init__(
        self, session: Session, failed: dict[str, Fact], reach: Mapping[str, frozenset[str]], wrong: frozenset[str]
    ) -> None:
        super().__init__(reach, wrong)
        self._session = session
        self._failed = failed
        self.by_loss: set[str] = set()
        self._taken = 0.0
        self._known: dict[bytes, dict[str, Any]] = {}
        self._hits: dict[str, int] = {}
        self._objects: dict[int, Handle] = {}
        self._variables: dict[int, tuple[Handle, np.ndarray]] = {}

    def stands_for(self, name: str) -> bool:
        """Whether the submission's function is asked: all of the groundwork is, so that each sees what others gave."""
        return name in self._reach.get(self.test, ())

    def counts_loss(self, names: Sequence[str]) -> bool:
        """Whether derivatives count that are right for the own loss, which asks these functions in this order.

        They do where the loss itself is not right, and all that it is computed from is.
        """
        if [name for name in names if name in self._wrong] != list(names[-1:]):
            return False
        self.by_loss.add(self.test)
        self.asked.update(dict.fromkeys(names))
        return True

    @contextmanager
    def during(self, given: tuple[Any, ...]) -> Iterator[None]:
        """A call of a trusted process: objects and variables that it uses are made here once."""
        before = self._objects, self._variables
        self._objects, self._variables = {}, {}
        try:
            with super().during(given):
                yield
        finally:
            self._objects, self._variables = before

    def forgive(self, seconds: float) -> None:
        """Notes what a trusted process took, of which the submission's own time is no part."""
        self._session.forgive(max(0.0, seconds - self._taken))
        self._taken = 0.0

    @contextmanager
    def trying(self) -> Iterator[None]:
        """Meanwhile mistakes are tried: what a function does with wrong arguments is no reason to wait."""
        waits, failed = self.waits, dict(self._failed)
        try:
            yield
        finally:
            if self.waits is None or self.waits.kind != "carry-differs":
                self.waits = waits
            self._failed.clear()
            self._failed.update(failed)

    def answer(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        """What a function gives.

        Raises:
            Waits: When it gives nothing that can be used.
        """
        self._ask(name)
        try:
            key = encode((name, arguments, options))
        except FrameError:
            self._wait("carry-object", name)
        known = self._known.get(key)
        hits = self._hits[name] = self._hits.get(name, -1) + (known is not None)
        if known is None or hits % _EVERY == 0:
            answer = self._called(name, arguments, options)
            if known is not None and not _alike(known, answer):
                self._wait("carry-differs", name)
            self._known[key] = answer
        return self._known[key]

    def reply(self, question: dict[str, Any]) -> dict[str, Any]:
        """What a trusted process asks in turn; nothing where there is none, and then `waits` tells why."""
        try:
            return self._reply(question)
        except Waits:
            return {}

    def _reply(self, question: dict[str, Any]) -> dict[str, Any]:
        name, upstream = question["ask"], question["upstream"]
        if question.get("form"):
            # nobody asks a submission with values that no test gives
            return {}
        sent = question["arguments"], question["options"]
        variables = {int(number): array for number, array in question["variables"].items()}
        if not variables and not question["objects"] and upstream is None:
            return {"value": self.answer(name, *sent)["value"]}
        self._ask(name)
        arguments, options = mapped(sent, lambda leaf: self._real(leaf, variables, question["objects"], name))
        if upstream is not None:
            return {"value": self._derivative(name, arguments, options, upstream)}
        answer = self._called(name, arguments, options)
        new = {number: array for number, array in moved(sent[0], answer["changed"]).items() if number in variables}
        self._variables |= {number: (self._variables[number][0], array) for number, array in new.items()}
        return {"value": answer["value"], "variables": {str(number): array for number, array in new.items()}}

    def _real(self, leaf: Any, variables: dict[int, np.ndarray], objects: dict[str, Any], name: str) -> Any:
        """What stands here for a variable or an object of the trusted process."""
        if type(leaf) is not Handle:
            return leaf
        if leaf.id in variables:
            array = variables[leaf.id]
            known = self._variables.get(leaf.id)
            if known is None:
                known = self._made(Remote("tensorflow.Variable", array), name), array
            elif not same_bytes(known[1], array):
                self._request(name, "method", handle=known[0], name="assign", arguments=(array,))
                known = known[0], array
            self._variables[leaf.id] = known
            return known[0]
        if leaf.id not in self._objects:
            remote = self._described(objects.get(str(leaf.id)) or [])
            if remote is None:
                self._wait("carry-object", name)
            assert remote is not None
            self._objects[leaf.id] = self._made(remote, name)
        return self._objects[leaf.id]

    def _made(self, remote: Remote, name: str) -> Handle:
        return self._request(name, "make", remote=remote)["value"]

    def _derivative(self, name: str, arguments: Any, options: Any, upstream: list[Any]) -> Any:
        value = self._request(name, "derivative", name=name, arguments=arguments, options=options, upstream=upstream)
        if type(value["value"]) is not list:
            self._wait("carry-no-derivative", name)
        return value["value"]

    def _called(self, name: str, arguments: tuple[Any, ...], options: dict[str, Any]) -> dict[str, Any]:
        answer = self._request(name, "call", name=name, arguments=arguments, options=options)
        value, changed = answer["value"], answer.get("changed")
        if size_of(value, LARGEST) > LARGEST:
            self._wait("carry-large", name)
        if value is None or any(type(leaf) is Handle for _, leaf in leaves(value)):
            self._wait("carry-nothing" if value is None else "carry-object", name)
        pairs = changed if type(changed) is list else []
        pairs = [pair for pair in pairs if type(pair) is list and len(pair) == 2 and pair[0] in range(len(arguments))]
        for index, after in pairs:
            given, left = ([leaf for _, leaf in leaves(tree)] for tree in (arguments[index], after))
            if len(given) != len(left) or any(
                _is_changed_array(one, two) for one, two in zip(given, left, strict=True)
            ):
                self._wait("carry-changes", name)
        return {"value": value, "changed": pairs}

    def _request(self, of: str, action: str, **parameters: Any) -> dict[str, Any]:
        start = time.monotonic()
        try:
            answer = self._session.request(action, **parameters)
        except (CheckFailed, FrameError) as error:
            self._wait("carry-raises", of, error)
        finally:
            self._taken += time.monotonic() - start
        if "missing" in answer:
            self._wait("carry-missing", of)
        if "value" not in answer:
            is_open = fault_of(answer, of, 0).code == "not-implemented"
            self._wait("carry-missing" if is_open else "carry-raises", of)
        return answer

    def _ask(self, name: str) -> None:
        self.asked.setdefault(name)
        if name in self._failed:
            self.waits = self.waits or self._failed[name]
            raise Waits(self._failed[name])

    def _wait(self, kind: str, name: str, cause: Exception | None = None) -> Any:
        if self.waits is None:
            self.waits = self._failed[name] = Fact(kind, (name,))
        raise Waits(self.waits) from cause


def _is_changed_array(before: Any, after: Any) -> bool:
    if type(before) is not np.ndarray:
        return False
    return type(after) is not np.ndarray or not same_bytes(before, after)


def _alike(one: dict[str, Any], two: dict[str, Any]) -> bool:
    """Whether two answers are the same: the form in everything, and the numbers as far as rounding lets them."""
    first, second = (list(leaves((answer["value"], answer["changed"]))) for answer in (one, two))
    return [way for way, _ in first] == [way for way, _ in second] and all(
        _same(array_of(a), array_of(b)) for (_, a), (_, b) in zip(first, second, strict=True)
    )


def _same(one: Any, two: Any) -> bool:
    if type(one) is not type(two):
        return False
    if type(one) is np.ndarray and (one.shape != two.shape or one.dtype != two.dtype):
        return False
    if type(one) is float or (type(one) is np.ndarray and one.dtype.kind in "fc"):
        return bool(np.allclose(one, two, rtol=_CLOSE, atol=0, equal_nan=True))
    return bool(np.all(one == two))
