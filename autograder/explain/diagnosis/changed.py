"""What a mutant changes: the smallest expressions of its function that hold all that differs from the solution's."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from autograder.explain.notes import Note

_BLOCKS = ("body", "orelse", "finalbody")


@dataclass(frozen=True)
class Change:
    """An expression of a mutant that differs from the solution's.

    Attributes:
        line: The line of its statement.
        entry: The entry of a dict that it is in, such as `['W1']`, or "".
        columns: Where in the line it begins and ends.
    """

    line: int
    entry: str
    columns: tuple[int, int]

    def holds(self, note: Note) -> bool:
        """Whether a value is that of what differs, or of something around it in its statement."""
        (first, last), (begin, end) = self.columns, note.columns
        is_around = begin <= first and last <= end
        return note.place.line == self.line and is_around and (not self.entry or self.entry in note.binds)


def changed_statements(right: str, wrong: str) -> list[Change]:
    r"""What differs in the wrong one of two functions; nothing where more differs than the values of some statements.

    Example:

    >>> changed_statements("def f(a):\n    b = 2 * a\n    return b", "def f(a):\n    b = 3 * a\n    return b")
    [Change(line=2, entry='', columns=(8, 9))]
    """
    before, after = ((ast.parse(text).body or [ast.Pass()])[0] for text in (right, wrong))
    if not (isinstance(before, ast.FunctionDef) and isinstance(after, ast.FunctionDef)):
        return []
    try:
        return list(_differing(before.body, after.body))
    except _OtherForm:
        return []


class _OtherForm(Exception):
    """Two functions differ in more than the values of some statements."""


def _differing(before: list[ast.stmt], after: list[ast.stmt]) -> Iterator[Change]:
    if len(before) != len(after):
        raise _OtherForm
    for one, two in zip(before, after, strict=True):
        if ast.dump(one) == ast.dump(two):
            continue
        if type(one) is not type(two):
            raise _OtherForm
        if isinstance(one, (ast.Assign, ast.AnnAssign, ast.AugAssign, ast.Return, ast.Expr)):
            yield from _entries(one, two)
            continue
        if isinstance(one, ast.For) and isinstance(two, ast.For) and ast.dump(one.iter) != ast.dump(two.iter):
            yield _change(one.iter, two.iter, two.lineno)
            two.iter = one.iter
        blocks = [name for name in _BLOCKS if hasattr(one, name)]
        if not blocks or _head(one) != _head(two):
            raise _OtherForm
        for name in blocks:
            yield from _differing(getattr(one, name), getattr(two, name))


def _head(node: ast.stmt) -> str:
    """What stands above the blocks of a statement."""
    empty = type(node)(**{name: [] if name in _BLOCKS else value for name, value in ast.iter_fields(node)})
    return ast.dump(empty)


def _entries(one: Any, two: Any) -> Iterator[Change]:
    first, second = one.value, two.value
    if isinstance(one, ast.AugAssign) and type(one.op) is not type(two.op):
        yield Change(two.lineno, "", (two.col_offset, two.end_col_offset))
        return
    if not (isinstance(first, ast.Dict) and isinstance(second, ast.Dict)) or len(first.keys) != len(second.keys):
        yield _change(first, second, two.lineno)
        return
    for before, after, key in zip(first.values, second.values, second.keys, strict=True):
        if ast.dump(before) != ast.dump(after):
            yield _change(before, after, two.lineno, f"[{ast.unparse(key)}]" if key else "**")


def _change(before: ast.AST | None, after: Any, line: int, entry: str = "") -> Change:
    """The smallest part of an expression that holds all that differs."""
    while before is not None and type(before) is type(after):
        pairs = list(zip(ast.iter_child_nodes(before), ast.iter_child_nodes(after), strict=False))
        alike = len(list(ast.iter_child_nodes(before))) == len(list(ast.iter_child_nodes(after)))
        differ = [(one, two) for one, two in pairs if ast.dump(one) != ast.dump(two)]
        if not alike or len(differ) != 1 or not isinstance(differ[0][1], (ast.expr, ast.keyword)):
            break
        before, after = differ[0]
    return Change(line, entry, (getattr(after, "col_offset", 0), getattr(after, "end_col_offset", 0)))
