"""Causes that another call proves: state that is kept, randomness that is not the given one."""

from __future__ import annotations

import time
from typing import Any

from autograder.engine.plugin import TestRun
from autograder.engine.proxies import StudentFunction
from autograder.engine.questions import CheckFailed
from autograder.engine.session import Observed, Session
from autograder.explain.causes import Evidence
from autograder.explain.leaves import leaves_of, same
from autograder.wire import Remote

# what took longer is not called once more
_SECONDS = 0.15


def trial(session: Session, run: TestRun, evidence: Evidence) -> str:
    """The code of a cause that another call proves, or "".

    Args:
        session: The submission.
        run: A test that failed.
        evidence: Its wrong values.
    """
    if run.seconds > _SECONDS:
        return ""
    wrong = {key[1] for key in evidence.wrong if key[0] == run.test}
    for number, one in enumerate(run.observed):
        if number not in wrong or one.name.startswith("."):
            continue
        start = time.monotonic()
        again = _called(session, run, one.name, one.arguments)
        if again is None:
            return ""
        if not _same(one, again):
            return "seed" if _generators(one.arguments) else "kept-state"
        others = _with_other_seed(one.arguments)
        if others is not None and time.monotonic() - start < _SECONDS:
            other = _called(session, run, one.name, others)
            if other is not None and _same(one, other):
                return "seed"
        return ""
    return ""


def keeps_state(session: Session, run: TestRun) -> bool:
    """Whether the first call of a test gives another value when it is made again."""
    for one in run.observed[:1] if run.seconds <= _SECONDS else ():
        again = None if one.name.startswith(".") else _called(session, run, one.name, one.arguments)
        return again is not None and not _same(one, again)
    return False


def _called(session: Session, run: TestRun, name: str, arguments: tuple[Any, ...]) -> Observed | None:
    session.begin(run.question)
    try:
        StudentFunction(session, name)(*arguments)
    except CheckFailed:
        return None
    return session.observed[-1] if session.observed else None


def _same(one: Observed, two: Observed) -> bool:
    first, second = leaves_of([one]), leaves_of([two])
    return len(first) == len(second) and all(same(a, b) for a, b in zip(first, second, strict=True))


def _generators(arguments: tuple[Any, ...]) -> bool:
    return any(type(argument) is Remote and "rng" in argument.path for argument in arguments)


def _with_other_seed(arguments: tuple[Any, ...]) -> tuple[Any, ...] | None:
    """The arguments with a generator of another seed; None when there is no generator."""
    if not _generators(arguments):
        return None
    return tuple(
        Remote(argument.path, 12345) if type(argument) is Remote and "rng" in argument.path else argument
        for argument in arguments
    )
