"""Operators on factors, signs, terms and constants."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import combinations

from autograder.explain.mutation.operators.registry import Change, Context, number_of, operator, parsed

_SMALL = 1e-3


@operator(ast.BinOp)
def quotients(node: ast.BinOp, context: Context) -> Iterator[Change]:
    """A division lost, or turned round."""
    if isinstance(node.op, ast.Div):
        yield Change("missing-factor" if isinstance(node.right, ast.Constant) else "missing-mean", node.left)
        yield Change("operands-swapped", ast.BinOp(node.right, node.op, node.left))


@operator(ast.BinOp)
def products(node: ast.BinOp, context: Context) -> Iterator[Change]:
    """A factor, or two, lost; one doubled; a matrix product turned round or taken entry by entry."""
    if isinstance(node.op, ast.Mult):
        found = factors(node)
        for index, lost in enumerate(found):
            rest = [factor for place, factor in enumerate(found) if place != index]
            code = "factor-half" if number_of(lost) == 2 else "missing-factor"
            if any(is_complement(lost, other) for other in rest):
                code = "partial-derivative"
            yield Change(code, product(rest))
            doubled = "factor-two" if number_of(lost) == 2 else "doubled-factor"
            yield Change(doubled, ast.BinOp(node, ast.Mult(), lost))
        if len(found) > 2:
            for one, two in combinations(range(len(found)), 2):
                rest = [factor for place, factor in enumerate(found) if place not in (one, two)]
                derivative = is_complement(found[one], found[two])
                yield Change("missing-derivative" if derivative else "missing-factor", product(rest))
    if isinstance(node.op, ast.MatMult):
        yield Change("operands-swapped", ast.BinOp(node.right, node.op, node.left))
        yield Change("other-function", ast.BinOp(node.left, ast.Mult(), node.right))


def factors(node: ast.expr) -> list[ast.expr]:
    """The factors of a product, from left to right."""
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Mult):
        return [*factors(node.left), *factors(node.right)]
    return [node]


def product(found: list[ast.expr]) -> ast.expr:
    """The product of factors."""
    result = found[0]
    for factor in found[1:]:
        result = ast.BinOp(result, ast.Mult(), factor)
    return result


def is_complement(one: ast.expr, two: ast.expr) -> bool:
    """Whether two factors are V and 1 − V, in any order: the derivative of a sigmoid."""
    texts = {ast.unparse(one), ast.unparse(two)}
    return any({text, f"1 - {text}"} == texts or {text, f"1.0 - {text}"} == texts for text in texts)


@operator(ast.BinOp)
def sums(node: ast.BinOp, context: Context) -> Iterator[Change]:
    """A term lost, or added with the other sign; a power lost."""
    if isinstance(node.op, ast.Sub):
        yield Change("sign", ast.BinOp(node.right, node.op, node.left))
    if isinstance(node.op, (ast.Add, ast.Sub)):
        turned = ast.Sub() if isinstance(node.op, ast.Add) else ast.Add()
        yield Change("sign", ast.BinOp(node.left, turned, node.right))
        is_small = 0 < abs(number_of(node.right)) < _SMALL
        yield Change("epsilon" if is_small else "missing-term", node.left)
        if not isinstance(node.left, ast.Constant):
            yield Change("missing-term", node.right)


@operator(ast.BinOp)
def powers(node: ast.BinOp, context: Context) -> Iterator[Change]:
    """A square lost, taken of an absolute value, or followed by a root."""
    if isinstance(node.op, ast.Pow):
        yield Change("missing-function", node.left)
        yield Change("other-function", _call("abs", node.left, context))


@operator(ast.Call)
def squares(node: ast.Call, context: Context) -> Iterator[Change]:
    """The same for the square as a function."""
    if isinstance(node.func, ast.Attribute) and node.func.attr == "square":
        yield Change("missing-function", node.args[0])
        yield Change("other-function", _call("abs", node.args[0], context))


def _call(name: str, argument: ast.expr, context: Context) -> ast.expr:
    return ast.Call(ast.Attribute(ast.Name(context.library, ast.Load()), name, ast.Load()), [argument], [])


@operator(ast.UnaryOp)
def signs(node: ast.UnaryOp, context: Context) -> Iterator[Change]:
    """A minus lost."""
    if isinstance(node.op, ast.USub):
        yield Change("sign", node.operand)


@operator(ast.Constant)
def constants(node: ast.Constant, context: Context) -> Iterator[Change]:
    """Another value of a number that is neither 0 nor 1."""
    number = number_of(node)
    if 0 < abs(number) < _SMALL:
        yield Change("epsilon", ast.Constant(0.0))
    elif number not in (0, 1):
        yield Change("constant", ast.Constant(2 * number))
        yield Change("constant", ast.Constant(number / 2))


@operator(ast.expr, results=True)
def scaled(node: ast.expr, context: Context) -> Iterator[Change]:
    """A named value times what it should not be multiplied with."""
    if not isinstance(node, (ast.BinOp, ast.Call, ast.UnaryOp)):
        return
    for divisor in context.divisors:
        yield Change("mean-twice", ast.BinOp(node, ast.Div(), parsed(divisor)))
        yield Change("missing-mean", ast.BinOp(node, ast.Mult(), parsed(divisor)))
    yield Change("factor-two", ast.BinOp(ast.Constant(2), ast.Mult(), node))
    yield Change("factor-half", ast.BinOp(node, ast.Div(), ast.Constant(2)))
    yield Change("sign", ast.UnaryOp(ast.USub(), node))
    yield Change("zero", ast.BinOp(ast.Constant(0), ast.Mult(), node))


@operator(ast.Compare)
def comparisons(node: ast.Compare, context: Context) -> Iterator[Change]:
    """The border on the other side, or the comparison turned round."""
    orders: dict[type[ast.cmpop], tuple[type[ast.cmpop], type[ast.cmpop]]] = {
        ast.Gt: (ast.GtE, ast.Lt),
        ast.GtE: (ast.Gt, ast.LtE),
        ast.Lt: (ast.LtE, ast.Gt),
        ast.LtE: (ast.Lt, ast.GtE),
    }
    for other in orders.get(type(node.ops[0]), ()):
        yield Change("comparison", ast.Compare(node.left, [other()], node.comparators))
