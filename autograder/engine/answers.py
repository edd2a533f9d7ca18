"""What a process says, read with care: places, problems, and why an answer holds no value.

Texts are of bounded length and of known kind, whatever was sent.
"""

from __future__ import annotations

from typing import Any

from autograder.facts.fact import Fact, Place
from autograder.text import shortened

ERROR_LENGTH = 600
NAME_LENGTH = 100
MOST_PROBLEMS = 20
_MOST_NAMES = 50


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
    if error == "NotImplementedError":
        return Fact("not-implemented", values={"name": name}, code="not-implemented")
    where = answer.get("where")
    place = place_of(where, ERROR_LENGTH) if type(where) is dict and where else None
    return Fact("raised", values={"name": name, "error": error, "text": text}, place=place, code="raises")


def problems_of(value: Any) -> list[Fact]:
    """The facts in what a student process calls a list of problems: known kinds, bounded texts."""
    found = []
    for one in value[:MOST_PROBLEMS] if type(value) is list else ():
        if type(one) is dict and one.get("kind") in ("syntax", "no-python", "statement", "not-honoured"):
            place = place_of(one)
            values: dict[str, Any] = {name: text_of(one.get(name)) for name in ("error", "text")}
            values["names"] = tuple(texts_of(one.get("names"), _MOST_NAMES))
            found.append(Fact(one["kind"], values={"file": place.file, **values}, place=place))
    return found


def place_of(value: dict[str, Any], length: int = 500) -> Place:
    """The place in what a student process says of a place."""
    line = value.get("line")
    texts = [text_of(value.get(name), length) for name in ("part", "function", "code")]
    return Place.of(texts[0], line if type(line) is int and 0 <= line < 2**31 else 0, *texts[1:])


def text_of(value: Any, length: int = 500) -> str:
    """A text, in bounded length; "" for anything else."""
    return shortened(value, length) if type(value) is str else ""


def texts_of(value: Any, most: int) -> list[str]:
    """The texts in a list, so many at most, each in bounded length."""
    return [shortened(text) for text in value[:most] if type(text) is str] if type(value) is list else []
