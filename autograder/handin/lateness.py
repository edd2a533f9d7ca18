"""How late something is: by the platform's own record where it has one, or else by the file's time."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

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

    def late_days(self, due: datetime | None) -> int:
        """Whole days after the due date, at least 0; where the platform says `late` and no more, one day.

        A due date without a time zone is by the clock on the wall, so a day of 25 hours is one day.

        Example:

        >>> due = datetime(2026, 1, 1, 23, 59, 59)
        >>> Times(datetime(2026, 1, 2, 0, 0, 1)).late_days(due), Times(is_late=True).late_days(due)
        (1, 1)
        >>> Times(datetime(2026, 1, 3, 12), extension=1).late_days(due)
        1
        """
        if self.submitted is None and self.is_late is not None:
            return max(0, int(self.is_late) - self.extension)
        if due is None or self._seconds is None:
            return 0
        handed_in = datetime.fromtimestamp(min(max(self._seconds, 0.0), _LATEST), due.tzinfo)
        return max(0, -((due + timedelta(days=self.extension) - handed_in) // _DAY))

    @property
    def _seconds(self) -> float | None:
        """When it was handed in, in seconds since 1970, as far as that can be told."""
        try:
            return self.submitted.timestamp() if self.submitted is not None else self.modified
        except (ValueError, OverflowError):
            return None  # a platform's record of the year 1 is none
