"""Constant factors: what a number between a wrong answer and the right one may come from."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass

from autograder.explain.leaves import Leaf


@dataclass(frozen=True)
class Factor:
    """What a wrong value is multiplied with.

    Attributes:
        code: The kind of mistake.
        value: The factor on the first fixture.
        text: Where the factor comes from, such as `7 is your number of examples`.
    """

    code: str
    value: float
    text: str


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
    for code, expression, text in _EXPRESSIONS:
        values = [names.get(expression) for names in candidates]
        if all(
            value is not None and math.isclose(value, factor, rel_tol=3 * leaf.tolerance)
            for value, (factor, leaf) in zip(values, found, strict=True)
        ):
            size = _shown(values[0] if values[0] and abs(values[0]) >= 1 else 1 / (values[0] or 1))
            rows, columns = (*(name.removeprefix("number of ") for name, _ in found[0][1].sizes), "", "")[:2]
            return Factor(code, found[0][0], text.format(size=size, examples=rows, outputs=columns))
    return None


def _shown(number: float) -> str:
    return f"{number:.4g}"


# the likeliest first: with several that fit, the earlier one is meant
_EXPRESSIONS = [
    ("missing-mean", "M", "{size} is the number of {examples}: a mean over the {examples} is missing"),
    ("mean-twice", "1/M", "{size} is the number of {examples}: their mean is taken once too often"),
    ("sign", "-1", "the sign is turned round"),
    ("missing-mean", "-M", "the sign is turned round, and a mean over the {examples} is missing"),
    ("factor-two", "2", "a factor of 2 is too many, as when something counts twice"),
    ("factor-half", "1/2", "a factor of 2 is missing, as that from the derivative of a square"),
    ("mean-over-outputs", "1/k", "{size} is the number of {outputs}: they are averaged, and are to be summed"),
    ("sum-over-outputs", "k", "{size} is the number of {outputs}: they are summed, and are to be averaged"),
    ("mean-over-outputs", "M/k", "the mean is taken over the {outputs}, and the one over the {examples} is missing"),
    ("mean-over-outputs", "2/k", "the {outputs} are averaged, and something counts twice"),
    ("mean-over-outputs", "1/(2k)", "the {outputs} are averaged, and a factor of 2 is missing"),
    ("mean-twice", "1/M²", "the mean over the {examples} is taken three times"),
    ("missing-mean", "2M", "a mean over the {examples} is missing, and something counts twice"),
    ("missing-mean", "M/2", "a mean over the {examples} is missing, and so is a factor of 2"),
    ("mean-twice", "1/(2M)", "the mean over the {examples} is taken twice, and a factor of 2 is missing"),
    ("factor-two", "4", "a factor of 2 counts twice too often"),
    ("factor-two", "-2", "the sign is turned round, and a factor of 2 is too many"),
    ("factor-half", "-1/2", "the sign is turned round, and a factor of 2 is missing"),
    ("logarithm", "1/ln 10", "{size} is ln 10: the logarithm is the one to base 10"),
    ("logarithm", "1/ln 2", "1/ln 2: the logarithm is the one to base 2"),
]


def _candidates(examples: int = 1, outputs: int = 1) -> dict[str, float]:
    values = {"2": 2.0, "1/2": 0.5, "-1": -1.0, "4": 4.0, "-2": -2.0, "-1/2": -0.5}
    values |= {"1/ln 10": 1 / math.log(10), "1/ln 2": 1 / math.log(2)}
    if examples > 1:
        values |= {"M": examples, "1/M": 1 / examples, "1/M²": 1 / examples**2, "-M": -examples}
        values |= {"2M": 2 * examples, "M/2": examples / 2, "1/(2M)": 0.5 / examples}
    if outputs > 1:
        values |= {"k": outputs, "1/k": 1 / outputs, "2/k": 2 / outputs, "1/(2k)": 0.5 / outputs}
    if examples > 1 and outputs > 1:
        values["M/k"] = examples / outputs
    return values
