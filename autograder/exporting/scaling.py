"""From the assignment's points to those that a platform has for it."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from autograder.errors import UsageError
from autograder.text import number


@dataclass(frozen=True)
class Scale:
    """How points are converted.

    Attributes:
        factor: What they are multiplied by.
        notes: What is to be said of it.
    """

    factor: float = 1.0
    notes: tuple[str, ...] = ()

    def of(self, points: float) -> float:
        """Points on the platform, to a hundredth where they are converted: platforms show no more.

        What lies in the middle goes up.

        Example:

        >>> Scale(0.375).of(3), Scale(1.005).of(1)
        (1.13, 1.01)
        """
        if self.factor == 1:
            return points
        # of what is meant, and not of the binary number beside it, which may lie just below the middle
        meant = Decimal(f"{points * self.factor:.9f}")
        return float(meant.quantize(Decimal("0.01"), ROUND_HALF_UP))

    @classmethod
    def between(cls, ours: float, theirs: float | None, column: str, where: str, scales: bool) -> Scale:
        """What is needed where the two say what the assignment is worth.

        Args:
            ours: Points of the assignment.
            theirs: Points that the platform has for it; None where it says no number.
            column: What it is called there.
            where: The platform.
            scales: Whether points may be converted.

        Raises:
            UsageError: When they differ, and points may not be converted.

        Example:

        >>> Scale.between(36, 100, "Net (7)", "Canvas", scales=True).of(9)
        25.0
        """
        if theirs is None or ours == theirs or not ours:
            return cls()
        if not theirs:
            raise UsageError(
                f"{column} is worth no points in {where}; set it to {number(ours)} there, and export again"
            )
        told = f"{number(ours)} points here and {number(theirs)} in {where}"
        if not scales:
            raise UsageError(
                f"{column} is worth {told}; set it to {number(ours)} there and export again, or say --scale, which "
                "converts the marks"
            )
        return cls(theirs / ours, (f"marks are converted: {told}",))


NO_SCALE = Scale()
