"""Operators that put another value of the same shape in the place of one."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.registry import Change, Context, Rewritten, operator, parsed, rewriter


@operator(ast.expr)
def confused(node: ast.expr, context: Context) -> Iterator[Change]:
    """A value for one of the same shape, in one place."""
    if isinstance(node, (ast.Name, ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Load):
        for other in context.others(ast.unparse(node)):
            yield Change("wrong-value", parsed(other))


@rewriter
def confused_everywhere(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """The same in every place of a statement, and a number of rows that counts as one."""
    for place, statement in enumerate(function.body):
        texts = [ast.unparse(node) for node in ast.walk(statement) if isinstance(node, (ast.Name, ast.Subscript))]
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            for other in context.others(text):
                yield _replaced(function, place, text, other, "wrong-value")
    for text in ("rows", "count"):
        if any(isinstance(node, ast.Name) and node.id == text for node in ast.walk(function)):
            for place in range(len(function.body)):
                yield _replaced(function, place, text, "1", "unweighted-mean")


def _replaced(function: ast.FunctionDef, place: int, text: str, other: str, code: str) -> Rewritten:
    changed = copy.deepcopy(function)
    statement = _Everywhere(text, parsed(other)).visit(changed.body[place])
    changed.body[place] = statement  # type: ignore[call-overload]
    before, after = ast.unparse(function.body[place]), ast.unparse(statement)
    return Rewritten(code, function.body[place].lineno, before, after, changed)


class _Everywhere(ast.NodeTransformer):
    """Puts an expression in the place of another wherever it is read."""

    def __init__(self, text: str, replacement: ast.expr) -> None:
        self._text = text
        self._replacement = replacement

    def visit(self, node: ast.AST) -> ast.AST:
        is_read = isinstance(node, (ast.Name, ast.Subscript)) and isinstance(node.ctx, ast.Load)
        if is_read and ast.unparse(node) == self._text:
            return copy.deepcopy(self._replacement)
        return self.generic_visit(node)


@operator(ast.Dict)
def exchanged_entries(node: ast.Dict, context: Context) -> Iterator[Change]:
    """Two entries of a dict that have changed places."""
    for one in range(len(node.values)):
        for two in range(one + 1, len(node.values)):
            values = list(node.values)
            values[one], values[two] = values[two], values[one]
            yield Change("wrong-value", ast.Dict(node.keys, values))
            keys = list(node.keys)
            keys[one], keys[two] = keys[two], keys[one]
            # the same entries, evaluated in another order: it matters where each draws a random number
            yield Change("order", ast.Dict(keys, values))
