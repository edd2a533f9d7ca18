"""What decides about a mark besides grading: the due date, what being late costs, and an instructor's decisions."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

from autograder.assignment.late import LatePolicy
from autograder.facts.adjustment import Adjustment
from autograder.facts.fact import Fact
from autograder.facts.result import Result
from autograder.handin.lateness import Times
from autograder.words import say

_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Rules:
    """What is applied to every result of a class, whenever it is looked at; nothing is graded again for it.

    Attributes:
        due: When submissions are due, or None.
        late: What being late costs.
        adjustments: What the instructor decided, by the name of the student's row.
    """

    due: datetime | None = None
    late: LatePolicy = field(default_factory=LatePolicy)
    adjustments: Mapping[str, tuple[Adjustment, ...]] = field(default_factory=dict)

    def applied(self, result: Result, times: Times) -> Result:
        """The result with its mark.

        Example:

        >>> rules = Rules(datetime(2026, 1, 1), LatePolicy(percent_per_day=10))
        >>> late = rules.applied(Result("ada", "03_numpy_net", "graded"), Times(datetime(2026, 1, 2, 12)))
        >>> late.late_days, late.late_hours, late.late_penalty
        (2, 36, 0.0)
        """
        result = replace(result, adjustments=self.adjustments.get(result.student, ()))
        if result.is_excused:
            result = replace(result, left_out=say(Fact("row-excused")))
        if times.says_nothing:
            return result
        late = self.late_by(result.student, times)
        is_by_file = times.is_by_file and not self.late.by_file_time
        costs = result.has_marks and not is_by_file
        return replace(
            result,
            late_days=-(-late // _DAY),
            # students are not told of lateness that a copy of their file may have made
            late_hours=0 if is_by_file else -(-late // _HOUR),
            late_penalty=self.late.penalty(late, result.max_score) if costs else 0.0,
        )

    def late_by(self, student: str, times: Times) -> timedelta:
        """The time that counts as late, with the student's own extension; none within the grace."""
        due = self.due
        for one in self.adjustments.get(student, ()):
            if one.kind == "extension" and one.until:
                until = datetime.fromisoformat(one.until)
                if due is not None and until.tzinfo is None:
                    until = until.replace(tzinfo=due.tzinfo)
                # where the platform only says that it is late, nobody knows whether it was later than this
                due, times = until, replace(times, extension=0 if times.is_late is None else 1)
            elif one.kind == "extension":
                times = replace(times, extension=one.days)
        return self.late.counted(times.late_by(due))
