"""What the table of the class can be sorted and filtered by."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from autograder.facts.result import STATUSES, Result
from autograder.records.mistakes import Mistake
from autograder.records.summary import ClassSummary
from autograder.words.english import ENGLISH

# mistakes that the page lists at once, and among which one can choose
_LISTED = 12
_CHOICES = 60
_KINDS = {
    "look": "Needing attention",
    "late": "Late",
    "slow": "Slow",
    "changed": "Mark changed",
    "adjusted": "Adjusted",
    "left-out": "Not counted",
}
# pixels of a column of points, and of all others with the page's margins
_COLUMN = 40
_OTHERS = 660


@dataclass(frozen=True)
class Filter:
    """A choice of rows.

    Attributes:
        kind: What the rows are marked with.
        name: What a person reads.
        rows: How many there are.
    """

    kind: str
    name: str
    rows: int


class ClassTable:
    """The rows of a class, in the order of names.

    Attributes:
        summary: The figures of the class.
        size: How many rows there are.
        filters: By what rows can be chosen, with how many each gives.
        statuses: The same by status, where there are several.
        mistakes: Those that the page lists at once.
        more: All others.
        choices: Those by which rows can be chosen, with their numbers.
    """

    def __init__(self, results: Sequence[Result], summary: ClassSummary) -> None:
        self.summary = summary
        self.size = len(results)
        self._ranks: dict[str, int] = {}
        counts: Counter[str] = Counter()
        for rank, result in enumerate(results):
            self._ranks[result.student] = rank
            counts.update(self.kinds(result))
        self._mistakes: dict[str, list[int]] = defaultdict(list)
        for number, mistake in enumerate(summary.mistakes):
            for student in mistake.students:
                self._mistakes[student].append(number)
        self.filters = [Filter(kind, name, counts[kind]) for kind, name in _KINDS.items() if counts[kind]]
        found = [Filter(status, ENGLISH.statuses[status], counts[status]) for status in STATUSES if counts[status]]
        self.statuses = found if len(found) > 1 else []
        self.mistakes: tuple[Mistake, ...] = summary.mistakes[:_LISTED]
        self.more = summary.mistakes[_LISTED:]
        self.choices = list(enumerate(summary.mistakes[:_CHOICES]))

    @property
    def narrowest(self) -> int:
        """Pixels that a window needs to show all columns beside each other."""
        return _OTHERS + _COLUMN * len(self.summary.questions)

    def kinds(self, result: Result) -> list[str]:
        """What a row is marked with: by these it is chosen."""
        marks = {
            "look": result.needs_look,
            "late": bool(result.late_days or result.late_hours),
            "slow": self.is_slow(result),
            "changed": self.is_changed(result),
            "adjusted": bool(result.adjustments),
            "left-out": not result.counts,
        }
        return [result.status, *(kind for kind, holds in marks.items() if holds)]

    def is_slow(self, result: Result) -> bool:
        """Whether it took much longer than most."""
        return result.seconds >= self.summary.slow

    def is_changed(self, result: Result) -> bool:
        """Whether its mark was another before."""
        return result.was is not None and result.was != result.mark

    def mistakes_in(self, result: Result) -> list[int]:
        """The numbers of the mistakes that its student made."""
        return self._mistakes[result.student]

    def rank(self, result: Result) -> int:
        """Its place in the order of names, from 0."""
        return self._ranks[result.student]

    def gravity(self, result: Result) -> int:
        """Its place in the order of statuses."""
        return STATUSES.index(result.status)
