"""What decides about the marks of a gradebook besides grading, as its files say it today."""

from __future__ import annotations

from pathlib import Path

from autograder.handin.submissions import HandedIn
from autograder.marks.adjustments import FILE, adjustments_of, read_adjustments
from autograder.marks.rules import Rules
from autograder.records.gradebook import Gradebook
from autograder.records.listing import Listing
from autograder.records.origin import Origin


def rules_of(origin: Origin, gradebook: Gradebook, folder: Path, handed_in: HandedIn | None = None) -> Rules:
    """The rules of a class.

    Args:
        origin: The assignment.
        gradebook: The gradebook.
        folder: The folder of the gradebook, in which `adjust.toml` may lie.
        handed_in: What is handed in now; without it, those count as students whom the gradebook knows.

    Raises:
        UsageError: When `adjust.toml` is wrong.
    """
    decisions = read_adjustments(folder / FILE)
    people = gradebook.people
    if handed_in is not None:
        people |= {entry.student: entry.called for entry in Listing(handed_in, "").entries()}
    return Rules(origin.due, origin.late, adjustments_of(decisions, people, gradebook.most_points, origin.due))
