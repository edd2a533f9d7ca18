"""Mistakes in losses and in their derivatives: what a network with a sigmoid and a loss invites."""

from __future__ import annotations

import ast
from functools import partial

from autograder.explain.mutation.operators import Operator, Rewritten, rules
from autograder.explain.mutation.operators.formulas import around
from autograder.explain.mutation.operators.patterns import ACTIVATIONS, Put


def losses(doc: str, *rows: tuple[str, str]) -> tuple[Operator, ...]:
    """What a loss of predictions a and targets b returns instead."""
    return tuple(Operator(code, doc, "right(a, b)", after, partial(around, after, "rows")) for code, after in rows)


NAIVE = "1 / (1 + np.exp(-a))"
# ways to switch the warning of an overflow off: what shows of it, and the function's body
SILENCED = {
    "np.errstate(over='ignore')": f"with np.errstate(over='ignore'):\n    return {NAIVE}",
    "np.seterr(over='ignore')": f"np.seterr(over='ignore')\nreturn {NAIVE}",
    "filterwarnings('ignore')": f"import warnings\nwarnings.filterwarnings('ignore')\nreturn {NAIVE}",
}


def instead(text, function, context):
    """Another body of a function of one array."""
    names = [argument.arg for argument in function.args.args]
    if len(names) == 1 and context.library == "np":
        function.body = [Put({"a": names[0]}).visit(step) for step in ast.parse(text).body]
        yield Rewritten(function.lineno, function.name, text, function)


OPERATORS = (
    *(
        Operator("unstable", "A warning is silenced.", "right(a)", shown, partial(instead, text))
        for shown, text in SILENCED.items()
    ),
    Operator(
        "unstable",
        "Scores are limited as float64 needs it, and float32 overflows.",
        "right(a)",
        "1 / (1 + np.exp(-np.clip(a, -500, 500)))",
        partial(around, "1 / (1 + np.exp(-np.clip(a, -500, 500)))", "one"),
    ),
    *rules(
        "The error of predictions P against targets Y has another form.",
        ("other-function", "P - Y", "np.sign(P - Y)"),
        ("sign", "P - Y", "-np.abs(P - Y)"),
        ("not-differentiated", "P - Y", "(P - Y) ** 2"),
        ("partial-loss", "P - Y", "(P - Y) * Y"),
        ("partial-loss", "P - Y", "(P - Y) * (1 - Y)"),
        ("wrong-value", "P - Y", "P - 1"),
        ("missing-derivative", "P - Y", "-Y / P"),
        ("missing-derivative", "P - Y", "(P - Y) / (P * (1 - P))"),
        ("extra-derivative", "P - Y", "(P - Y) * P * (1 - P)"),
        ("extra-derivative", "P - Y", "(P - Y) * (1 - P ** 2)"),
        ("extra-derivative", "P - Y", "(P - Y) * (P > 0)"),
        ("extra-derivative", "P - Y", "P * (P - Y - np.sum((P - Y) * P, axis=1, keepdims=True))"),
        ("broadcast", "P - Y", "P - np.mean(Y, axis=0)"),
        ("broadcast", "P - Y", "P - np.ravel(Y)"),
        ("broadcast", "P - Y", "P - tf.reshape(Y, [-1])"),
        ("one-output", "P - Y", "P[:, :1] - Y[:, :1]"),
        ("one-example", "P - Y", "P[-1:] - Y[-1:]"),
        *(("extra-activation", "P - Y", f"{name}(P) - Y") for name in ACTIVATIONS),
        *(
            ("extra-derivative", "P - Y", f"P * ({name}(P) - Y - np.sum(({name}(P) - Y) * P, axis=1, keepdims=True))")
            for name in ACTIVATIONS
        ),
    ),
    *losses(
        "A loss is another one, or is not brought down to one number.",
        ("other-function", "float(np.mean(a.argmax(axis=1) == b.argmax(axis=1)))"),
        ("other-function", "float(np.mean(a.argmax(axis=1) != b.argmax(axis=1)))"),
        ("order", "float(np.sum(np.mean(a - b, axis=0) ** 2))"),
        ("order", "float(np.mean(a - b) ** 2)"),
        ("order", "float(np.sum(a - b) ** 2 / len(b))"),
        ("broadcast", "float(np.mean((a[:, None] - b[None]) ** 2))"),
        ("other-function", "float(np.sum(np.abs(a - b)) / len(b))"),
        ("not-summed", "np.sum((a - b) ** 2, axis=1)"),
        ("not-summed", "np.mean((a - b) ** 2, axis=1)"),
        ("axis", "np.sum((a - b) ** 2, axis=0) / len(b)"),
        ("not-summed", "-np.sum(b * np.log(a), axis=1)"),
        ("axis", "-np.sum(b * np.log(a), axis=0) / len(b)"),
        ("missing-function", "float(-np.sum(b * a) / len(b))"),
    ),
    *losses(
        "A loss of tensors is another one, or is not brought down to one number.",
        ("broadcast", "right(tf.repeat(a, len(a), axis=0), tf.concat([b] * len(b), 0))"),
        ("order", "tf.reduce_sum(tf.square(tf.reduce_mean(a - b, axis=0)))"),
        ("order", "tf.square(tf.reduce_mean(a - b))"),
        ("not-summed", "tf.reduce_mean(tf.square(a - b), axis=-1)"),
        ("not-summed", "tf.reduce_sum(tf.square(a - b), axis=-1)"),
        ("axis", "tf.reduce_mean(tf.square(a - b), axis=0)"),
        ("other-function", "tf.reduce_mean(tf.reduce_sum(tf.abs(a - b), axis=1))"),
    ),
)
