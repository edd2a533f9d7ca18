"""Causes that another call proves: state that is kept, randomness that is not the given one."""

from __future__ import annotations

import re
import time
from typing import Any

from autograder.assertions.failure import CheckFailed
from autograder.engine.observed import Observed
from autograder.engine.proxies import StudentFunction, StudentObject
from autograder.engine.runs import TestRun
from autograder.engine.session import Session
from autograder.explain.diagnosis.causes import Evidence
from autograder.explain.diagnosis.clock import Clock
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
        again = _called(session, run, one.name, one.arguments, clock)
        if again is None:
            return ""
        if _differ(one, again):
            return "seed" if _generators(one.arguments) else "kept-state"
        others = _with_other_seed(one.arguments)
        if others is not None and time.monotonic() - start < _SECONDS:
            other = _called(session, run, one.name, others, clock)
            if other is not None and _are_same_bytes(one, other):
                return "seed"
        return ""
    return ""


def keeps_state(session: Session, run: TestRun, clock: Clock) -> bool:
    """Whether the first call of a test gives another value when it is made again."""
    for one in run.observed[:1] if run.seconds <= _SECONDS else ():
        if one.dropped or one.name.startswith(".") or _holds_objects(one.arguments):
            return False
        again = _called(session, run, one.name, one.arguments, clock)
        return again is not None and _differ(one, again)
    return False


def _called(session: Session, run: TestRun, name: str, arguments: tuple[Any, ...], clock: Clock) -> Observed | None:
    """What a call gives when it is made once more; None when it gives nothing, or nobody is there to be asked."""
    clock.check()
    if not session.is_running:
        return None
    session.begin(run.question, seconds=min(_LIMIT, clock.left))
    # the marks are given: how a call ends that only the explaining made is no part of the result
    ends, start = list(session.record.ends), time.monotonic()
    try:
        return StudentFunction(session, name).call(*arguments).observed
    except CheckFailed:
        return None
    finally:
        session.record.ends[:] = ends
        clock.waited(time.monotonic() - start)


def _differ(one: Observed, two: Observed) -> bool:
    """Whether two answers are proven to be different: by numbers, all of which can be compared."""
    first, second = leaves_of([one]), leaves_of([two])
    if one.dropped or two.dropped or not all(leaf.numbers for leaf in (*first, *second)):
        # NaN differs from itself, and numbers beyond what is looked at from everything
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
