"""The list of operators, and what they are told of the function that they change."""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

# groups of expressions, as text, whose values have the same shape and dtype: what can be confused without an exception
Alike = tuple[tuple[str, ...], ...]


@dataclass(frozen=True)
class Context:
    """What is known of the function that a node is in.

    Attributes:
        alike: Groups of expressions that can be confused.
        library: `np` or `tf`: the one whose functions it calls.
        divisors: What it divides by, such as `len(Y)`.
        helpers: Functions of the solution that map one array to another of its shape, such as `sigmoid`.
        results: Ids of the nodes whose value has a name: what is assigned, returned, or put into a returned dict.
    """

    alike: Alike = ()
    library: str = "np"
    divisors: tuple[str, ...] = ()
    helpers: tuple[str, ...] = ()
    results: frozenset[int] = field(default_factory=frozenset)

    def others(self, text: str) -> list[str]:
        """Expressions that can be confused with one."""
        return [other for group in self.alike if text in group for other in group if other != text]


@dataclass(frozen=True)
class Change:
    """What a student might have written in place of one node.

    Attributes:
        code: The kind of mistake, a key of `KINDS`.
        node: What stands there instead; None when the statement is left out.
    """

    code: str
    node: ast.AST | None


@dataclass(frozen=True)
class Rewritten:
    """A whole function with a mistake that is not in one node.

    Attributes:
        code: The kind of mistake.
        line: Line of the solution where it begins.
        before: What stands there.
        after: What stands there instead.
        function: The function.
    """

    code: str
    line: int
    before: str
    after: str
    function: ast.FunctionDef


Operator = Callable[[Any, Context], Iterator[Change]]
Rewriter = Callable[[ast.FunctionDef, Context], Iterator[Rewritten]]
_OPERATORS: list[tuple[type[ast.AST], bool, Operator]] = []
_REWRITERS: list[Rewriter] = []


def operator(kind: type[ast.AST], results: bool = False) -> Callable[[Operator], Operator]:
    """Registers an operator for a kind of node; with `results` only where its value has a name."""

    def register(function: Operator) -> Operator:
        _OPERATORS.append((kind, results, function))
        return function

    return register


def rewriter(function: Rewriter) -> Rewriter:
    """Registers an operator on whole functions."""
    _REWRITERS.append(function)
    return function


def changes(node: ast.AST, context: Context | None = None) -> Iterator[Change]:
    """All changes of one node, each a fresh tree.

    Args:
        node: A node of a function's body.
        context: What is known of the function.

    Example:

    >>> division = ast.parse("total / M", mode="eval").body
    >>> [(change.code, ast.unparse(change.node)) for change in changes(division)]
    [('missing-mean', 'total'), ('operands-swapped', 'M / total')]
    """
    context = context or Context()
    for kind, results, function in _OPERATORS:
        if isinstance(node, kind) and (not results or id(node) in context.results):
            yield from function(copy.deepcopy(node), context)


def rewritings(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """All changes of a function that are not in one node."""
    for rewrite in _REWRITERS:
        yield from rewrite(copy.deepcopy(function), context)


# helpers of the operators


def parsed(text: str) -> ast.expr:
    """The syntax tree of an expression."""
    return ast.parse(text, mode="eval").body


def number_of(node: ast.AST) -> float:
    """The number that a constant is, 0 for anything else."""
    value = node.value if isinstance(node, ast.Constant) else 0
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0


def name_of(call: ast.Call) -> str:
    """The last part of what is called."""
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def renamed(call: ast.Call, name: str) -> ast.Call:
    """The same call of another function of the same module."""
    function = copy.deepcopy(call.func)
    if isinstance(function, ast.Attribute):
        function.attr = name
    else:
        function = ast.Name(name, ast.Load())
    return ast.Call(function, call.args, call.keywords)
