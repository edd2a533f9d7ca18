"""What an export wrote, and what it left out: said when it is done."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from autograder.exporting.marks import Mark, listed
from autograder.exporting.matching import Matched
from autograder.exporting.sheets import number_in
from autograder.files import zipped
from autograder.text import number, one_line

# an empty cell, and what platforms write where there is none yet
_NO_GRADE = ("", "-", "–")


@dataclass
class Outcome:
    """An export.

    Attributes:
        files: What to write: bytes by their path in an archive; "" is a file that stands alone.
        written: How many students got a mark.
        left: Students without one, and why.
        unplaced: Marks for which the platform has no place, and why: somebody has to look.
        replaced: Other grades that were in the platform's table: whose, and what becomes of them.
        notes: What else is to be known.
    """

    files: dict[str, bytes]
    written: int = 0
    left: list[tuple[str, str]] = field(default_factory=list)
    unplaced: list[tuple[str, str]] = field(default_factory=list)
    replaced: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def content(self) -> bytes:
        """The one file that is written."""
        return self.files[""] if "" in self.files else zipped(self.files, 0.0)

    def lines(self, lacking: str = "no mark") -> Iterator[str]:
        """What is said: who has none and why, which grades are replaced, and notes."""
        for why, names in _grouped([*self.left, *self.unplaced]).items():
            yield f"{lacking} for {len(names)} ({why}): {listed(names)}"
        if self.replaced:
            count = len(self.replaced)
            told = "1 grade that was there is" if count == 1 else f"{count} grades that were there are"
            yield f"{told} replaced: {listed(self.replaced)}"
        yield from self.notes

    def replaces(self, name: str, before: str, after: str) -> None:
        """Notes what becomes of a cell, where another grade stands in it.

        Example:

        >>> outcome = Outcome({})
        >>> outcome.replaces("Ada", "12.00", "4.75")
        >>> outcome.replaces("Grace", "-", "4")
        >>> list(outcome.lines())
        ['1 grade that was there is replaced: Ada 12 → 4.75']
        """
        stood, stands = (
            (number(value) if (value := number_in(cell)) is not None else one_line(cell.strip()))
            for cell in (before, after)
        )
        if stood not in _NO_GRADE and stood != stands:
            self.replaced.append(f"{name} {stood} → {stands}")


def _grouped(pairs: Sequence[tuple[str, str]]) -> dict[str, list[str]]:
    grouped: dict[str, list[str]] = defaultdict(list)
    for name, why in pairs:
        grouped[why].append(name)
    return grouped


def told_of_matching(outcome: Outcome, found: Matched, where: str) -> None:
    """Adds what the matching could not place. Who has no mark needs no place.

    Args:
        outcome: The export.
        found: What was found.
        where: What the table is called.
    """
    for mark, why in found.without_row(where):
        _add(outcome, mark, why)
    if found.others:
        outcome.notes.append(f"{len(found.others)} in {where} and not in the gradebook: {listed(found.others)}")


def _add(outcome: Outcome, mark: Mark, why: str) -> None:
    if mark.points is None and not mark.is_excused:
        outcome.left.append((mark.name, mark.reason))
    else:
        outcome.unplaced.append((mark.name, why))
