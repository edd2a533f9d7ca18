"""Operators that put a function around the right one: other arguments going in, or something done to what comes out."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.activations import ACTIVATIONS, applied
from autograder.explain.mutation.operators.registry import Context, Rewritten, rewriter

# of a function of one array
_OF_ONE = [
    ("sign", "right(-{a})"),
    ("sign", "1 - right({a})"),
    ("missing-factor", "right(2 * {a})"),
    ("missing-factor", "right({a} / 2)"),
    ("extra-activation", "right(right({a}))"),
]
# of predictions and targets
_OF_TWO = [
    ("arguments-swapped", "right({b}, {a})"),
    ("partial-loss", "right(1 - {a}, 1 - {b})"),
    ("extra-term", "right({a}, {b}) + right(1 - {a}, 1 - {b})"),
    ("one-output", "right({a}[:, :1], {b}[:, :1])"),
    ("one-example", "right({a}[:1], {b}[:1])"),
    ("one-example", "right({a}[-1:], {b}[-1:])"),
]
_OF_TWO_ARRAYS = [
    ("extra-function", "right({a}, {b}) ** 0.5"),
    ("other-function", "float(np.mean({a}.argmax(axis=1) == {b}.argmax(axis=1)))"),
    ("other-function", "float(np.mean({a}.argmax(axis=1) != {b}.argmax(axis=1)))"),
    ("order", "float(np.sum(np.mean({a} - {b}, axis=0) ** 2))"),
    ("order", "float(np.mean({a} - {b}) ** 2)"),
    ("order", "float(np.sum({a} - {b}) ** 2 / len({b}))"),
    ("broadcast", "float(np.mean(({a}[:, None] - {b}[None]) ** 2))"),
    ("other-function", "float(np.sum(np.abs({a} - {b})) / len({b}))"),
    ("not-summed", "np.sum(({a} - {b}) ** 2, axis=1)"),
    ("not-summed", "np.mean(({a} - {b}) ** 2, axis=1)"),
    ("axis", "np.sum(({a} - {b}) ** 2, axis=0) / len({b})"),
    ("not-summed", "-np.sum({b} * np.log({a}), axis=1)"),
    ("axis", "-np.sum({b} * np.log({a}), axis=0) / len({b})"),
    ("missing-function", "float(-np.sum({b} * {a}) / len({b}))"),
]
_OF_TWO_TENSORS = [
    ("extra-function", "tf.sqrt(right({a}, {b}))"),
    ("order", "tf.reduce_sum(tf.square(tf.reduce_mean({a} - {b}, axis=0)))"),
    ("order", "tf.square(tf.reduce_mean({a} - {b}))"),
    ("not-summed", "tf.reduce_mean(tf.square({a} - {b}), axis=-1)"),
    ("not-summed", "tf.reduce_sum(tf.square({a} - {b}), axis=-1)"),
    ("axis", "tf.reduce_mean(tf.square({a} - {b}), axis=0)"),
    ("other-function", "tf.reduce_mean(tf.reduce_sum(tf.abs({a} - {b}), axis=1))"),
]


@rewriter
def wrapped(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """Functions of one array, or of predictions and targets."""
    names = [argument.arg for argument in function.args.args]
    if len(names) == 1 and not function.args.kwonlyargs:
        found = [(code, text.format(a=names[0])) for code, text in _OF_ONE]
        found += [
            ("other-activation", ast.unparse(applied(activation, ast.Name(names[0], ast.Load()), context)))
            for activation in ACTIVATIONS
        ]
    elif len(names) == 2 and names[1].startswith("Y"):
        more = _OF_TWO_ARRAYS if context.library == "np" else _OF_TWO_TENSORS
        found = [(code, text.format(a=names[0], b=names[1])) for code, text in [*_OF_TWO, *more]]
    else:
        return
    for code, text in found:
        changed = copy.deepcopy(function)
        inner = copy.deepcopy(function)
        inner.name = "right"
        changed.body = [*([inner] if "right(" in text else []), *ast.parse(f"return {text}").body]
        yield Rewritten(code, function.lineno, function.name, text.replace("right(", f"{function.name}("), changed)
