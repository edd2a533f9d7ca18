"""What is told of a hidden test: which parts are not right, and no number that the grader has.

A line of the author's own keeps the numbers that stand in it as it is written, and loses those that were put into it.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from functools import cache
from pathlib import Path
from types import TracebackType
from typing import Any

from autograder.facts.fact import Fact

_NAME_OR_NUMBER = re.compile(r"[A-Za-z_]\w*|(?P<number>[-+−]?(?:\d+(?:,\d{3})*(?:\.\d+)?|\.\d+)(?:[eE][-+]?\d+)?\w*%?)")
# a form, which is told of every value
_SHAPE = re.compile(r"(?<!\w)\(\d+(?:, \d+)*,?\)")
_WORDS_AND_NUMBER = re.compile(r"(?s)(?=.*\d).*[a-z]{2}")
_SEVERAL = re.compile(r"…(?:(?:, )?…)+")


def without_numbers(facts: tuple[Fact, ...], literals: Iterable[str] = ()) -> tuple[Fact, ...]:
    """Facts of a hidden test without the numbers that depend on what was expected.

    Args:
        facts: The facts.
        literals: Texts as they stand in the author's files.
    """
    measured = [fact for fact in facts if fact.measured]
    names = tuple(name for fact in measured for name in fact.about)
    first = [Fact("not-right", names, code=measured[0].code)] if measured else []
    known = tuple(literals)
    told = (*first, *(_kept_of(fact, known) for fact in facts if not fact.measured))
    return facts if told == facts else (*told, Fact("numbers-hidden"))


def _kept_of(fact: Fact, literals: tuple[str, ...]) -> Fact:
    values = {name: value for name, value in fact.values.items() if not _is_measured(value)}
    if fact.kind == "said":
        values["text"] = _as_written(str(values["text"]), literals)
    return replace(fact, values=values)


def _is_measured(value: Any) -> bool:
    return isinstance(value, Fact) and value.measured


def _as_written(text: str, literals: tuple[str, ...]) -> str:
    """A line with a sign in place of each number that was put into it."""
    patterns = [re.compile(re.escape(literal)) for literal in literals if literal in text]
    patterns += [_SHAPE] if re.search(r"\bshapes?\b", text) else []
    kept = [match.span() for pattern in patterns for match in pattern.finditer(text)]

    def shown(match: re.Match[str]) -> str:
        start, end = match.span()
        is_kept = match["number"] is None or any(first <= start and end <= last for first, last in kept)
        return match[0] if is_kept else "…"

    left = _NAME_OR_NUMBER.sub(shown, text)
    return left if left == text else _SEVERAL.sub("…", left)


def literals_of(trace: TracebackType | None, root: Path) -> Iterator[str]:
    """The texts with numbers in an author's files: those that an exception came through, and those beside them."""
    folders: dict[Path, None] = {}
    while trace is not None:
        folders[Path(trace.tb_frame.f_code.co_filename).parent] = None
        trace = trace.tb_next
    for folder in folders:
        if folder.is_relative_to(root):
            for path in sorted(folder.glob("*.py")):
                yield from _literals_in_file(path, path.stat().st_mtime_ns)


@cache
def _literals_in_file(path: Path, _changed: int) -> tuple[str, ...]:
    return literals_in(path.read_text("utf-8"))


def literals_in(source: str) -> tuple[str, ...]:
    """The texts, and parts of texts between blanks, that have words and numbers.

    Example:

    >>> literals_in("f'with h = 1, {came} is not right'; '1'")
    ('with h = 1, ',)
    """
    texts = (node.value for node in ast.walk(ast.parse(source)) if isinstance(node, ast.Constant))
    return tuple(text for text in texts if isinstance(text, str) and _WORDS_AND_NUMBER.search(text))
