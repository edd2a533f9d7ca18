"""Operators on differences: what students write in place of the error at the output, predictions minus targets."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from autograder.explain.mutation.operators.activations import ACTIVATIONS, applied
from autograder.explain.mutation.operators.registry import Change, Context, operator, parsed

# P are the predictions, Y the targets, E their difference
_ERRORS = [
    ("other-function", "{np}.sign({P} - {Y})"),
    ("sign", "-{np}.abs({P} - {Y})"),
    ("partial-loss", "({P} - {Y}) * {Y}"),
    ("partial-loss", "({P} - {Y}) * (1 - {Y})"),
    ("wrong-value", "{P} - 1"),
    ("missing-term", "{P}"),
    ("missing-derivative", "-{Y} / {P}"),
    ("missing-derivative", "({P} - {Y}) / ({P} * (1 - {P}))"),
    ("extra-derivative", "({P} - {Y}) * {P} * (1 - {P})"),
    ("extra-derivative", "({P} - {Y}) * (1 - {P} ** 2)"),
    ("extra-derivative", "({P} - {Y}) * ({P} > 0)"),
    ("extra-derivative", "{P} * ({P} - {Y} - {np}.sum(({P} - {Y}) * {P}, axis=1, keepdims=True))"),
    ("broadcast", "{P} - {np}.mean({Y}, axis=0)"),
    ("broadcast", "{P} - {np}.ravel({Y})"),
    ("one-example", "{P}[-1:] - {Y}[-1:]"),
]
_TENSORS = [
    ("broadcast", "{P} - tf.reshape({Y}, [-1])"),
    ("one-output", "{P}[:, :1] - {Y}[:, :1]"),
    ("one-example", "{P}[-1:] - {Y}[-1:]"),
]


@operator(ast.BinOp)
def errors(node: ast.BinOp, context: Context) -> Iterator[Change]:
    """The error in another form."""
    if not isinstance(node.op, ast.Sub):
        return
    if not all(isinstance(side, (ast.Name, ast.Subscript)) for side in (node.left, node.right)):
        return
    predictions, targets = ast.unparse(node.left), ast.unparse(node.right)
    for code, formula in _ERRORS if context.library == "np" else _TENSORS:
        yield Change(code, parsed(formula.format(P=predictions, Y=targets, np=context.library)))
    if context.library == "tf":
        return
    for activation in ACTIVATIONS:
        again = ast.unparse(applied(activation, node.left, context))
        yield Change("extra-activation", parsed(f"{again} - {targets}"))
        error = f"({again} - {targets})"
        chained = f"{predictions} * ({error} - np.sum({error} * {predictions}, axis=1, keepdims=True))"
        yield Change("extra-derivative", parsed(chained))
    if "cache" in predictions:
        yield Change("missing-activation", parsed(f"cache['H'] @ params['W2'] + params['b2'] - {targets}"))
