"""How late a hand-in is."""

from __future__ import annotations

from datetime import datetime, timedelta


def late_days(
    due: datetime | None,
    submitted: datetime | None = None,
    is_late: bool | None = None,
    modified: float | None = None,
    extension: int = 0,
) -> int:
    """Whole days after the due date, at least 0, by what is known best.

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
    time = modified if submitted is None else submitted.timestamp()
    if due is None or time is None:
        return 0
    return max(0, -int(-(time - (due + timedelta(days=extension)).timestamp()) // 86400))
