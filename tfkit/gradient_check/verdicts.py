"""What a gradient check found: a verdict per tensor, with the entry that is furthest off."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from tfkit._records import Records, text_table

if TYPE_CHECKING:
    pass


@dataclass(frozen=True)
class TensorVerdict:
    """Whether the gradient of one tensor is right.

    Example:

    >>> TensorVerdict("W", (2, 3), 6, 2e-11, (1, 2), 0.5, 0.5, True).ok
    True

    Attributes:
        name: The tensor's name.
        shape: Its shape.
        checked: Number of entries that were nudged.
        relative_error: `‖analytic - numeric‖ / (‖analytic‖ + ‖numeric‖)` over these entries, from 0 to 1.
        index: The entry with the largest difference, `()` for a tensor without axes.
        analytic: The gradient given, at this entry.
        numeric: The gradient by nudging, at this entry.
        ok: Whether they agree.
        note: What the check has seen besides: a kink, a constant factor, a gradient that is missing.
    """

    name: str
    shape: tuple[int, ...]
    checked: int
    relative_error: float
    index: tuple[int, ...]
    analytic: float
    numeric: float
    ok: bool
    note: str = ""


@dataclass(frozen=True)
class GradientCheck(Records[TensorVerdict]):
    """The verdicts on all tensors. In a condition it is true if all are right: `assert check_gradients(...)`.

    Example:

    >>> check = GradientCheck((TensorVerdict("w", (3,), 3, 0.33, (1,), 2.0, 1.0, False, "2 times too large"),))
    >>> check.ok, check["w"].index
    (False, (1,))
    >>> print(check)
    tensor  shape  checked  relative error  worst entry  analytic  numeric
    w       (3,)       3/3        3.30e-01  w[1]              2.0      1.0  WRONG: 2 times too large

    Attributes:
        tensors: One `TensorVerdict` for each tensor, in the order of the parameters.
    """

    _field, _key = "tensors", "name"

    tensors: tuple[TensorVerdict, ...]

    @property
    def ok(self) -> bool:
        """Whether all gradients are right."""
        return all(verdict.ok for verdict in self.tensors)

    @property
    def worst(self) -> TensorVerdict:
        """The verdict with the largest relative error; one that failed before any that did not."""
        return max(self.tensors, key=lambda verdict: (not verdict.ok, verdict.relative_error))

    def __bool__(self) -> bool:
        return self.ok

    def __str__(self) -> str:
        rows = []
        for v in self.tensors:
            entry = f"{v.name}[{', '.join(map(str, v.index))}]" if v.index else v.name
            checked = f"{v.checked}/{math.prod(v.shape)}"
            verdict = ": ".join(part for part in ("ok" if v.ok else "WRONG", v.note) if part)
            numbers = _two_numbers(v.analytic, v.numeric)
            rows.append((v.name, str(v.shape), checked, f"{v.relative_error:.2e}", entry, *numbers, verdict))
        head = ("tensor", "shape", "checked", "relative error", "worst entry", "analytic", "numeric", "")
        return text_table(head, rows, numbers=(2, 3, 5, 6))


def _two_numbers(a: float, b: float) -> tuple[str, str]:
    """Write two numbers with as many digits as tell them apart, four at least."""
    for digits in range(4, 17):
        texts = f"{a:.{digits}g}", f"{b:.{digits}g}"
        if texts[0] != texts[1] or a == b:
            break
    return (str(float(texts[0])), str(float(texts[1])))
