"""How far a student has come in an assignment: the file, and its public points when it was checked last."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.definition import KIT, Assignment
from autograder.cli.asked import own_or_of_kit
from autograder.cli.belonging import is_begun, last_saved
from autograder.cli.saved import moment, saved_line
from autograder.cli.verdicts import Verdict, last_of
from autograder.handin.submissions import Submission
from autograder.text import number


@dataclass(frozen=True)
class Standing:
    """How far one has come.

    Attributes:
        assignment: The assignment.
        path: The script or the notebook, whichever was saved last; None where there is none.
        verdict: What came of the last check, or None.
    """

    assignment: Assignment
    path: Path | None
    verdict: Verdict | None

    @classmethod
    def of(cls, assignment: Assignment) -> Standing:
        """How far the student has come whose files are in this folder, or in the kit of the assignment."""
        own = own_or_of_kit(assignment, Path())
        path = last_saved(own) if own else None
        # a kit's tests are in KIT/assignments/NAME
        kit = assignment.folder.parent.parent if (assignment.folder / KIT).is_file() else None
        return cls(assignment, path, last_of(assignment, Path(), kit))

    @property
    def line(self) -> str:
        """What there is to be told, in a line; "" where nothing is there yet."""
        saved = saved_line(Path(self.path.name), self.path.stat().st_mtime) if self.path is not None else ""
        if self.verdict is None:
            return f"{saved}, {'not checked yet' if self._is_begun else 'not begun'}" if saved else ""
        all_points = self.assignment.public_points
        of = f" of {number(all_points)}" if all_points else ""
        told = f"{number(self.verdict.points)}{of} public points, checked {moment(self.verdict.checked)}"
        if self.path is not None and self.path.stat().st_mtime > self.verdict.checked:
            told += f"; {saved}, after that"
        return told

    @property
    def _is_begun(self) -> bool:
        if self.path is None:
            return False
        reading = Submission(self.path.stem, self.path.resolve()).read()
        return bool(reading.reason) or is_begun(self.assignment, self.path, reading.code)


def sum_line(standings: Sequence[Standing]) -> str:
    """The points of all assignments together; "" where fewer than two are there, or nothing was checked."""
    most = [one.assignment.public_points for one in standings]
    if len(most) < 2 or not all(most) or not any(one.verdict for one in standings):
        return ""
    points = sum(one.verdict.points for one in standings if one.verdict is not None)
    return f"{number(points)} of {number(sum(most))} public points in all"
