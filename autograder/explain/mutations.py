"""How students err in numerical Python, as changes of one place in a right solution.

Each operator looks at a node of a function's syntax tree and gives what a student might have written there instead.
What kind of mistake that is, is told by a code, for which `KINDS` has the sentence that a student reads; it never holds
the right formula.
"""

from __future__ import annotations

import ast
import copy
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

KINDS = {
    "missing-division": "a division is missing, such as by the number of examples",
    "extra-division": "something is divided by the number of examples that is not a mean, or is a mean already",
    "missing-factor": "a factor is missing",
    "doubled-factor": "a factor counts twice",
    "sum-for-mean": "a sum stands where a mean is asked for",
    "mean-for-sum": "a mean stands where a sum is asked for",
    "axis": "a sum or a mean goes along the wrong axis",
    "keepdims": "an axis is dropped, or kept, that the next step needs otherwise: broadcasting then makes a matrix",
    "transpose": "a transpose is missing, or is one too many",
    "operands-swapped": "the operands of a product, a difference or a quotient are in the wrong order",
    "logarithm": "the logarithm has another base than the natural one",
    "sign": "a sign is wrong",
    "wrong-value": "another value is used than the one that belongs there, such as Z for H or W2 for W1",
    "off-by-one": "a loop or a slice begins or ends one off",
    "one-example": "only one example counts instead of all",
    "constant": "a constant has another value",
    "epsilon": "the small number that keeps from dividing by zero, or from log 0, is missing",
    "comparison": "a comparison includes, or leaves out, the wrong side",
    "accumulation": "a sum over steps keeps only its last part",
    "missing-step": "a step is missing",
    "order": "two steps are in the wrong order: a value is used before, or after, it changes",
    "flag": "a switch, such as training, is set the other way",
    "arguments-swapped": "two arguments are swapped",
    "missing-function": "a function is left out, such as an activation or an absolute value",
    "other-function": "a related function is used instead, such as a minimum for a maximum",
}

_MEANS = {"mean": "sum", "reduce_mean": "reduce_sum"}
_SUMS = {"sum": "mean", "reduce_sum": "reduce_mean"}
_LOGARITHMS = ("log10", "log2")
_RELATED = {"maximum": "minimum", "minimum": "maximum", "argmax": "argmin", "argmin": "argmax", "zeros": "ones"}
_RELATED |= {
    "zeros_like": "ones_like",
    "ones_like": "zeros_like",
    "sqrt": "square",
    "square": "abs",
    "uniform": "normal",
}
_ELEMENTWISE = {"exp", "log", "sqrt", "square", "abs", "tanh", "sigmoid", "relu", "softmax", "copy", "sign", "clip"}
_SMALL = 1e-3
_COMPARED: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
}


@dataclass(frozen=True)
class Change:
    """What a student might have written in place of one node.

    Attributes:
        code: The kind of mistake, a key of `KINDS`.
        node: What stands there instead; None when the statement is left out.
    """

    code: str
    node: ast.AST | None


Operator = Callable[[Any, "Alike"], Iterator[Change]]
_OPERATORS: list[tuple[type[ast.AST], Operator]] = []


# groups of expressions, as text, whose values have the same shape and dtype: what can be confused without an exception
Alike = tuple[tuple[str, ...], ...]


def operator(kind: type[ast.AST]) -> Callable[[Operator], Operator]:
    """Registers an operator for a kind of node."""

    def register(function: Operator) -> Operator:
        _OPERATORS.append((kind, function))
        return function

    return register


def changes(node: ast.AST, alike: Alike = ()) -> Iterator[Change]:
    """All changes of one node, each a fresh tree.

    Args:
        node: A node of a function's body.
        alike: Groups of expressions that can be confused.

    Example:

    >>> division = ast.parse("total / M", mode="eval").body
    >>> [(change.code, ast.unparse(change.node)) for change in changes(division)]
    [('missing-division', 'total'), ('operands-swapped', 'M / total')]
    """
    for kind, function in _OPERATORS:
        if isinstance(node, kind):
            yield from function(copy.deepcopy(node), alike)


def _name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def _renamed(call: ast.Call, name: str) -> ast.Call:
    function = copy.deepcopy(call.func)
    if isinstance(function, ast.Attribute):
        function.attr = name
    else:
        function = ast.Name(name, ast.Load())
    return ast.Call(function, call.args, call.keywords)


@operator(ast.BinOp)
def _products_and_quotients(node: ast.BinOp, alike: Alike) -> Iterator[Change]:
    if isinstance(node.op, ast.Div):
        yield Change("missing-division", node.left)
        yield Change("operands-swapped", ast.BinOp(node.right, node.op, node.left))
    if isinstance(node.op, ast.Mult):
        yield Change("missing-factor", node.left)
        yield Change("missing-factor", node.right)
        yield Change("doubled-factor", ast.BinOp(node, ast.Mult(), node.left))
        yield Change("doubled-factor", ast.BinOp(node, ast.Mult(), node.right))
    if isinstance(node.op, ast.MatMult):
        yield Change("operands-swapped", ast.BinOp(node.right, node.op, node.left))
        yield Change("other-function", ast.BinOp(node.left, ast.Mult(), node.right))


@operator(ast.BinOp)
def _sums_and_differences(node: ast.BinOp, alike: Alike) -> Iterator[Change]:
    if isinstance(node.op, ast.Sub):
        yield Change("operands-swapped", ast.BinOp(node.right, node.op, node.left))
    if isinstance(node.op, (ast.Add, ast.Sub)):
        yield Change("sign", ast.BinOp(node.left, ast.Sub() if isinstance(node.op, ast.Add) else ast.Add(), node.right))
        is_small = 0 < abs(_number(node.right)) < _SMALL
        yield Change("epsilon" if is_small else "missing-step", node.left)
        if not isinstance(node.left, ast.Constant):
            yield Change("missing-step", node.right)
    if isinstance(node.op, ast.Pow):
        yield Change("missing-step", node.left)


@operator(ast.UnaryOp)
def _signs(node: ast.UnaryOp, alike: Alike) -> Iterator[Change]:
    if isinstance(node.op, ast.USub):
        yield Change("sign", node.operand)


@operator(ast.Attribute)
def _transposes(node: ast.Attribute, alike: Alike) -> Iterator[Change]:
    if node.attr == "T":
        yield Change("transpose", node.value)


@operator(ast.BinOp)
def _missing_transposes(node: ast.BinOp, alike: Alike) -> Iterator[Change]:
    if isinstance(node.op, ast.MatMult):
        for left, right in ((True, False), (False, True)):
            transposed = [
                _transposed(side) if chosen else side for side, chosen in ((node.left, left), (node.right, right))
            ]
            yield Change("transpose", ast.BinOp(transposed[0], node.op, transposed[1]))


def _transposed(node: ast.expr) -> ast.expr:
    if isinstance(node, ast.Attribute) and node.attr == "T":
        return node.value
    return ast.Attribute(node, "T", ast.Load())


@operator(ast.Call)
def _reductions(node: ast.Call, alike: Alike) -> Iterator[Change]:
    name = _name_of(node)
    if name in _MEANS:
        yield Change("sum-for-mean", _renamed(node, _MEANS[name]))
    if name in _SUMS:
        yield Change("mean-for-sum", _renamed(node, _SUMS[name]))
    for index, keyword in enumerate(node.keywords):
        value = keyword.value.value if isinstance(keyword.value, ast.Constant) else None
        if keyword.arg == "axis" and isinstance(value, int):
            yield Change("axis", _with_keyword(node, index, 1 - value if value in (0, 1) else 0))
            yield Change("axis", _with_keyword(node, index, None))
        if keyword.arg == "keepdims" and value is True:
            yield Change("keepdims", _with_keyword(node, index, False))
        elif isinstance(value, bool):
            code = "transpose" if keyword.arg in ("transpose_a", "transpose_b") else "flag"
            yield Change(code, _with_keyword(node, index, not value))


def _with_keyword(node: ast.Call, index: int, value: object) -> ast.Call:
    keywords = list(node.keywords)
    keywords[index] = ast.keyword(keywords[index].arg, ast.Constant(value))  # type: ignore[arg-type]
    return ast.Call(node.func, node.args, keywords)


@operator(ast.Call)
def _functions(node: ast.Call, alike: Alike) -> Iterator[Change]:
    name = _name_of(node)
    if name == "log" and isinstance(node.func, ast.Attribute) and ast.unparse(node.func.value) in ("np", "numpy"):
        for other in _LOGARITHMS:
            yield Change("logarithm", _renamed(node, other))
    elif name == "log":
        yield Change("logarithm", ast.BinOp(node, ast.Div(), ast.Constant(2.302585092994046)))
    if name in _RELATED:
        yield Change("other-function", _renamed(node, _RELATED[name]))
    if name in _ELEMENTWISE and node.args:
        yield Change("missing-function", node.args[0])
    elif name in _ELEMENTWISE and isinstance(node.func, ast.Attribute):
        yield Change("missing-function", node.func.value)
    if len(node.args) == 2 and all(isinstance(one, (ast.Name, ast.Subscript)) for one in node.args):
        yield Change("arguments-swapped", ast.Call(node.func, node.args[::-1], node.keywords))


@operator(ast.Call)
def _ranges(node: ast.Call, alike: Alike) -> Iterator[Change]:
    if _name_of(node) == "range" and node.args:
        last = len(node.args) - 1 if len(node.args) < 3 else 1
        for step in (ast.Sub(), ast.Add()):
            arguments = list(node.args)
            arguments[last] = ast.BinOp(arguments[last], step, ast.Constant(1))
            yield Change("off-by-one", ast.Call(node.func, arguments, node.keywords))


@operator(ast.Slice)
def _slices(node: ast.Slice, alike: Alike) -> Iterator[Change]:
    for end in ("lower", "upper"):
        bound = getattr(node, end)
        if bound is not None:
            moved = copy.deepcopy(node)
            setattr(moved, end, ast.BinOp(bound, ast.Add(), ast.Constant(1)))
            yield Change("off-by-one", moved)


@operator(ast.Constant)
def _constants(node: ast.Constant, alike: Alike) -> Iterator[Change]:
    number = _number(node)
    if 0 < abs(number) < _SMALL:
        yield Change("epsilon", ast.Constant(0.0))
    elif number not in (0, 1):
        yield Change("constant", ast.Constant(2 * number))
        yield Change("constant", ast.Constant(number / 2))


def _number(node: ast.AST) -> float:
    """The number that a constant is, 0 for anything else."""
    value = node.value if isinstance(node, ast.Constant) else 0
    return value if isinstance(value, (int, float)) and not isinstance(value, bool) else 0


@operator(ast.Compare)
def _comparisons(node: ast.Compare, alike: Alike) -> Iterator[Change]:
    other = _COMPARED.get(type(node.ops[0]))
    if other is not None:
        yield Change("comparison", ast.Compare(node.left, [other()], node.comparators))
        turned = {ast.Gt: ast.Lt, ast.GtE: ast.LtE, ast.Lt: ast.Gt, ast.LtE: ast.GtE}[type(node.ops[0])]
        yield Change("comparison", ast.Compare(node.left, [turned()], node.comparators))


@operator(ast.expr)
def _confused(node: ast.expr, alike: Alike) -> Iterator[Change]:
    if isinstance(node, (ast.Name, ast.Subscript, ast.Attribute)) and isinstance(node.ctx, ast.Load):
        text = ast.unparse(node)
        for group in alike:
            for other in group if text in group else ():
                if other != text:
                    yield Change("wrong-value", ast.parse(other, mode="eval").body)


@operator(ast.AugAssign)
def _accumulations(node: ast.AugAssign, alike: Alike) -> Iterator[Change]:
    yield Change("accumulation", ast.Assign([node.target], node.value, lineno=node.lineno))
    if isinstance(node.op, (ast.Add, ast.Sub)):
        turned = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield Change("sign", ast.AugAssign(node.target, turned, node.value))


@operator(ast.Expr)
def _steps(node: ast.Expr, alike: Alike) -> Iterator[Change]:
    if isinstance(node.value, ast.Call):
        yield Change("missing-step", None)
