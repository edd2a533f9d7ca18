"""From the assignment's points to those that a platform has for it."""

from __future__ import annotations

from dataclasses import dataclass

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
        """Points on the platform, to a hundredth where they are converted: platforms show no more."""
        return points if self.factor == 1 else round(points * self.factor, 2)

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
