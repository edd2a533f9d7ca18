"""What a node can do: each operation's value and, beside it, its derivative by each operand. `math` alone."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True)
class Operation:
    """A function of one or two numbers, with its derivatives."""

    symbol: str
    value: Callable[..., float]
    derivatives: Callable[..., tuple[float, ...]]


def _sigmoid(x: float) -> float:
    # exp of a positive number may be too large for a float; exp of a negative one never is
    return 1 / (1 + math.exp(-x)) if x >= 0 else math.exp(x) / (1 + math.exp(x))


def _divide(a: float, b: float) -> float:
    if b == 0:
        raise ValueError("expected a divisor other than 0, received 0")
    return a / b


def _power(base: float, exponent: float) -> float:
    if base < 0 and not exponent.is_integer():
        raise ValueError(f"expected a base of 0 or more for the power {exponent:g}, received {base:g}")
    if base == 0 and exponent < 0:
        raise ValueError(f"expected a base other than 0 for the power {exponent:g}, received 0")
    try:
        return float(base**exponent)
    except OverflowError:
        raise ValueError(f"expected a power that a float can hold, received {base:g} ** {exponent:g}") from None


def _power_derivatives(base: float, exponent: float) -> tuple[float, float]:
    if exponent == 0:
        by_base = 0.0  # constant 1, also at base 0, where exponent * base**(exponent - 1) is 0 times infinity
    elif base == 0 and exponent < 1:
        by_base = math.inf  # the root has a vertical tangent at 0
    else:
        by_base = exponent * _power(base, exponent - 1)
    if base > 0:
        return by_base, _power(base, exponent) * math.log(base)
    # below 0 the power exists at whole exponents only, and has no derivative by the exponent
    return by_base, 0.0 if base == 0 and exponent > 0 else math.nan


def _exp(x: float) -> float:
    try:
        return math.exp(x)
    except OverflowError:
        raise ValueError(f"expected at most 709 for exp, received {x:g}: the result is too large for a float") from None


def _log(x: float) -> float:
    if x <= 0:
        raise ValueError(f"expected a number above 0 for log, received {x:g}")
    return math.log(x)


OPERATIONS = {
    "+": Operation("+", lambda a, b: a + b, lambda a, b: (1.0, 1.0)),
    "-": Operation("−", lambda a, b: a - b, lambda a, b: (1.0, -1.0)),
    "*": Operation("×", lambda a, b: a * b, lambda a, b: (b, a)),
    "/": Operation("/", _divide, lambda a, b: (1 / b, -a / b / b)),
    "**": Operation("^", _power, _power_derivatives),
    "neg": Operation("−", lambda a: -a, lambda a: (-1.0,)),
    "exp": Operation("exp", _exp, lambda a: (_exp(a),)),
    "log": Operation("log", _log, lambda a: (1 / a,)),
    "sin": Operation("sin", math.sin, lambda a: (math.cos(a),)),
    "cos": Operation("cos", math.cos, lambda a: (-math.sin(a),)),
    "tanh": Operation("tanh", math.tanh, lambda a: (1 - math.tanh(a) ** 2,)),
    # s(-a) and not 1 - s(a), which is rounded to 0 above 37
    "sigmoid": Operation("σ", _sigmoid, lambda a: (_sigmoid(a) * _sigmoid(-a),)),
    # at 0, where every slope from 0 to 1 is as good, TensorFlow takes 0
    "relu": Operation("relu", lambda a: max(a, 0.0), lambda a: (float(a > 0),)),
}
