"""Looking for the calls that questions forbid, in a process that has the libraries."""

from __future__ import annotations

from functools import partial

from autograder.authoring.lint.findings import Findings
from autograder.authoring.lint.watching import Watcher
from autograder.engine.runs import Test
from autograder.errors import did_you_mean
from autograder.isolation.host.clock import Clock
from autograder.isolation.host.starting import Spawner, settings_of_its_own, start_process
from autograder.isolation.settings import Limits

_SECONDS = 60.0
# runs there: the part of a name up to which it exists, and what there is after that
_LOOK = """
import importlib, importlib.util

def missing(path):
    names = path.split(".")
    if importlib.util.find_spec(names[0]) is None:
        return ["", names[0], []]
    found, module = importlib.import_module(names[0]), names[0]
    for place, name in enumerate(names[1:], 1):
        if not hasattr(found, name):
            try:
                found = importlib.import_module(".".join(names[:place + 1]))
                continue
            except ImportError:
                return [".".join(names[:place]), name, [one for one in dir(found) if one[0] != "_"]]
        found = getattr(found, name)
    return ["", "", []] if callable(found) else [path, "()", []]
"""


def look_at_forbidden(tests: list[Test], watcher: Watcher, spawner: Spawner, findings: Findings) -> None:
    """Whether each call that a question forbids is there."""
    wanted: dict[str, str] = {}
    for test in tests:
        for name in test.question.forbids:
            wanted.setdefault(name, watcher.places[test.name].decorator)
    if not wanted:
        return
    settings = partial(settings_of_its_own, None, limits=Limits(memory_mb=8000), layers=())
    process = start_process(spawner, settings)
    waiting = Clock(_SECONDS)
    try:
        process.request("load", waiting, parts=[{"name": "look.py", "text": _LOOK}], whole=True)
        for name, place in wanted.items():
            answer = process.request("call", waiting, name="missing", arguments=(name,), options={})
            if "value" not in answer:
                findings.wrong(place, f"forbids names {name!r}, which cannot be looked up; name a call in full")
                continue
            upto, lost, known = answer["value"]
            if lost == "()":
                findings.wrong(place, f"forbids names {name}, which cannot be called; name a function")
            elif lost and not upto:
                hint = did_you_mean(lost, ("numpy", "tensorflow", "keras", "math", "random", "warnings"))
                findings.wrong(place, f"forbids names {name}, and there is no module {lost}; {hint}")
            elif lost:
                near = did_you_mean(lost, known, "it has")
                hint = near if near.startswith("did you mean") else "correct the name"
                findings.wrong(place, f"forbids names {name}, and {upto} has no {lost}; {hint}")
    finally:
        process.close()
