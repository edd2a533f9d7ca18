"""What reading a submission raises."""

from __future__ import annotations


class Unreadable(Exception):
    """A submission that cannot be graded at all; the message is the line that the student reads."""
