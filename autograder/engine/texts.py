"""Texts and places that a process sent: of bounded length and of known kind, whatever was sent."""

from __future__ import annotations

from typing import Any

from autograder.facts.fact import Place
from autograder.text import shortened


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
