"""Which file was read and when it was saved, as people say it: who edits one copy and checks another sees it."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

from autograder.text import one_line

_MONTHS = "January February March April May June July August September October November December".split()


def saved_line(path: Path, saved: float, now: datetime | None = None) -> str:
    """The first line of a check.

    Args:
        path: The file, as it was named.
        saved: When it was last written, in seconds since 1970.
        now: The present, by default.

    Example:

    >>> noon = datetime(2026, 3, 4, 12)
    >>> saved_line(Path("03_numpy_net.py"), datetime(2026, 3, 3, 9, 5).timestamp(), noon)
    '03_numpy_net.py, saved yesterday at 09:05'
    """
    return f"{one_line(str(path))}, saved {moment(saved, now)}"


def try_again(reason: str) -> str:
    """What is wrong with a file, told to somebody who has not handed it in yet.

    Example:

    >>> try_again("net.py is empty; save your work and hand it in again")
    'net.py is empty; save your work and try again'
    >>> try_again("net.ipynb is cut off in the middle, in line 1; download or save it again, and hand in that")
    'net.ipynb is cut off in the middle, in line 1; download or save it again, and use that'
    """
    # of a name and what is wrong, the advice is the end
    wrong, mark, advice = reason.rpartition("; ")
    return wrong + mark + advice.replace("hand it in again", "try again").replace("hand in ", "use ")


def moment(seconds: float, now: datetime | None = None) -> str:
    """A time, in seconds since 1970, as it is said.

    Example:

    >>> noon = datetime(2026, 3, 4, 12)
    >>> moment(datetime(2026, 3, 4, 9, 5).timestamp(), noon), moment(datetime(2025, 12, 24, 18).timestamp(), noon)
    ('today at 09:05', 'on 24 December 2025 at 18:00')
    """
    now = now or datetime.now()
    then = datetime.fromtimestamp(seconds)
    days = {now.date(): "today", now.date() - timedelta(days=1): "yesterday"}
    year = "" if then.year == now.year else f" {then.year}"
    day = days.get(then.date(), f"on {then.day} {_MONTHS[then.month - 1]}{year}")
    return f"{day} at {then:%H:%M}"
