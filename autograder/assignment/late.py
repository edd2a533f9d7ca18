"""What it costs to hand in late: `[late]` in `assignment.toml`."""

from __future__ import annotations

from dataclasses import asdict, dataclass, fields
from datetime import timedelta
from pathlib import Path
from typing import Any

from autograder.assignment.toml import place_of
from autograder.errors import UsageError, did_you_mean

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class LatePolicy:
    """What it costs to hand in late; nothing unless something is set.

    Attributes:
        percent_per_day: Percent of the assignment's points that each day costs which has begun.
        percent_per_hour: The same for each hour; one of the two.
        grace_minutes: So late still counts as in time; who is later is late from the due date on.
        most_percent: The most that being late costs, in percent of the assignment's points.
        closed_after_days: What is later than this earns nothing; None: it is never closed.
        by_file_time: Whether the time of a file costs marks too, where a platform has no record. Copying and
            unpacking can change it, so it costs nothing unless this is set.
    """

    percent_per_day: float = 0.0
    percent_per_hour: float = 0.0
    grace_minutes: float = 0.0
    most_percent: float = 100.0
    closed_after_days: float | None = None
    by_file_time: bool = False

    @property
    def costs_something(self) -> bool:
        """Whether being late costs marks."""
        return bool(self.percent_per_day or self.percent_per_hour or self.closed_after_days is not None)

    def counted(self, late: timedelta) -> timedelta:
        """The time that counts as late: none within the grace."""
        return late if late > timedelta(minutes=self.grace_minutes) else timedelta(0)

    def penalty(self, late: timedelta, most_points: float) -> float:
        """Points that are taken.

        Args:
            late: The time that counts as late.
            most_points: The assignment's points.

        Example:

        >>> policy = LatePolicy(percent_per_day=10, most_percent=50)
        >>> [policy.penalty(timedelta(hours=hours), 40) for hours in (0, 1, 24, 25, 1000)]
        [0.0, 4.0, 4.0, 8.0, 20.0]
        """
        if self.closed_after_days is not None and late > timedelta(days=self.closed_after_days):
            return most_points
        percent = self.percent_per_day * -(-late // _DAY) + self.percent_per_hour * -(-late // _HOUR)
        return round(min(percent, self.most_percent) / 100 * most_points, 3)

    @property
    def settings(self) -> dict[str, Any]:
        """As `[late]` would say it."""
        return {name: value for name, value in asdict(self).items() if value is not None}


_MOST = {"percent_per_day": 100, "percent_per_hour": 100, "most_percent": 100}
_MOST |= {"grace_minutes": 24 * 60, "closed_after_days": 1000}


def read_late(path: Path, text: str, table: dict[str, Any], has_due: bool) -> LatePolicy:
    """The table, looked at.

    Args:
        path: The file.
        text: Its text, for the line of a mistake.
        table: The table.
        has_due: Whether a due date is written, if only a wrong one.

    Raises:
        UsageError: When a key is unknown, a value is wrong, or a setting would do nothing.
    """
    for key, value in table.items():
        place = place_of(path, text, key)
        if key not in LatePolicy.__dataclass_fields__:
            hint = did_you_mean(key, [field.name for field in fields(LatePolicy)])
            raise UsageError(f"{place}: there is no {key} in [late]; {hint}")
        if key == "by_file_time":
            if type(value) is not bool:
                raise UsageError(
                    f"{place}: expected by_file_time to be true or false, received {value!r}; fix it there"
                )
        elif type(value) not in (int, float) or not 0 <= value <= _MOST[key]:
            raise UsageError(
                f"{place}: expected {key} to be a number from 0 to {_MOST[key]}, received {value!r}; fix it there"
            )
    policy = LatePolicy(**table)
    place = place_of(path, text, "late")
    if table and not has_due:
        raise UsageError(f"{place}: [late] needs a due date; write due = 2026-11-20T23:59:00 above it")
    if policy.percent_per_day and policy.percent_per_hour:
        raise UsageError(f"{place}: late has a percentage per day and one per hour; keep one of them")
    idle = [name for name in ("most_percent", "by_file_time") if name in table and not policy.costs_something]
    if idle:
        raise UsageError(
            f"{place}: {idle[0]} does nothing where being late costs nothing; write percent_per_day = 10 as well, or "
            "leave it out"
        )
    return policy
