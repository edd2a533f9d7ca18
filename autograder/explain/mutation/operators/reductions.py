"""Operators on sums and means, and on the shapes that matrix products need."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.registry import (
    Change,
    Context,
    Rewritten,
    name_of,
    operator,
    parsed,
    renamed,
    rewriter,
)

_MEANS = {"mean": "sum", "reduce_mean": "reduce_sum"}
_SUMS = {"sum": "mean", "reduce_sum": "reduce_mean"}


@operator(ast.Call)
def reductions(node: ast.Call, context: Context) -> Iterator[Change]:
    """A sum for a mean and the reverse, none at all, along another axis, with or without the axis kept."""
    name = name_of(node)
    if name not in {**_MEANS, **_SUMS}:
        return
    has_axis = any(keyword.arg == "axis" for keyword in node.keywords)
    if name in _MEANS:
        yield Change("missing-mean", renamed(node, _MEANS[name]))
    else:
        yield Change("mean-twice" if has_axis else "mean-over-outputs", renamed(node, _SUMS[name]))
    argument = _reduced(node)
    if argument is not None:
        yield Change("not-summed", argument)
        yield from _before_or_after(node, argument)
        if context.library == "np" and has_axis:
            text = ast.unparse(argument)
            yield Change("one-example", parsed(f"({text})[-1:]"))
            yield Change("one-example", parsed(f"({text})[:1]"))
    for index, keyword in enumerate(node.keywords):
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg == "axis" and isinstance(value, int):
            yield Change("axis", with_keyword(node, index, 1 - value if value in (0, 1) else 0))
            yield Change("axis", with_keyword(node, index, None))
            fewer = ast.Call(node.func, node.args, [ast.keyword("axis", ast.Constant(1 - value))])
            yield Change("axis", fewer)
        if keyword.arg == "keepdims" and value is True:
            yield Change("keepdims", with_keyword(node, index, False))


def _reduced(node: ast.Call) -> ast.expr | None:
    """What is summed: the argument, or the object of a method."""
    if node.args:
        return node.args[0]
    return node.func.value if isinstance(node.func, ast.Attribute) else None


def _before_or_after(node: ast.Call, argument: ast.expr) -> Iterator[Change]:
    """A power, or a function, taken after the sum in place of before it."""
    if not node.args:
        return
    if isinstance(argument, ast.BinOp) and isinstance(argument.op, ast.Pow):
        inner = ast.Call(node.func, [argument.left, *node.args[1:]], node.keywords)
        yield Change("order", ast.BinOp(inner, ast.Pow(), argument.right))
    if isinstance(argument, ast.Call) and name_of(argument) in ("square", "abs", "log", "exp") and argument.args:
        inner = ast.Call(node.func, [argument.args[0], *node.args[1:]], node.keywords)
        yield Change("order", ast.Call(argument.func, [inner], argument.keywords))


def with_keyword(node: ast.Call, index: int, value: object) -> ast.Call:
    """A call with another constant for one of its keywords."""
    keywords = list(node.keywords)
    keywords[index] = ast.keyword(keywords[index].arg, ast.Constant(value))  # type: ignore[arg-type]
    return ast.Call(node.func, node.args, keywords)


@rewriter
def axes(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """All reductions of a function along another axis, or over everything."""
    for value in (0, 1, None):
        changed = copy.deepcopy(function)
        found = [
            keyword
            for node in ast.walk(changed)
            if isinstance(node, ast.Call)
            for keyword in node.keywords
            if keyword.arg == "axis" and isinstance(keyword.value, ast.Constant)
        ]
        if len(found) > 1:
            for keyword in found:
                keyword.value = ast.Constant(value)
            yield Rewritten("axis", function.lineno, "axis", f"axis={value} throughout", changed)


@operator(ast.Attribute)
def lost_transposes(node: ast.Attribute, context: Context) -> Iterator[Change]:
    """A transpose lost."""
    if node.attr == "T":
        yield Change("transpose", node.value)


@operator(ast.BinOp)
def products_of_matrices(node: ast.BinOp, context: Context) -> Iterator[Change]:
    """A matrix product with a transpose too many or too few, of the first or the last example, or not summed."""
    if isinstance(node.op, ast.MatMult):
        yield from _matrix_products(node.left, node.right, lambda left, right: f"{left} @ {right}")


@operator(ast.Call)
def products_by_method(node: ast.Call, context: Context) -> Iterator[Change]:
    """The same for `.dot`, `np.dot` and `matmul`."""
    if name_of(node) == "dot" and isinstance(node.func, ast.Attribute) and len(node.args) == 1:
        yield from _matrix_products(node.func.value, node.args[0], lambda left, right: f"({left}).dot({right})")
    elif name_of(node) in ("dot", "matmul") and len(node.args) == 2 and not node.keywords:
        function = ast.unparse(node.func)
        if context.library == "np":
            one, two = node.args
            yield from _matrix_products(one, two, lambda left, right: f"{function}({left}, {right})")


def _matrix_products(left: ast.expr, right: ast.expr, written) -> Iterator[Change]:
    one, two = f"({ast.unparse(left)})", f"({ast.unparse(right)})"
    for name in ("W1", "params['W1']"):
        # the gradient of a layer's input in the place of the input
        if isinstance(left, ast.Attribute) and left.attr == "T":
            yield Change("wrong-value", parsed(written(f"({two} @ {name}.T).T", two)))
    for first, second in ((_transposed(left), two), (one, _transposed(right))):
        yield Change("transpose", parsed(written(first, second)))
    yield Change("transpose", parsed(f"({written(one, two)}).T"))
    if isinstance(left, ast.Attribute) and left.attr == "T":
        rows = f"({ast.unparse(left.value)})"
        for part in ("[-1:]", "[:1]"):
            yield Change("one-example", parsed(written(f"({rows}{part}).T", f"{two}{part}")))
        yield Change("not-summed", parsed(f"{rows}[:, :, None] * {two}[:, None, :]"))


def _transposed(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return f"({ast.unparse(node.value)})"
    return f"({ast.unparse(node)}).T"
