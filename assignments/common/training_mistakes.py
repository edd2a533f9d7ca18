"""Mistakes of training steps with an optimizer: what is done to a gradient before the optimizer gets it."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from functools import partial

from autograder.explain.mutation.operators import Context, Operator
from autograder.explain.mutation.operators.patterns import parsed


def changed_gradients(template: str, node: ast.Tuple, context: Context) -> Iterator[ast.AST]:
    """A gradient that is changed before the optimizer gets it, in a pair of gradient and variable."""
    variables = context.of_kind("variables")
    second = node.elts[1] if len(node.elts) == 2 and isinstance(node.ctx, ast.Load) else None
    if isinstance(second, ast.Subscript) and ast.unparse(second.value) in variables:
        for optimizer in context.of_kind("optimizer") or ["optimizer"]:
            text = template.format(g=ast.unparse(node.elts[0]), o=optimizer)
            yield ast.Tuple([parsed(text), second], ast.Load())


OPERATORS = (
    *(
        Operator(
            code,
            "A gradient is changed before the optimizer gets it.",
            "[(g, params['W'])]",
            after,
            partial(changed_gradients, template),
            ast.Tuple,
        )
        for code, template, after in (
            ("sign", "-{g}", "(-g,"),
            ("doubled-factor", "{o}.learning_rate * {g}", "optimizer.learning_rate * g"),
            ("factor-two", "2 * {g}", "2 * g"),
            ("missing-step", "0 * {g}", "0 * g"),
        )
    ),
)
