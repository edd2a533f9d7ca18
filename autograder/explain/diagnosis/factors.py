"""Constant factors: what a number between a wrong answer and the right one may come from."""

from __future__ import annotations

import math
from collections.abc import Iterable

from autograder.explain.leaves import Leaf
from autograder.facts.cause import Factor


def factor_of(wrong: Leaf, right: Leaf) -> float | None:
    """The number c with wrong = c · right, or None when there is no such number, or it is 1 or 0.

    Example:

    >>> from autograder.explain.leaves import Leaf
    >>> right, wrong = (Leaf(0, "f", "", (2,), "float64", numbers) for numbers in ((1.0, 2.0), (7.0, 14.0)))
    >>> factor_of(wrong, right)
    7.0
    """
    if wrong.shape != right.shape or len(wrong.numbers) != len(right.numbers) or not right.numbers:
        return None
    square = math.fsum(number * number for number in right.numbers)
    if square == 0:
        return None
    # no fsum: two infinities of opposite signs would raise there
    factor = sum(a * b for a, b in zip(wrong.numbers, right.numbers, strict=True)) / square
    if factor == 0 or not math.isfinite(factor):
        return None
    rest = math.dist(wrong.numbers, [factor * number for number in right.numbers])
    scale = abs(factor) * math.sqrt(square)
    if not (math.isfinite(rest) and math.isfinite(scale)):
        return None
    tolerance = max(wrong.tolerance, right.tolerance)
    return factor if rest <= tolerance * scale and abs(factor - 1) > tolerance else None


def named(factors: Iterable[tuple[float, Leaf]]) -> Factor | None:
    """The source that explains a factor on every fixture: the same expression of each fixture's own sizes."""
    found = list(factors)
    candidates = [_candidates(*(size for _, size in leaf.sizes)) for _, leaf in found]
    for code, expression in _EXPRESSIONS:
        values = [names.get(expression) for names in candidates]
        if all(
            value is not None and math.isclose(value, factor, rel_tol=3 * leaf.tolerance)
            for value, (factor, leaf) in zip(values, found, strict=True)
        ):
            size = abs(values[0] or 1.0)
            rows, columns = (*(name.removeprefix("number of ") for name, _ in found[0][1].sizes), "", "")[:2]
            return Factor(code, found[0][0], expression, size if size >= 1 else 1 / size, rows, columns)
    return None


# the likeliest first: with several that fit, the earlier one is meant
_EXPRESSIONS = [
    ("missing-mean", "M"),
    ("mean-twice", "1/M"),
    ("sign", "-1"),
    ("missing-mean", "-M"),
    ("factor-two", "2"),
    ("factor-half", "1/2"),
    ("mean-over-outputs", "1/k"),
    ("sum-over-outputs", "k"),
    ("mean-over-outputs", "M/k"),
    ("mean-over-outputs", "2/k"),
    ("mean-over-outputs", "1/(2k)"),
    ("mean-twice", "1/M²"),
    ("missing-mean", "2M"),
    ("missing-mean", "M/2"),
    ("mean-twice", "1/(2M)"),
    ("factor-two", "4"),
    ("factor-two", "-2"),
    ("factor-half", "-1/2"),
    ("logarithm", "1/ln 10"),
    ("logarithm", "1/ln 2"),
]


# with one example, or one output, an expression is 1, which no factor is, or what a simpler one before it is as well
def _candidates(examples: int = 1, outputs: int = 1) -> dict[str, float]:
    values = {"2": 2.0, "1/2": 0.5, "-1": -1.0, "4": 4.0, "-2": -2.0, "-1/2": -0.5}
    values |= {"1/ln 10": 1 / math.log(10), "1/ln 2": 1 / math.log(2)}
    examples, outputs = max(examples, 1), max(outputs, 1)
    values |= {"M": examples, "1/M": 1 / examples, "1/M²": 1 / examples**2, "-M": -examples}
    values |= {"2M": 2 * examples, "M/2": examples / 2, "1/(2M)": 0.5 / examples}
    values |= {"k": outputs, "1/k": 1 / outputs, "2/k": 2 / outputs, "1/(2k)": 0.5 / outputs, "M/k": examples / outputs}
    return values
