"""When something was handed in, and how late that is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

_DAY = timedelta(days=1)
# the first of the year 9999: no clock shows more
_LATEST = 253_370_764_800.0


@dataclass(frozen=True)
class Times:
    """What is known of when something was handed in.

    Attributes:
        submitted: When, by the platform's own record, or None.
        is_late: What that record says of it where it has no time, or None.
        modified: When the file was last written, in seconds since 1970, or None.
        extension: Days that this student has beyond the due date.
    """

    submitted: datetime | None = None
    is_late: bool | None = None
    modified: float | None = None
    extension: int = 0

    @property
    def says_nothing(self) -> bool:
        """Whether there is nothing to judge by."""
        return self.submitted is None and self.is_late is None and self.modified is None

    @property
    def is_by_file(self) -> bool:
        """Whether there is nothing but the file's own time, which a copy may change."""
        return self.submitted is None and self.is_late is None and self.modified is not None

    def late_by(self, due: datetime | None) -> timedelta:
        """The time after the due date, at least 0, by the platform's record where it has one.

        A due date without a time zone is by the clock on the wall of this machine, so a day of 25 hours is one day.
        Where the platform only says that it is late, it is one day.

        Example:

        >>> due = datetime(2026, 1, 1)
        >>> Times(modified=due.timestamp() + 90_000).late_by(due)
        datetime.timedelta(days=1, seconds=3600)
        >>> Times(submitted=datetime(2026, 1, 1, 0, 1), extension=1).late_by(due)
        datetime.timedelta(0)
        """
        none = timedelta(0)
        if self.submitted is None and self.is_late is not None:
            return max(none, (self.is_late - self.extension) * _DAY)
        seconds = self.modified if self.submitted is None else self._handed_in(due).timestamp()
        if due is None or seconds is None:
            return none
        handed_in = datetime.fromtimestamp(min(max(seconds, 0.0), _LATEST), due.tzinfo)
        return max(none, handed_in - due - timedelta(days=self.extension))

    def _handed_in(self, due: datetime | None) -> datetime:
        """A time without a zone is by the clock of the course's zone, where it has one, or else of this machine."""
        assert self.submitted is not None
        is_of_course = self.submitted.tzinfo is None and due is not None and isinstance(due.tzinfo, ZoneInfo)
        return self.submitted.replace(tzinfo=due.tzinfo) if is_of_course and due else self.submitted

    def late_days(self, due: datetime | None) -> int:
        """The same in days that have begun."""
        return -(-self.late_by(due) // _DAY)
