"""How long explaining one submission may take: what a submission sends decides how much there is to look through."""

from __future__ import annotations

import time


class OutOfTime(Exception):
    """The time for explaining this submission is used up."""


class Clock:
    """Time for explaining one submission.

    It counts the grader's own processor time and the waiting for the submission. Other programs on the machine do not
    count: an honest student beside a busy neighbour gets the same explanations.

    Example:

    >>> clock = Clock(2.0)
    >>> clock.waited(2.5)
    >>> clock.left < 0
    True
    """

    def __init__(self, seconds: float = float("inf")) -> None:
        self._end = time.process_time() + seconds

    @property
    def left(self) -> float:
        """Seconds that are left."""
        return self._end - time.process_time()

    def waited(self, seconds: float) -> None:
        """Counts seconds in which the grader waited for the submission."""
        self._end -= seconds

    def check(self) -> None:
        """Ends the explaining when there is no time left."""
        if self.left <= 0:
            raise OutOfTime
