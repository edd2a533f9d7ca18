"""When an assignment is due: `due` and `time_zone` in `assignment.toml`."""

from __future__ import annotations

from datetime import date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from autograder.assignment.toml import place_of
from autograder.errors import UsageError

# what a day ends with: a due date without a time is the whole day
_END_OF_DAY = time(23, 59, 59)


def read_due(path: Path, text: str, due: date | None, zone: str | None, is_written: bool) -> datetime | None:
    """The due date, at the clock of its time zone; of a day without a time, its last second.

    Args:
        path: The file.
        text: Its text, for the line of a mistake.
        due: What is written there; None where nothing is, or no date.
        zone: A name such as `Europe/Berlin`; None: the clock of this machine, or what the date says itself.
        is_written: Whether something is written there, if only what is no date.

    Raises:
        UsageError: When the time zone does not exist, does nothing, or is told twice.
    """
    found = due if due is None or isinstance(due, datetime) else datetime.combine(due, _END_OF_DAY)
    if zone is None:
        return found
    place = place_of(path, text, "time_zone")
    if found is None and not is_written:
        raise UsageError(f"{place}: time_zone does nothing without a due date; write due = 2026-11-20T23:59:00 as well")
    if found is not None and found.tzinfo is not None:
        raise UsageError(f"{place}: the due date has a time zone of its own; leave out that, or time_zone")
    try:
        own = ZoneInfo(zone)
        return found and found.replace(tzinfo=own)
    except (LookupError, ValueError, OSError):
        raise UsageError(
            f"{place}: expected time_zone to be a name such as 'Europe/Berlin' or 'America/New_York', received {zone!r}"
        ) from None
