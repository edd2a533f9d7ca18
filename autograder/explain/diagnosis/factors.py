"""Constant factors: what a number between a wrong answer and the right one may come from.

A source is one thing: a size of the fixture, a sign, a 2, the base of a logarithm. A product of several fits too many
numbers to prove anything by itself.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator

from autograder.explain.leaves import Leaf
from autograder.facts.cause import Factor

# a number of Python's that no size of the fixtures gives, and that somebody divides by all the same
_SMALLEST_DIVISOR, _LARGEST_DIVISOR = 3, 1000


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
    candidates = [dict(_candidates(leaf.sizes)) for _, leaf in found]
    for source in candidates[0] if candidates else ():
        values = [one.get(source, (math.nan,))[0] for one in candidates]
        if all(_is_close(value, factor, leaf) for value, (factor, leaf) in zip(values, found, strict=True)):
            _, size, code = candidates[0][source]
            rows, columns = (*(name.removeprefix("number of ") for name, _ in found[0][1].sizes), "", "")[:2]
            expression, _, other = source.partition(" of ")
            return Factor(code, found[0][0], expression, size, rows, other or columns)
    return _by_a_number(found)


def _is_close(value: float, factor: float, leaf: Leaf) -> bool:
    return math.isclose(value, factor, rel_tol=3 * leaf.tolerance)


def _candidates(sizes: tuple[tuple[str, int], ...]) -> Iterator[tuple[str, tuple[float, float, str]]]:
    """Sources of a fixture, the likeliest first: the factor, the number that the sentence names, the kind."""
    # with one example, or one output, an expression is 1, which no factor is, or what a simpler one is as well
    counts = [max(size, 1) for _, size in sizes]
    examples = counts[0] if counts else 1
    yield "M", (examples, examples, "missing-mean")
    yield "1/M", (1 / examples, examples, "mean-twice")
    yield "-1", (-1.0, 1.0, "sign")
    yield "2", (2.0, 2.0, "factor-two")
    yield "1/2", (0.5, 2.0, "factor-half")
    if len(counts) > 1:
        yield "1/k", (1 / counts[1], counts[1], "mean-over-outputs")
        yield "k", (counts[1], counts[1], "sum-over-outputs")
    yield "1/ln 10", (1 / math.log(10), math.log(10), "logarithm")
    yield "1/ln 2", (1 / math.log(2), math.log(2), "logarithm")
    for name, other in sizes[1:]:
        yield f"M/size of {name.removeprefix('number of ')}", (examples / max(other, 1), other, "wrong-count")


def _by_a_number(found: list[tuple[float, Leaf]]) -> Factor | None:
    """A whole number that something is divided by on every fixture, instead of by the number of examples."""
    divisors = [leaf.sizes[0][1] / factor if leaf.sizes else 0.0 for factor, leaf in found]
    number = round(divisors[0]) if divisors and math.isfinite(divisors[0]) else 0
    examples = {leaf.sizes[0][1] for _, leaf in found if leaf.sizes}
    if not _SMALLEST_DIVISOR <= number <= _LARGEST_DIVISOR or number in examples or len(examples) < 2:
        return None
    if not all(_is_close(number, divisor, leaf) for divisor, (_, leaf) in zip(divisors, found, strict=True)):
        return None
    rows = found[0][1].sizes[0][0].removeprefix("number of ")
    return Factor("wrong-count", found[0][0], "M/number", number, rows)
