"""The expression that raised, and what its names stand for, without running anything of the submission.

Python tells from 3.11 on which part of a line an instruction belongs to. Values are looked up where nothing of the
student's can answer in their place: local and global names, entries of plain dicts and lists, parts of arrays.
"""

from __future__ import annotations

import ast
import itertools
import linecache
import re
import types
from dataclasses import dataclass
from typing import Any

import numpy as np

_LONGEST, _MOST_LINES = 400, 200


class _Absent:
    """That something cannot be told."""


ABSENT = _Absent()


@dataclass(frozen=True)
class Expression:
    """A part of the submission's text.

    Attributes:
        node: Its syntax tree.
        text: The text that the tree was made of.
    """

    node: ast.AST
    text: str

    def entry(self, scope: Scope) -> tuple[str, dict[Any, Any], Any] | None:
        """The text of a plain dict, the dict and a key, where the expression is an entry of one."""
        if not isinstance(self.node, ast.Subscript):
            return None
        mapping, key = scope.value(self.node.value), scope.value(self.node.slice)
        return (self.text_of(self.node.value), mapping, key) if type(mapping) is dict and type(key) is str else None

    def text_of(self, node: ast.AST) -> str:
        """A part of it, on one line."""
        return " ".join((ast.get_source_segment(self.text, node) or ast.unparse(node)).split())


def expression_at(trace: types.TracebackType) -> Expression | None:
    """The expression, or the statement such as `W -= dW`, that a frame was about to finish; None where nobody knows."""
    code = trace.tb_frame.f_code
    if not hasattr(code, "co_positions"):
        return None
    place = next(itertools.islice(code.co_positions(), trace.tb_lasti // 2, None), None)
    first, last, start, end = place or (None,) * 4
    if first is None or last is None or start is None or end is None or not 0 <= last - first < 20:
        return None
    lines = [linecache.getline(code.co_filename, number).encode() for number in range(first, last + 1)]
    lines[-1] = lines[-1][:end]
    lines[0] = lines[0][start:]
    return parsed(b"".join(lines).decode(errors="replace"))


def parsed(text: str) -> Expression | None:
    """An expression, or a statement that changes a name by an operation; None for anything else."""
    if len(text) > _LONGEST:
        return None
    # in brackets, lines may be indented as they like
    for code in (f"({text})", text.strip()):
        try:
            (statement,) = ast.parse(code).body
        except (SyntaxError, ValueError, RecursionError):
            continue
        if isinstance(statement, ast.Expr):
            return Expression(statement.value, code)
        if isinstance(statement, ast.AugAssign):
            return Expression(statement, code)
    return None


class Scope:
    """The names that a frame saw when it raised."""

    def __init__(self, trace: types.TracebackType) -> None:
        self._code, self._line = trace.tb_frame.f_code, trace.tb_lineno
        self._locals = dict(trace.tb_frame.f_locals)
        self._globals = trace.tb_frame.f_globals

    def called_for(self, name: str) -> Any:
        """The function whose value a name was given last, by the lines above; ABSENT where none is seen."""
        first = max(self._code.co_firstlineno, self._line - _MOST_LINES)
        given = re.compile(rf"^\s*{re.escape(name)}\s*=\s*(\w+)\(")
        for number in range(self._line, first - 1, -1):
            found = given.match(linecache.getline(self._code.co_filename, number))
            if found:
                return self.value(ast.Name(found[1]))
        return ABSENT

    def value(self, node: ast.AST | None) -> Any:
        """What a name, an attribute or an entry stands for; ABSENT for what would have to be computed."""
        if isinstance(node, ast.Constant):
            return node.value
        if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
            value = self.value(node.operand)
            return -value if type(value) in (int, float) else ABSENT
        if isinstance(node, ast.Name):
            return self._locals.get(node.id, dict.get(self._globals, node.id, ABSENT))
        if isinstance(node, ast.Attribute):
            return _attribute(self.value(node.value), node.attr)
        if isinstance(node, ast.Subscript):
            return _entry(self.value(node.value), self._key(node.slice))
        return ABSENT

    def _key(self, node: ast.AST) -> Any:
        if isinstance(node, ast.Tuple):
            keys = tuple(map(self._key, node.elts))
            return ABSENT if ABSENT in keys else keys
        if isinstance(node, ast.Slice):
            ends = [None if end is None else self.value(end) for end in (node.lower, node.upper, node.step)]
            return slice(*ends) if all(end is None or type(end) is int for end in ends) else ABSENT
        value = self.value(node)
        return value if type(value) in (int, str) or value is None else ABSENT


def _attribute(base: Any, name: str) -> Any:
    if type(base) is np.ndarray:
        return base.T if name == "T" else ABSENT
    try:
        held = object.__getattribute__(base, "__dict__")
    except AttributeError:
        return ABSENT
    return dict.get(held, name, ABSENT) if type(held) is dict else ABSENT


def _entry(base: Any, key: Any) -> Any:
    if key is ABSENT:
        return ABSENT
    is_plain = type(base) is dict and type(key) in (int, str)
    is_plain |= type(base) in (list, tuple) and type(key) is int
    # whole numbers and slices give a view: nothing is copied
    is_plain |= type(base) is np.ndarray and type(key) is not str
    try:
        return base[key] if is_plain else ABSENT
    except (KeyError, IndexError):
        return ABSENT
