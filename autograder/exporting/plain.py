"""The class as a table for spreadsheets, with what was decided about each mark."""

from __future__ import annotations

import codecs
from collections.abc import Sequence

from autograder.exporting.marks import Mark
from autograder.exporting.outcome import Outcome
from autograder.records.exports import csv_of


def to_csv(marks: Sequence[Mark], separator: str = ",") -> Outcome:
    """The table of `gradebook.csv`, with a row for everybody; who has no mark has none in it.

    Args:
        marks: What everybody gets.
        separator: What stands between two cells.
    """
    outcome = Outcome({"": codecs.BOM_UTF8 + csv_of([mark.result for mark in marks], separator).encode("utf-8")})
    outcome.written = sum(mark.points is not None for mark in marks)
    outcome.left = [(mark.name, mark.reason) for mark in marks if mark.points is None]
    return outcome
