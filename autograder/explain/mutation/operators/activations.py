"""Operators that know what an activation is: left out, doubled, another one, or its derivative in a wrong form."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from itertools import pairwise

from autograder.explain.mutation.operators.arithmetic import factors, is_complement, product
from autograder.explain.mutation.operators.registry import Change, Context, name_of, operator, parsed

# derivatives that students write at a value V in place of V (1 − V): code and formula
_DERIVATIVES = [
    ("other-derivative", "(1 - {V} ** 2)"),
    ("other-derivative", "(1 + {V} ** 2)"),
    ("other-derivative", "({V} * (1 + {V}))"),
    ("other-derivative", "({V} > 0)"),
    ("other-derivative", "{V} * (1 - {V}) * {V}"),
    ("other-derivative", "{V} * (1 - {V}) * (1 - {V})"),
    ("derivative-value", "(1 - {tanh}({V}) ** 2)"),
    ("derivative-value", "{sigmoid}({V}) * (1 - {sigmoid}({V}))"),
]
_AT_OTHER_VALUES = [
    ("derivative-value", "{V} * (1 - {V})"),
    ("other-derivative", "(1 - {V} ** 2)"),
    ("other-derivative", "({V} > 0)"),
    ("other-derivative", "{V}"),
    ("other-derivative", "(1 - {V})"),
]
_NAMES = {
    "np": {
        "sigmoid": "1 / (1 + np.exp(-({x})))",
        "tanh": "np.tanh({x})",
        "relu": "np.maximum({x}, 0)",
        "softmax": "np.exp({x}) / np.sum(np.exp({x}), axis=1, keepdims=True)",
    },
    "tf": {"sigmoid": "tf.sigmoid({x})", "tanh": "tf.tanh({x})", "relu": "tf.nn.relu({x})"}
    | {"softmax": "tf.nn.softmax({x})"},
}
ACTIVATIONS = ("sigmoid", "tanh", "relu", "softmax")


def applied(activation: str, node: ast.expr, context: Context) -> ast.expr:
    """An activation of an expression, in the library of the function."""
    return parsed(_NAMES[context.library][activation].format(x=ast.unparse(node)))


@operator(ast.Call)
def activations(node: ast.Call, context: Context) -> Iterator[Change]:
    """An activation left out, applied twice, or another one."""
    name = name_of(node)
    if (name in ACTIVATIONS or name in context.helpers) and node.args:
        yield Change("missing-activation", node.args[0])
        yield Change("extra-activation", ast.Call(node.func, [node, *node.args[1:]], node.keywords))
        for other in ACTIVATIONS:
            if other != name:
                yield Change("other-activation", applied(other, node.args[0], context))


@operator(ast.Call)
def late_terms(node: ast.Call, context: Context) -> Iterator[Change]:
    """A term added after the activation in place of before it."""
    name = name_of(node)
    if (name in ACTIVATIONS or name in context.helpers) and node.args and isinstance(node.args[0], ast.BinOp):
        inside = node.args[0]
        if isinstance(inside.op, ast.Add):
            inner = ast.Call(node.func, [inside.left, *node.args[1:]], node.keywords)
            yield Change("order", ast.BinOp(inner, ast.Add(), inside.right))


@operator(ast.Constant)
def named_activations(node: ast.Constant, context: Context) -> Iterator[Change]:
    """Another activation by its name, as Keras takes it."""
    if node.value in ACTIVATIONS:
        for other in (*ACTIVATIONS, None):
            if other != node.value:
                yield Change("other-activation" if other else "missing-activation", ast.Constant(other))


@operator(ast.Call)
def layers(node: ast.Call, context: Context) -> Iterator[Change]:
    """An activation on a Keras layer that is to have none."""
    if name_of(node) == "Dense" and not any(keyword.arg == "activation" for keyword in node.keywords):
        for activation in ACTIVATIONS:
            keyword = ast.keyword("activation", ast.Constant(activation))
            yield Change("extra-activation", ast.Call(node.func, node.args, [*node.keywords, keyword]))


@operator(ast.List)
def exchanged_layers(node: ast.List, context: Context) -> Iterator[Change]:
    """Activations that stand on each other's layers."""
    calls = [item for item in node.elts if isinstance(item, ast.Call) and name_of(item) == "Dense"]
    for one, two in pairwise(calls):
        first, second = ([item for item in call.keywords if item.arg == "activation"] for call in (one, two))
        if len(first) + len(second) == 1:
            for call, own, other in ((one, first, second), (two, second, first)):
                call.keywords = [item for item in call.keywords if item not in own] + other
            yield Change("arguments-swapped", node)


@operator(ast.BinOp, results=True)
def extra_activations(node: ast.BinOp, context: Context) -> Iterator[Change]:
    """An activation where there is none: on what is a weighted sum."""
    if any(isinstance(inner, ast.MatMult) for inner in ast.walk(node)) or "matmul" in ast.unparse(node):
        for activation in ACTIVATIONS:
            yield Change("extra-activation", applied(activation, node, context))


@operator(ast.BinOp)
def derivatives(node: ast.BinOp, context: Context) -> Iterator[Change]:
    """The derivative V (1 − V) of a sigmoid in another form, or at another value."""
    if not isinstance(node.op, ast.Mult):
        return
    found = factors(node)
    for index, (one, two) in enumerate(pairwise(found)):
        if not is_complement(one, two):
            continue
        value = min(ast.unparse(one), ast.unparse(two), key=len)
        names = {"tanh": f"{context.library}.tanh", "sigmoid": "_sigmoid"}
        rest = found[:index], found[index + 2 :]

        def wrong(formula: str, at: str, rest=rest, names=names) -> ast.expr:
            text = (
                formula.replace("{sigmoid}({V})", f"(1 / (1 + np.exp(-({at}))))") if "{sigmoid}" in formula else formula
            )
            if context.library == "tf":
                text = text.replace(f"(1 / (1 + np.exp(-({at}))))", f"tf.sigmoid({at})")
            inner = parsed(text.format(V=at, **names))
            if isinstance(inner, ast.Compare) and context.library == "tf":
                inner = parsed(f"tf.cast({ast.unparse(inner)}, {at}.dtype)")
            return product([*rest[0], inner, *rest[1]])

        for code, formula in _DERIVATIVES:
            yield Change(code, wrong(formula, value))
        others = [*rest[0], *rest[1]]
        if others and context.library == "np":
            yield Change(
                "other-derivative", parsed(f"{ast.unparse(product(others))} * ({ast.unparse(product(others))} > 0)")
            )
        for other in context.others(value):
            for code, formula in _AT_OTHER_VALUES:
                yield Change(code, wrong(formula, other))
