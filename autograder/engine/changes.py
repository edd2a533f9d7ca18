"""Where an argument was changed that may only be read: looked for when the marks are given, for the words alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from autograder.engine.proxies import unwrapped
from autograder.engine.runs import TestRun
from autograder.engine.session import Session
from autograder.engine.texts import place_of
from autograder.facts.fact import Fact
from autograder.isolation.host.errors import raise_if_over

_CODE = "changes-argument"
# what took longer is not called once more; and for a call that took less
_SECONDS, _LIMIT = 0.5, 1.0
# calls of one submission: one that changes what it is given does so everywhere
_MOST = 4


def with_places(runs: Sequence[TestRun], session: Session) -> list[TestRun]:
    """The runs, those with a changed argument with the line that changes it, where it can be found out."""
    found, asked = list(runs), 0
    for number, run in enumerate(found):
        changed = [fact for fact in run.facts if fact.code == _CODE and fact.values.get("number")]
        if changed and run.observed and run.seconds <= _SECONDS and asked < _MOST and session.is_running:
            asked += 1
            facts = tuple(_placed(fact, run, session) if fact in changed else fact for fact in run.facts)
            found[number] = replace(run, facts=facts)
    return found


def _placed(fact: Fact, run: TestRun, session: Session) -> Fact:
    one = run.observed[-1]
    if one.dropped or one.name != fact.values["name"]:
        return fact
    session.begin(run.question, seconds=_LIMIT, decides=False)
    # how a call ends that only the words need is no part of the result
    ends = list(session.record.ends)
    try:
        answer = session.request("change", name=one.name, arguments=unwrapped(one.arguments))
    except Exception as error:
        # a process that has ended, or an argument that cannot be handed over: the fact is told without a place
        raise_if_over(error)
        return fact
    finally:
        session.record.ends[:] = ends
    where = answer.get("value")
    return replace(fact, place=place_of(where)) if type(where) is dict and where.get("line") else fact
