"""Mutants: copies of a solution's functions with one mistake each, made from its syntax tree."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from autograder.explain.mutation.operators import Alike, Change, Context, changes, rewritings


@dataclass(frozen=True)
class Mutant:
    """One mistake.

    Attributes:
        code: The kind, one of `facts.kinds.CODES`.
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
    missing-mean | mean, line 2: x.sum() / M → x.sum()
    operands-swapped | mean, line 2: x.sum() / M → M / x.sum()
    """
    wanted = set(functions)
    tree = ast.parse(solution)
    helpers = tuple(_helpers(tree))
    has_tensors = any(isinstance(node, ast.Import) and "tensorflow" in ast.unparse(node) for node in tree.body)
    found: dict[str, Mutant] = {}
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and node.name in wanted:
            own = tuple(name for name in helpers if name != node.name)
            text = ast.unparse(node)
            library = "tf" if "tf." in text or (has_tensors and "np." not in text) else "np"
            context = Context((alike or {}).get(node.name, ()), library, helpers=own)
            for mutant in _of_function(_without_docstring(node), context):
                found.setdefault(mutant.source, mutant)
    return list(found.values())


def _helpers(tree: ast.Module) -> Iterator[str]:
    """Functions of one argument: activations that the solution defines itself."""
    for node in tree.body:
        if isinstance(node, ast.FunctionDef) and len(node.args.args) == 1 and not node.args.kwonlyargs:
            yield node.name


def _of_function(function: ast.FunctionDef, context: Context) -> Iterator[Mutant]:
    text = ast.unparse(function)
    nodes = [node for statement in function.body for node in ast.walk(statement)]
    divisors = [
        ast.unparse(node.right) for node in nodes if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Div)
    ]
    context = replace(
        context,
        divisors=tuple(dict.fromkeys(one for one in divisors if one.startswith("len(") or one in ("M", "m", "n"))),
        results=frozenset(id(node) for node in _results(nodes)),
    )
    for index, node in enumerate(nodes):
        for change in changes(node, context):
            mutant = _changed(function, index, node, change)
            if mutant.source != text:
                yield mutant
    for one in rewritings(function, context):
        source = ast.unparse(ast.fix_missing_locations(one.function))
        if source != text:
            yield Mutant(one.code, function.name, one.line, one.before, one.after, source)


def _results(nodes: list[ast.AST]) -> Iterator[ast.AST]:
    """What is assigned, returned, or put into a dict that is returned or assigned."""
    for node in nodes:
        value = node.value if isinstance(node, (ast.Assign, ast.Return)) else None
        if isinstance(value, ast.Dict):
            yield from value.values
        elif isinstance(value, ast.Tuple):
            yield from value.elts
        elif value is not None:
            yield value


def _without_docstring(function: ast.FunctionDef) -> ast.FunctionDef:
    function = copy.deepcopy(function)
    if ast.get_docstring(function) is not None:
        function.body = function.body[1:] or [ast.Pass()]
    return function


def _changed(function: ast.FunctionDef, index: int, node: ast.AST, change: Change) -> Mutant:
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
