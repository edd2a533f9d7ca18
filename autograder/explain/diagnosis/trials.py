"""Causes that another call proves: state that is kept, randomness that is not the given one."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from autograder.engine.observed import Observed
from autograder.engine.proxies import StudentObject
from autograder.engine.runs import TestRun
from autograder.engine.session import Session
from autograder.explain.diagnosis.clock import Clock
from autograder.explain.diagnosis.evidence import Evidence
from autograder.explain.diagnosis.replay import answered
from autograder.explain.leaves import leaves_of, same
from autograder.wire import FrameError, Handle, Remote, encode
from autograder.wire.trees import leaves

# what took longer is not called once more
_SECONDS = 0.5
# for a call that took less than that before
_LIMIT = 1.0
# what builds a random generator from a seed
_GENERATORS = re.compile(r"(numpy\.)?random\.|(tensorflow|keras)\.random\.|.*\b(Seed)?Generator\b")


def trial(session: Session, run: TestRun, evidence: Evidence, clock: Clock) -> str:
    """The code of a cause that another call proves, or ""."""
    if run.seconds > _SECONDS:
        return ""
    wrong = {key[1] for key in evidence.wrong if key[0] == run.test}
    for number, one in enumerate(run.observed):
        if number not in wrong or one.name.startswith("."):
            continue
        if _holds_objects(one.arguments):
            return ""
        start = time.monotonic()
        again = called(session, run.question, one.name, one.arguments, clock)
        if again is None:
            return ""
        if _differ(one, again):
            return "seed" if _generators(one.arguments) else "kept-state"
        others = _with_other_seed(one.arguments)
        if others is not None and time.monotonic() - start < _SECONDS:
            other = called(session, run.question, one.name, others, clock)
            if other is not None and _are_same_bytes(one, other):
                return "seed"
        return ""
    return ""


def keeps_state(session: Session, run: TestRun, clock: Clock) -> bool:
    """Whether the first call of a test gives another value when it is made again."""
    for one in run.observed[:1] if run.seconds <= _SECONDS else ():
        if one.dropped or one.name.startswith(".") or _holds_objects(one.arguments):
            return False
        again = called(session, run.question, one.name, one.arguments, clock)
        return again is not None and _differ(one, again)
    return False


def called(session: Session, question: str, name: str, arguments: tuple[Any, ...], clock: Clock) -> Observed | None:
    """What a call gives when it is made once more; None when it gives nothing, or nobody is there to be asked."""
    with asking(session, question, clock) as may_ask:
        return answered(session, Observed(name, None, arguments=arguments)) if may_ask else None
    return None


@contextmanager
def asking(session: Session, question: str, clock: Clock) -> Iterator[bool]:
    """A question that only the explaining asks; whether somebody is there to be asked.

    The marks are given: how such a call ends is no part of the result.
    """
    clock.check()
    if not session.is_running:
        yield False
        return
    session.begin_late(question, seconds=min(_LIMIT, clock.left))
    ends, start = list(session.record.ends), time.monotonic()
    try:
        yield True
    finally:
        session.record.ends[:] = ends
        clock.waited(time.monotonic() - start)


def _differ(one: Observed, two: Observed) -> bool:
    """Whether two answers are proven to be different: by numbers, all of which can be compared."""
    first, second = leaves_of([one]), leaves_of([two])
    if one.dropped or two.dropped or not all(leaf.numbers for leaf in (*first, *second)):
        # NaN differs from itself, and numbers beyond what is looked at from everything
        return False
    if not first:
        # a call that raised gave nothing to differ from: another time a question's limits may not have stood in its way
        return False
    return len(first) != len(second) or not all(same(a, b) for a, b in zip(first, second, strict=True))


def _are_same_bytes(one: Observed, two: Observed) -> bool:
    """Whether two answers are the same in every bit, and hold numbers that could have told them apart."""
    found = leaves_of([one])
    if one.dropped or two.dropped or not found or not all(leaf.numbers for leaf in found):
        return False
    try:
        return _bytes(one) == _bytes(two)
    except FrameError:
        return False


def _bytes(one: Observed) -> bytes:
    return encode((one.value, one.changed), unknown=lambda item: Handle(0, item.type))


def _holds_objects(arguments: tuple[Any, ...]) -> bool:
    """Whether some argument is an object that stayed where the submission runs, and may have changed since."""
    return any(type(leaf) is StudentObject for _, leaf in leaves(arguments))


def _is_generator(value: Any) -> bool:
    return type(value) is Remote and bool(_GENERATORS.match(value.path))


def _generators(arguments: tuple[Any, ...]) -> bool:
    return any(map(_is_generator, arguments))


def _with_other_seed(arguments: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The arguments with generators of another seed; None when there are none."""
    if not _generators(arguments):
        return None
    return tuple(Remote(one.path, 12345) if _is_generator(one) else one for one in arguments)
