"""Mistakes in formulas: factors, signs, terms, numbers, sums, matrix products."""

from __future__ import annotations

import ast
import copy
from collections.abc import Iterator

from autograder.explain.mutation.operators.operator import Context, Operator, Rewritten, rules
from autograder.explain.mutation.operators.patterns import number_of


def other_numbers(node: ast.Constant, context: Context) -> Iterator[ast.AST]:
    """Twice and half of a number that is neither 0 nor 1."""
    number = number_of(node)
    if number not in (0, 1) and abs(number) >= 1e-3:
        yield ast.Constant(2 * number)
        yield ast.Constant(number / 2)


def thresholds(node: ast.Compare, context: Context) -> Iterator[ast.AST]:
    """A border of probabilities for one of scores, and the reverse."""
    (border,) = node.comparators[:1]
    if (
        isinstance(border, ast.Constant)
        and border.value in (0, 0.5)
        and not isinstance(node.ops[0], (ast.Eq, ast.NotEq))
    ):
        yield ast.Compare(node.left, node.ops, [ast.Constant(0.5 - border.value)])


def all_axes(function: ast.FunctionDef, context: Context) -> Iterator[Rewritten]:
    """All reductions of a function along another axis, or over everything."""
    for value in (0, 1, None):
        changed = copy.deepcopy(function)
        calls = [node for node in ast.walk(changed) if isinstance(node, ast.Call)]
        found = [
            one for call in calls for one in call.keywords if one.arg == "axis" and type(one.value) is ast.Constant
        ]
        if len(found) > 1:
            for keyword in found:
                keyword.value = ast.Constant(value)
            yield Rewritten(function.lineno, "axis", f"axis={value} throughout", changed)


_AXES = [("0", "1"), ("0", "None"), ("1", "0"), ("1", "None"), ("2", "1"), ("2", "0"), ("-1", "0")]
ARITHMETIC = (
    *rules(
        "A mean over the examples is not taken.",
        ("missing-mean", "a / count", "a"),
        ("missing-mean", "mean(a, ...)", "sum(a, ...)"),
    ),
    *rules(
        "A sum is taken for a mean, or the reverse.",
        ("mean-twice", "sum(a, ..., axis=k)", "mean(a, ..., axis=k)"),
        ("mean-over-outputs", "sum(a)", "mean(a)"),
        ("axis", "sum(a) / count", "mean(a)"),
        ("axis", "-sum(a) / count", "-mean(a)"),
    ),
    *rules(
        "The two sides of an operation change places.",
        ("operands-swapped", "a / b", "b / a"),
        ("operands-swapped", "a @ b", "b @ a"),
        ("sign", "a - b", "b - a"),
    ),
    *rules(
        "The derivative of an activation is lost, or half of it.",
        ("missing-derivative", "a * v * (1 - v)", "a"),
        ("partial-derivative", "v * (1 - v)", "v"),
        ("partial-derivative", "v * (1 - v)", "1 - v"),
        ("missing-derivative", "a * (1 - v ** 2)", "a"),
    ),
    *rules(
        "A factor is lost.",
        ("factor-half", "2 * a", "a"),
        ("missing-factor", "a * b", "a"),
        ("missing-factor", "a * b", "b"),
        ("missing-factor", "a * b * c", "a"),
        ("missing-factor", "a * b * c", "b"),
        ("missing-factor", "a * b * c", "c"),
        ("missing-factor", "a / b", "a"),
    ),
    *rules(
        "A factor counts twice.",
        ("factor-two", "2 * a", "2 * a * 2"),
        ("doubled-factor", "a * b", "a * b * b"),
        ("doubled-factor", "a * b", "a * a * b"),
        ("doubled-factor", "a + V", "a + scalar * V"),
    ),
    *rules(
        "A sign is flipped.",
        ("sign", "a + b", "a - b"),
        ("sign", "a - b", "a + b"),
        ("sign", "-a", "a"),
    ),
    *rules(
        "A term of a sum is lost, or a term is in it that should be left out.",
        ("epsilon", "a + small", "a"),
        ("missing-term", "a + b", "a"),
        ("missing-term", "a + b", "b"),
        ("missing-term", "a - b", "a"),
        ("missing-term", "a - b", "b"),
        ("extra-term", "a[1:]", "a"),
    ),
    *rules(
        "A mean holds what should be outside of it, or leaves out what should be inside.",
        ("mean-twice", "a / count + b", "(a + b) / count"),
        ("order", "(a + b) * c", "a + b * c"),
        ("order", "a * (b + c)", "a * b + c"),
    ),
    *rules(
        "A square is lost, or taken for something else.",
        ("missing-function", "a ** 2", "a"),
        ("other-function", "a ** 2", "abs(a)"),
        ("missing-function", "square(a)", "a"),
        ("other-function", "square(a)", "abs(a)"),
    ),
    *rules(
        "A value is scaled by what does not belong there.",
        ("mean-twice", "computed", "computed / count"),
        ("missing-mean", "computed", "computed * count"),
        ("factor-two", "computed", "2 * computed"),
        ("factor-half", "computed", "computed / 2"),
        ("sign", "computed", "-computed"),
        ("zero", "computed", "0 * computed"),
        named=True,
    ),
    *rules("The small number against division by zero is lost.", ("epsilon", "small", "0.0")),
    Operator("constant", "A number has another value.", "3 * a", "6 * a", other_numbers, ast.Constant),
    Operator("constant", "A border of scores is that of probabilities.", "z >= 0", "z >= 0.5", thresholds, ast.Compare),
    *rules(
        "A comparison includes, or leaves out, the wrong side.",
        ("comparison", "a > b", "a >= b"),
        ("comparison", "a > b", "a < b"),
        ("comparison", "a >= b", "a > b"),
        ("comparison", "a >= b", "a <= b"),
        ("comparison", "a < b", "a <= b"),
        ("comparison", "a < b", "a > b"),
        ("comparison", "a <= b", "a < b"),
        ("comparison", "a <= b", "a >= b"),
        ("comparison", "a == b", "a != b"),
    ),
    *rules(
        "A sum over the examples is missing, or one of them counts alone.",
        ("not-summed", "sum(a, ...)", "a"),
        ("not-summed", "mean(a, ...)", "a"),
        ("one-example", "sum(a, ..., axis=0)", "a[-1:]"),
        ("one-example", "sum(a, ..., axis=0)", "a[:1]"),
    ),
    *rules(
        "A function is applied after the sum instead of before it.",
        ("order", "sum(a ** 2, ...)", "sum(a, ...) ** 2"),
        ("order", "mean(a ** 2, ...)", "mean(a, ...) ** 2"),
        *(
            ("order", f"{outer}({inner}(a), ...)", f"{inner}({outer}(a, ...))")
            for outer in ("sum", "mean")
            for inner in ("square", "abs", "log", "exp")
        ),
    ),
    *rules(
        "A sum or a maximum runs along the wrong axis.",
        *(("axis", f"f(a, ..., axis={one})", f"f(a, ..., axis={two})") for one, two in _AXES),
        *(("axis", f"f(a, ..., axis={one})", f"f(a, axis={1 - one})") for one in (0, 1)),
        ("axis", "max(a, ...)", "max(a)"),
        ("keepdims", "f(a, ..., keepdims=True)", "f(a, ..., keepdims=False)"),
    ),
    Operator("axis", "All sums run along one axis.", "a = sum(a, axis=0)\nreturn sum(b, axis=1)", "axis=0", all_axes),
    *rules(
        "A ratio of sums is taken for a mean of ratios.",
        ("other-function", "mean(divide_no_nan(a, b))", "sum(a) / sum(b)"),
        ("other-function", "np.mean(a / b)", "np.sum(a) / np.sum(b)"),
    ),
    *rules(
        "A matrix product is taken entry by entry.",
        ("other-function", "a @ b", "a * b"),
    ),
    *rules(
        "A transpose is missing, or there is one too many.",
        ("transpose", "a.T", "a"),
        *(
            row
            for product in ("{} @ {}", "dot({}, {})", "np.matmul({}, {})")
            for row in (
                ("transpose", product.format("a.T", "b"), product.format("a", "b")),
                ("transpose", product.format("a", "b.T"), product.format("a", "b")),
                ("transpose", product.format("a", "b"), product.format("a.T", "b")),
                ("transpose", product.format("a", "b"), product.format("a", "b.T")),
                ("transpose", product.format("a", "b"), f"({product.format('a', 'b')}).T"),
            )
        ),
    ),
    *rules(
        "A product over the examples holds one of them, or is not summed.",
        *(
            row
            for product in ("{} @ {}", "dot({}, {})")
            for row in (
                ("one-example", product.format("a.T", "b"), product.format("a[-1:].T", "b[-1:]")),
                ("one-example", product.format("a.T", "b"), product.format("a[:1].T", "b[:1]")),
                ("not-summed", product.format("a.T", "b"), "a[:, :, None] * b[:, None, :]"),
            )
        ),
    ),
)
