"""Mutants: copies of a solution's functions with one mistake each, made from its syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from autograder.explain.mutations import KINDS, Alike, Change, changes


@dataclass(frozen=True)
class Mutant:
    """One mistake.

    Attributes:
        code: The kind, a key of `KINDS`.
        function: Name of the function that it is in.
        line: Line of the solution that differs.
        before: The expression, or the statement, as the solution has it.
        after: The same with the mistake; empty when a statement is left out.
        source: The whole function with the mistake, to be run after the solution.
    """

    code: str
    function: str
    line: int
    before: str
    after: str
    source: str

    @property
    def text(self) -> str:
        """What kind of mistake it is, for the student: nothing of the right formula."""
        return KINDS[self.code]

    @property
    def author_text(self) -> str:
        """Where it is and what it does, for the author of the assignment."""
        return f"{self.function}, line {self.line}: {self.before} → {self.after or 'left out'}"


def mutants_of(solution: str, functions: Iterable[str], alike: Mapping[str, Alike] | None = None) -> list[Mutant]:
    """All first-order mutants of some functions of a solution, in the order of their lines; no two alike.

    Args:
        solution: The solution's text.
        functions: Names of top-level functions. Those that it does not define are left out.
        alike: For a function, groups of expressions that can be confused: values of one shape and dtype.

    Example:

    >>> for mutant in mutants_of("def mean(x, M):\\n    return x.sum() / M", ["mean"])[:2]:
    ...     print(mutant.code, "|", mutant.author_text)
    missing-division | mean, line 2: x.sum() / M → x.sum()
    operands-swapped | mean, line 2: x.sum() / M → M / x.sum()
    """
    wanted = set(functions)
    found: dict[str, Mutant] = {}
    for node in ast.parse(solution).body:
        if isinstance(node, ast.FunctionDef) and node.name in wanted:
            for mutant in _of_function(node, (alike or {}).get(node.name, ())):
                found.setdefault(mutant.source, mutant)
    return list(found.values())


def _of_function(function: ast.FunctionDef, alike: Alike) -> Iterator[Mutant]:
    function = _without_docstring(function)
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    for index, node in enumerate(nodes):
        for change in changes(node, alike):
            yield _mutant(function, index, node, change)
    yield from _swapped_statements(function)


def _without_docstring(function: ast.FunctionDef) -> ast.FunctionDef:
    function = copy.deepcopy(function)
    if ast.get_docstring(function) is not None:
        function.body = function.body[1:] or [ast.Pass()]
    return function


def _mutant(function: ast.FunctionDef, index: int, node: ast.AST, change: Change) -> Mutant:
    copied = copy.deepcopy(function)
    target = [inner for statement in copied.body for inner in ast.walk(statement)][index]
    replacer = _Replacer(target, change.node)
    body = [replacer.visit(statement) for statement in copied.body]
    copied.body = [statement for statement in body if isinstance(statement, ast.stmt)] or [ast.Pass()]
    source = ast.unparse(ast.fix_missing_locations(copied))
    after = "" if change.node is None else ast.unparse(ast.fix_missing_locations(copy.deepcopy(change.node)))
    return Mutant(
        change.code, function.name, getattr(node, "lineno", function.lineno), ast.unparse(node), after, source
    )


class _Replacer(ast.NodeTransformer):
    """Puts another node in the place of one."""

    def __init__(self, target: ast.AST, replacement: ast.AST | None) -> None:
        self._target = target
        self._replacement = replacement

    def visit(self, node: ast.AST) -> ast.AST | None:
        return self._replacement if node is self._target else self.generic_visit(node)


def _swapped_statements(function: ast.FunctionDef) -> Iterator[Mutant]:
    """Neighbours in the wrong order: a value used before, or after, it changes.

    Where the second needs a name that the first makes, they cannot be swapped: no student gets so far as to be wrong.
    """
    arguments = function.args
    known = {argument.arg for argument in (*arguments.posonlyargs, *arguments.args, *arguments.kwonlyargs)}
    for index, (first, second) in enumerate(zip(function.body, function.body[1:], strict=False)):
        if not isinstance(second, ast.Return) and not (_stored(first) - known) & _loaded(second):
            copied = copy.deepcopy(function)
            copied.body[index : index + 2] = copied.body[index : index + 2][::-1]
            before, after = ast.unparse(first), ast.unparse(second)
            source = ast.unparse(copied)
            yield Mutant("order", function.name, first.lineno, f"{before}; {after}", f"{after}; {before}", source)
        known |= _stored(first)


def _stored(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Store)}


def _loaded(node: ast.AST) -> set[str]:
    return {inner.id for inner in ast.walk(node) if isinstance(inner, ast.Name) and isinstance(inner.ctx, ast.Load)}
