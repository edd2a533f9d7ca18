"""What a process says, read with care: its problems, and why an answer holds no value."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
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
_MOST_WARNINGS, _LONGEST_WARNING, _MOST_TIMES = 20, 200, 10**6
# what a starter raises in a function that is left open: `06.3 relu`; TensorFlow and Keras put words in front of it
_LEFT_OPEN = re.compile(r"(?<![\w.])(\d\d\.\d{1,3}):? (\w{1,100})")
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
    if error == "NotImplementedError":
        left_open = _LEFT_OPEN.search(text)
        if is_own or left_open:
            helper = left_open[2] if left_open else place.function if place is not None else name
            calls = {"helper": helper} if helper not in ("", name) else {}
            kind = "calls-not-implemented" if calls else "not-implemented"
            question = {"question": left_open[1]} if left_open else {}
            return Fact(kind, values={"name": name, **calls, **question}, code="not-implemented")
    fact = Fact("raised", values={"name": name, "error": error, "text": _plain(text)}, place=place, code="raises")
    fact = told_more(fact, answer.get("more"))
    return meaning_of(fact) if fact.kind == "raised" else fact


def _plain(text: str) -> str:
    """What TensorFlow says, without what it says of itself."""
    return " ".join(_OF_TENSORFLOW.sub(" ", text).split())


def warnings_of(value: Any) -> list[Fact]:
    """The facts in what a student process calls a list of warnings, each with how often it came up.

    One of NumPy, such as an overflow, has the code `unstable`.
    """
    found = []
    for one in value[:_MOST_WARNINGS] if type(value) is list else ():
        if type(one) is not dict:
            continue
        category, text = (text_of(one.get(name), _LONGEST_WARNING) for name in ("category", "text"))
        count = one.get("count")
        if category and type(count) is int:
            place = place_of(one)
            values = {"category": category, "text": text, "count": min(max(count, 1), _MOST_TIMES)}
            code = "unstable" if one.get("is_of_numbers") is True else ""
            found.append(Fact("warned-once", values=values, place=place if place.line else None, code=code))
    return found


def counted(warned: Iterable[Fact]) -> tuple[Fact, ...]:
    """Warnings, each once, with how often it came up in all."""
    found: dict[tuple[Any, ...], Fact] = {}
    for one in warned:
        key = (one.values["category"], one.values["text"], one.place)
        count = one.values["count"] + (found[key].values["count"] if key in found else 0)
        kind = "warned" if count > 1 else "warned-once"
        found[key] = replace(one, kind=kind, values={**one.values, "count": count})
    return tuple(found.values())


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
