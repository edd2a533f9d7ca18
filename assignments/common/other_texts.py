"""Operators that are texts of one assignment: another text in a place of a function, or another body of it."""

from __future__ import annotations

import ast
import copy
from functools import partial

from autograder.explain.mutation.operators import Operator, Rewritten


def mistakes(name, *rows):
    """Mistakes of one function: kind, what stands there, as `ast.unparse` writes it, and what a student wrote.

    A row may have several pairs of both.
    """
    doc = f"`{name}` has something else in a place."
    made = []
    for code, *texts in rows:
        pairs = list(zip(texts[::2], texts[1::2], strict=True))
        made.append(Operator(code, doc, *pairs[0], partial(_replaced, name, pairs)))
    return made


def bodies(name, right, *rows):
    """Other bodies of one function: kind and text of each."""
    doc = f"`{name}` is computed in another way."
    return [Operator(code, doc, right, text, partial(_instead, name, text)) for code, text in rows]


def changed(body, *rows):
    """Other texts of a body: kind of each and the whole text, from rows as `mistakes` takes them."""
    for code, *texts in rows:
        text = body
        for before, after in zip(texts[::2], texts[1::2], strict=True):
            text = text.replace(before, after)
        yield code, text


def _replaced(name, pairs, function, context):
    """A function of this name with another text in one place, or in several."""
    if function.name != name:
        return
    if ast.get_docstring(function) is not None:
        del function.body[0]
    text = ast.unparse(function)
    for before, after in pairs:
        if before not in text:
            return
        text = text.replace(before, after)
    first = pairs[0][0].strip().splitlines()[0]
    steps = [step for step in ast.walk(function) if isinstance(step, ast.stmt) and step is not function]
    line = [step.lineno for step in steps if first in ast.unparse(step)][-1]
    (changed,) = ast.parse(text).body
    yield Rewritten(line, *pairs[0], ast.increment_lineno(changed, function.lineno - 1))


def _instead(name, text, function, context):
    """The function of this name with another body."""
    if function.name == name:
        changed = copy.deepcopy(function)
        doc = changed.body[:1] if ast.get_docstring(function) else []
        changed.body = [*doc, *ast.parse(text).body]
        yield Rewritten(function.lineno, name, text, changed)
