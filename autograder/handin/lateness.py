"""How late a hand-in is."""

from __future__ import annotations

from datetime import datetime, timedelta

_DAY = timedelta(days=1)
# the first of the year 9999: no clock shows more
_LATEST = 253_370_764_800.0


def late_days(
    due: datetime | None,
    submitted: datetime | None = None,
    is_late: bool | None = None,
    modified: float | None = None,
    extension: int = 0,
) -> int:
    """Whole days after the due date, at least 0, by what is known best.

    A due date without a time zone is by the clock on the wall of this machine, so a day of 25 hours is one day.

    Args:
        due: When it is due, or None.
        submitted: When it was handed in, by the platform's record.
        is_late: What the platform says of that where it says no time: one day, or none.
        modified: When the file was written, in seconds since 1970: where the platform says nothing.
        extension: By how many days later the student may hand in.

    Example:

    >>> due = datetime(2026, 1, 1)
    >>> late_days(due, modified=due.timestamp() + 90_000), late_days(due, datetime(2026, 1, 1, 0, 1), extension=1)
    (2, 0)
    """
    if submitted is None and is_late is not None:
        return max(0, is_late - extension)
    seconds = modified if submitted is None else submitted.timestamp()
    if due is None or seconds is None:
        return 0
    handed_in = datetime.fromtimestamp(min(max(seconds, 0.0), _LATEST), due.tzinfo)
    return max(0, -((due + timedelta(days=extension) - handed_in) // _DAY))
