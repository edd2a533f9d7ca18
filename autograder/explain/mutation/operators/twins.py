"""Twins: places of one form in a function, such as what is done to weights and to biases, or in both layers."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator

# groups of places, as numbers of nodes, of which none is inside of another
Twins = tuple[tuple[int, ...], ...]
# more of one form are not twins but a habit
_MOST = 6


def twins_of(nodes: list[ast.AST]) -> Twins:
    """Groups of nodes of one form, whatever the names and keys in them.

    Example:

    >>> tree = ast.parse("a = s['m'] / (1 - b ** t)" + chr(10) + "c = s['v'] / (1 - d ** t)")
    >>> nodes = list(ast.walk(tree))
    >>> [[ast.unparse(nodes[index]) for index in group] for group in twins_of(nodes)][1]
    ["s['m'] / (1 - b ** t)", "s['v'] / (1 - d ** t)"]
    """
    groups: dict[str, list[int]] = {}
    inside = {id(node): {id(inner) for inner in ast.walk(node)} for node in nodes}
    for index, node in enumerate(nodes):
        if isinstance(node, (ast.stmt, ast.expr)):
            form = form_of(node)
            if form != _VALUE:
                groups.setdefault(form, []).append(index)
    return tuple(
        tuple(group)
        for group in groups.values()
        if 1 < len(group) <= _MOST
        and not any(id(nodes[one]) in inside[id(nodes[two])] for one in group for two in group if one != two)
    )


_VALUE = "_"


def form_of(node: ast.AST) -> str:
    """A node as text, with `_` for every value that has a name, and for its square.

    Example:

    >>> form_of(ast.parse("b * s['v'] + (1 - b) * g ** 2", mode="eval").body)
    '((_ * _) + ((1 - _) * _))'
    """
    if isinstance(node, ast.Name) or (isinstance(node, ast.Constant) and isinstance(node.value, str)):
        return _VALUE
    if isinstance(node, ast.Attribute) and node.attr != "T" and form_of(node.value) == _VALUE:
        return _VALUE
    if isinstance(node, ast.Subscript) and {form_of(node.value), form_of(node.slice)} == {_VALUE}:
        return _VALUE
    if isinstance(node, ast.BinOp):
        left, right = form_of(node.left), form_of(node.right)
        operation = _SIGNS.get(type(node.op), "?")
        return _VALUE if (left, operation, right) == (_VALUE, "**", "2") else f"({left} {operation} {right})"
    if isinstance(node, ast.Call):
        name = form_of(node.func.value) + "." + node.func.attr if isinstance(node.func, ast.Attribute) else ""
        name = name or (node.func.id if isinstance(node.func, ast.Name) else form_of(node.func))
        named = [f"{one.arg}={form_of(one.value)}" for one in node.keywords]
        return f"{name}({', '.join([*map(form_of, node.args), *named])})"
    if isinstance(node, ast.Constant):
        return repr(node.value)
    return f"{type(node).__name__}({', '.join(_parts(node))})"


_SIGNS: dict[type, str] = {ast.Add: "+", ast.Sub: "-", ast.Mult: "*", ast.Div: "/", ast.MatMult: "@", ast.Pow: "**"}


def _parts(node: ast.AST) -> Iterator[str]:
    for name in node._fields:
        value = getattr(node, name, None)
        if isinstance(value, ast.AST) and name != "ctx":
            yield form_of(value)
        elif isinstance(value, list):
            yield _listed(value)


def _listed(items: Iterable[object]) -> str:
    return f"[{', '.join(form_of(item) if isinstance(item, ast.AST) else str(item) for item in items)}]"
