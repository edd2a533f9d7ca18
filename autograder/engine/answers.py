"""What a process says, read with care: its problems, and why an answer holds no value."""

from __future__ import annotations

import re
from typing import Any

from autograder.engine.exceptions import told_more
from autograder.engine.library_errors import meaning_of
from autograder.engine.texts import place_of, text_of, texts_of
from autograder.facts.fact import Fact
from autograder.text import shortened

ERROR_LENGTH = 600
NAME_LENGTH = 100
MOST_PROBLEMS = 20
_MOST_NAMES = 50
_OF_TENSORFLOW = re.compile(r"\{\{function_node [^{}]*\}\}|\[Op:\w+\]( name:)?")


def fault_of(answer: dict[str, Any], name: str, memory_mb: int) -> Fact:
    """Why an answer holds no value.

    Args:
        answer: What the process sent.
        name: What was called.
        memory_mb: The memory that the process may use.
    """
    refused, uncallable, raised = (answer.get(key) for key in ("refused", "uncallable", "raised"))
    if type(refused) is str:
        return Fact("refused", values={"name": name, "why": shortened(refused, ERROR_LENGTH)})
    if type(uncallable) is str:
        return Fact("not-a-function", values={"name": name, "type": shortened(uncallable, NAME_LENGTH)})
    error, text = "", ""
    if type(raised) is dict:
        error, text = text_of(raised.get("error"), NAME_LENGTH), text_of(raised.get("text"), ERROR_LENGTH)
    if not error:
        return Fact("unreadable-answer", values={"name": name})
    if error == "MemoryError":
        return Fact("memory-error", values={"name": name, "limit": memory_mb}, code="raises")
    where = answer.get("where")
    place, is_own = None, True
    if type(where) is dict and where:
        place, is_own = place_of(where, ERROR_LENGTH), where.get("own") is True
    if error == "NotImplementedError" and is_own:
        helper = place.function if place is not None else name
        calls = {"helper": helper} if helper not in ("", name) else {}
        kind = "calls-not-implemented" if calls else "not-implemented"
        return Fact(kind, values={"name": name, **calls}, code="not-implemented")
    fact = Fact("raised", values={"name": name, "error": error, "text": _plain(text)}, place=place, code="raises")
    fact = told_more(fact, answer.get("more"))
    return meaning_of(fact) if fact.kind == "raised" else fact


def _plain(text: str) -> str:
    """What TensorFlow says, without what it says of itself."""
    return " ".join(_OF_TENSORFLOW.sub(" ", text).split())


def problems_of(value: Any) -> list[Fact]:
    """The facts in what a student process calls a list of problems: known kinds, bounded texts."""
    found = []
    for one in value[:MOST_PROBLEMS] if type(value) is list else ():
        if type(one) is dict and one.get("kind") in ("syntax", "no-python", "statement", "not-honoured"):
            place = place_of(one)
            values: dict[str, Any] = {name: text_of(one.get(name)) for name in ("error", "text")}
            values["names"] = tuple(texts_of(one.get("names"), _MOST_NAMES))
            source, caret = text_of(one.get("source"), NAME_LENGTH), one.get("caret")
            if source and type(caret) is int and 0 <= caret <= len(source):
                values |= {"source": source, "caret": f"{' ' * caret}^"}
            found.append(Fact(one["kind"], values={"file": place.file, **values}, place=place))
    return found
