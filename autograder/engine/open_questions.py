"""Questions that nobody has begun, and those that wait for them: neither is a mistake, and they are told together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace

from autograder.facts.fact import Fact, together
from autograder.facts.result import QuestionResult
from autograder.words import message, say

_UNWRITTEN = ("not-implemented", "calls-not-implemented")
_STUB = re.compile(r"""NotImplementedError\(\s*["'](\d\d\.\d{1,3}):? (\w+)""")
_OPEN = ("not-begun", "waits-for")


def untouched(text: str, functions: Mapping[str, Collection[str]]) -> set[str]:
    """Questions of which a text holds every function as the starter left it.

    Args:
        text: What a student has written.
        functions: The functions of each question, by its id.

    Example:

    >>> text = 'def tanh(z):\\n    raise NotImplementedError("06.2 tanh")'
    >>> untouched(text, {"06.2": ("tanh",), "06.3": ("relu",)})
    {'06.2'}
    """
    left = set(_STUB.findall(text))
    return {id for id, names in functions.items() if names and all((id, name) in left for name in names)}


def with_open(rows: Sequence[QuestionResult], left: Collection[str]) -> list[QuestionResult]:
    """Rows as they are told to somebody who is still at work: what the starter left open is no error.

    Args:
        rows: The rows of some questions, each after those that it builds on.
        left: Questions that are not begun, as their text tells: of one that waits, nothing was called, and of one that
            is begun, one of two functions may still be open.
    """
    roots: dict[str, tuple[str, ...]] = {}
    found = []
    for row in rows:
        opened = _opened(row, roots, left)
        if opened is not None:
            roots[row.id] = (row.id,) if opened.kind == "not-begun" else opened.values["questions"]
            row = replace(row, outcome="skipped", facts=(opened,), message=message([opened]), diagnosis=None)
        found.append(row)
    return found


def _opened(row: QuestionResult, roots: Mapping[str, tuple[str, ...]], left: Collection[str]) -> Fact | None:
    """That a question is not begun, or for which one that is not it waits; None for any other."""
    if not row.facts or row.points:
        return None
    first = row.facts[0]
    if first.values.get("near"):
        # it is written, under a name that is misspelt
        return None
    if row.id in left and first.kind in (*_UNWRITTEN, "builds-on"):
        return Fact("not-begun", (row.id,))
    if first.kind in _UNWRITTEN:
        named = first.values.get("question", row.id)
        return Fact("waits-for", (row.id,), {"questions": (named,)}) if named != row.id else None
    if first.kind == "builds-on" and all(id in roots for id in first.values["questions"]):
        ids = dict.fromkeys(root for id in first.values["questions"] for root in roots[id])
        return Fact("waits-for", (row.id,), {"questions": tuple(ids)})
    return None


def is_open(row: QuestionResult) -> bool:
    """Whether a row is one of those."""
    return any(fact.kind in _OPEN for fact in row.facts[:1])


def open_lines(rows: Iterable[QuestionResult]) -> list[str]:
    """What is told of all of them: at most a line for what is not begun, and one for each of which others wait."""
    facts = together(row.facts[0] for row in rows if is_open(row))
    return [say(replace(fact, about=ranged(fact.about))) for fact in facts]


def ranged(ids: Sequence[str]) -> tuple[str, ...]:
    """Ids with `03.1 to 03.4` in the place of four in a row.

    Example:

    >>> ranged(["03.1", "03.2", "03.3", "03.5", "03.7", "03.8"])
    ('03.1 to 03.3', '03.5', '03.7', '03.8')
    """
    runs: list[list[str]] = []
    for id in ids:
        is_next = runs and re.sub(r"\d+$", lambda end: str(int(end[0]) + 1), runs[-1][-1]) == id
        runs[-1].append(id) if is_next else runs.append([id])
    return tuple(text for run in runs for text in ([f"{run[0]} to {run[-1]}"] if len(run) > 2 else run))
