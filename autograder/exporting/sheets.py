"""A table that a platform gave out, to be given back to it with marks."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.errors import UsageError
from autograder.handin.headings import plain
from autograder.handin.tables import MOST_BYTES, Table, table_of
from autograder.text import number, one_line

# a line of the spreadsheet's own, or a title, may stand above the headings
_MOST_ABOVE = 5
_NUMBER = re.compile(r"\s*(-?[\d.,\s]*\d)\s*%?\s*")
_SHOWN = 12


@dataclass(frozen=True)
class Sheet:
    """A table with its headings.

    Attributes:
        path: The file.
        table: Its cells, and how the file writes them.
        top: The row of the headings.
    """

    path: Path
    table: Table
    top: int

    @property
    def headings(self) -> list[str]:
        """The headings."""
        return [cell.strip() for cell in self.table.rows[self.top]]

    def column(self, known: Sequence[str]) -> int | None:
        """The column with one of these headings, however they are written, or None."""
        wanted = set(map(plain, known))
        return next((place for place, name in enumerate(self.headings) if plain(name) in wanted), None)

    @property
    def has_decimal_comma(self) -> bool:
        """Whether its numbers are written 12,5."""
        cells = [cell.strip() for row in self.table.rows[self.top + 1 :] for cell in row]
        return any(re.fullmatch(r"-?\d+,\d{1,2}", cell) for cell in cells)

    def written(self, points: float) -> str:
        """Points as this file writes numbers."""
        text = number(points)
        return text.replace(".", ",") if self.has_decimal_comma else text


def read_sheet(path: Path, what: str, is_headings: Callable[[list[str]], bool], wanted: str) -> Sheet:
    """Reads a platform's table.

    Args:
        path: The file.
        what: What it is called, such as `Canvas's gradebook export`.
        is_headings: Whether a row is the one with the headings.
        wanted: The columns that it must have, for the message.

    Raises:
        UsageError: When it cannot be read, is no table, or has not the headings.
    """
    try:
        with path.open("rb") as file:
            data = file.read(MOST_BYTES + 1)
    except OSError as error:
        raise UsageError(f"cannot read --into {path}: {error.strerror}") from None
    if len(data) > MOST_BYTES:
        raise UsageError(f"expected {what} as --into, {path} has more than {MOST_BYTES // 2**20} MB")
    try:
        table = table_of(data)
    except ValueError as error:
        raise UsageError(f"expected {what} as --into, {path} cannot be read as one: {error}") from None
    for top, row in enumerate(table.rows[:_MOST_ABOVE]):
        if is_headings([cell.strip() for cell in row]):
            return Sheet(path, table, top)
    found = next((row for row in table.rows if any(cell.strip() for cell in row)), [])
    raise UsageError(f"expected {what} as --into, with the columns {wanted}; {path} begins with {named(found)}")


def number_in(cell: str) -> float | None:
    """The number in a cell, whichever sign its decimals have; None where it is no number.

    Example:

    >>> number_in("36.00"), number_in("12,5"), number_in("1.000,50"), number_in("Excellent")
    (36.0, 12.5, 1000.5, None)
    """
    match = _NUMBER.fullmatch(cell)
    if match is None:
        return None
    *whole, last = re.split("[.,]", re.sub(r"\s", "", match[1]))
    try:
        return float(f"{''.join(whole)}.{last}" if whole else last)
    except ValueError:
        return None


def named(headings: Sequence[str]) -> str:
    """Headings in a message, some of them where there are many."""
    shown = [one_line(heading.strip()) for heading in headings if heading.strip()]
    more = len(shown) - _SHOWN
    return (", ".join(shown[:_SHOWN]) or "an empty line") + (f" and {more} more" if more > 0 else "")


def written_table(rows: Sequence[Sequence[str]], separator: str = ",", ending: str = "\r\n") -> str:
    """Rows as text of a CSV file."""
    table = io.StringIO()
    csv.writer(table, delimiter=separator, lineterminator=ending).writerows(rows)
    return table.getvalue()


def marked(text: str, table: Table) -> bytes:
    """The text in UTF-8, with a byte-order mark where the file had one, or was in an encoding of a spreadsheet's."""
    return text.encode("utf-8" if table.encoding == "utf-8" else "utf-8-sig")
