"""Makers of mistakes in calls and values: arguments, switches, steps of a chain, slices one off, confused values."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.operator import Context, Rewritten
from autograder.explain.mutation.operators.patterns import Put, name_of, parsed

_SHAPED = {"zeros", "ones", "uniform", "normal", "reshape"}


def swapped_arguments(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """Two arguments, neither of them a constant, turned round; of a function of the solution, any two neighbours."""
    if any(isinstance(one, (ast.Constant, ast.Starred)) for one in node.args):
        return
    if len(node.args) == 2 or (name_of(node) in context.functions and len(node.args) > 2):
        for place in range(len(node.args) - 1):
            turned = list(node.args)
            turned[place : place + 2] = turned[place : place + 2][::-1]
            yield ast.Call(node.func, turned, node.keywords)


def swapped_pairs(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A pair that is an argument, turned round."""
    if name_of(node) not in _SHAPED:
        yield from _turned(node)


def swapped_shapes(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A shape, turned round."""
    if name_of(node) in _SHAPED:
        yield from _turned(node)
    for keyword in node.keywords:
        if keyword.arg in ("size", "shape") and isinstance(keyword.value, ast.Tuple):
            keyword.value.elts.reverse()
            yield copy.deepcopy(node)
            keyword.value.elts.reverse()


def _turned(node: ast.Call) -> Iterator[ast.AST]:
    for index, argument in enumerate(node.args):
        if isinstance(argument, ast.Tuple) and len(argument.elts) == 2:
            replaced = list(node.args)
            replaced[index] = ast.Tuple(argument.elts[::-1], ast.Load())
            yield ast.Call(node.func, replaced, node.keywords)


def fixed_seeds(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A seed of its own in place of the given one."""
    for index, argument in enumerate(node.args):
        if isinstance(argument, ast.Name) and "seed" in argument.id:
            yield ast.Call(node.func, [*node.args[:index], ast.Constant(0), *node.args[index + 1 :]], node.keywords)
    for keyword in node.keywords:
        if keyword.arg == "seed":
            for value in (0, None):
                changed = copy.deepcopy(node)
                next(one for one in changed.keywords if one.arg == "seed").value = ast.Constant(value)
                yield changed


def turned_switches(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A switch set the other way, an option left at its default."""
    for index, keyword in enumerate(node.keywords):
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if isinstance(value, bool) and keyword.arg not in ("keepdims", "transpose_a", "transpose_b"):
            yield _with(node, index, not value)
        if keyword.arg == "buffer_size":
            yield _with(node, index, 1)
        if keyword.arg not in ("axis", "keepdims", "name", "seed", "activation", None):
            yield ast.Call(node.func, node.args, [other for other in node.keywords if other is not keyword])


def _with(node: ast.Call, index: int, value: object) -> ast.AST:
    changed = copy.deepcopy(node)
    changed.keywords[index].value = ast.Constant(value)  # type: ignore[arg-type]
    return changed


def lost_links(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """A step of a chain of methods left out."""
    if _is_link(node, context):
        yield node.func.value  # type: ignore[attr-defined]


def repeated_data(node: ast.Call, context: Context) -> Iterator[ast.AST]:
    """Every example twice in an epoch."""
    if _is_link(node, context) and name_of(node) == "batch":
        changed = copy.deepcopy(node)
        inner = changed.func.value  # type: ignore[attr-defined]
        changed.func.value = parsed(f"({ast.unparse(inner)}).repeat(2)")  # type: ignore[attr-defined]
        yield changed


def _is_link(node: ast.Call, context: Context) -> bool:
    root: ast.AST = node.func
    while isinstance(root, ast.Attribute):
        root = root.value
    foreign = {*context.modules, "self", *context.kinds}
    is_object = isinstance(node.func, ast.Attribute) and not (isinstance(root, ast.Name) and root.id in foreign)
    return is_object and bool(node.args or node.keywords) and name_of(node) != "dot"


def slices_one_off(node: ast.Slice, context: Context) -> Iterator[ast.AST]:
    """A slice that begins or ends one place later."""
    for end in ("lower", "upper"):
        if getattr(node, end) is not None:
            moved = copy.deepcopy(node)
            setattr(moved, end, ast.BinOp(getattr(node, end), ast.Add(), ast.Constant(1)))
            yield moved


def confused(node: ast.expr, context: Context) -> Iterator[ast.AST]:
    """A value for one of the same shape, in one place."""
    if isinstance(node, (ast.Name, ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Load):
        yield from map(parsed, context.others(ast.unparse(node)))


def confused_everywhere(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """The same in every place of a statement."""
    for place, statement in enumerate(function.body):
        texts = [ast.unparse(node) for node in ast.walk(statement) if isinstance(node, (ast.Name, ast.Subscript))]
        for text in sorted({text for text in texts if texts.count(text) > 1}):
            for other in context.others(text):
                yield _replaced(function, place, text, other)


def counts_of_one(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """A number of rows that counts as one."""
    for text in context.counts:
        for place, statement in enumerate(function.body):
            if any(isinstance(node, ast.Name) and node.id == text for node in ast.walk(statement)):
                yield _replaced(function, place, text, "1")


def _replaced(function: ast.FunctionDef, place: int, text: str, other: str) -> Rewritten:
    changed = copy.deepcopy(function)
    statement = Put({text: other}).visit(changed.body[place])
    changed.body[place] = statement  # type: ignore[call-overload]
    return Rewritten(function.body[place].lineno, ast.unparse(function.body[place]), ast.unparse(statement), changed)


def exchanged_values(node: ast.Dict, context: Context) -> Iterator[ast.AST]:
    """Two entries of a dict that have changed places."""
    for one, two in _pairs(node):
        yield ast.Dict(node.keys, _exchanged(node.values, one, two))


def exchanged_order(node: ast.Dict, context: Context) -> Iterator[ast.AST]:
    """The same entries, evaluated in another order: it matters where each draws a random number."""
    for one, two in _pairs(node):
        yield ast.Dict(_exchanged(node.keys, one, two), _exchanged(node.values, one, two))


def _pairs(node: ast.Dict) -> Iterator[tuple[int, int]]:
    size = len(node.values)
    return ((one, two) for one in range(size) for two in range(one + 1, size))


def _exchanged(items: list, one: int, two: int) -> list:
    found = list(items)
    found[one], found[two] = found[two], found[one]
    return found
