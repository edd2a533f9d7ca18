"""The pages of a class in one archive."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from autograder.errors import UsageError
from autograder.exporting.feedback.comments import Comment
from autograder.exporting.feedback.names import canvas_name, moodle_folder, moodle_name, plain_names
from autograder.exporting.feedback.page import Told, feedback_page
from autograder.exporting.marks import NOT_HANDED_IN, mark_of
from autograder.exporting.moodle import participants
from autograder.exporting.outcome import Outcome
from autograder.facts.result import Result
from autograder.handin.sources import Source

LAYOUTS = ("moodle", "canvas", "plain")
# the code that was graded; or None, and why it is not shown
Code = Callable[[Result], tuple[Source | None, str]]
# the path of a page in the archive; or "", and why it has none
Place = Callable[[Result], tuple[str, str]]


def feedback_of(
    results: Sequence[Result],
    told: Told,
    layout: str,
    code: Code,
    comments: Mapping[str, Comment],
    into: Path | None = None,
) -> Outcome:
    """A page for everybody whose result counts, at the path by which the platform finds the student.

    Args:
        results: The rows of the gradebook.
        told: What pages tell besides.
        layout: One of `LAYOUTS`.
        code: Gives the code that was graded.
        comments: What the marker says, by row.
        into: Moodle's grading worksheet, for numbers of participants that the download did not tell.

    Raises:
        UsageError: When the worksheet is none.
    """
    outcome = Outcome({})
    graded = [one for one in results if gets_page(one)]
    place_of = _places(layout, graded, into)
    for result in results:
        name = mark_of(result).name
        if result not in graded:
            # a mark that the instructor gave is there without a page
            why = mark_of(result).reason or result.left_out or NOT_HANDED_IN
            outcome.left.append((name, why))
            continue
        place, no_place = place_of(result)
        if not place or place in outcome.files:
            outcome.unplaced.append((name, no_place or f"{place} is somebody else's"))
            continue
        source, why = code(result)
        comment = comments.get(result.student)
        outcome.files[place] = feedback_page(result, told, source, why, comment).encode("utf-8", "replace")
        outcome.written += 1
    return outcome


def gets_page(result: Result) -> bool:
    """Whether there is something to hand back: what was graded counts, or would if the student were not excused."""
    return result.has_marks and (not result.left_out or result.is_excused)


def _places(layout: str, graded: Sequence[Result], into: Path | None) -> Place:
    if layout == "canvas":
        return lambda one: (
            canvas_name(one),
            "its file is none of Canvas's download, so Canvas does not know whose it is",
        )
    if layout == "plain":
        names = plain_names(graded)
        return lambda one: (names(one), "")
    if into is None:
        return lambda one: (moodle_name(one), "Moodle's number is not known; give its worksheet: --into FILE.csv")
    known, why = participants(into, [mark_of(result) for result in graded])
    return lambda one: (moodle_folder(*known[one.student]) if one.student in known else "", why.get(one.student, ""))


def check_layout(layout: str, into: Path | None) -> None:
    """Refuses what a layout does nothing with.

    Raises:
        UsageError: When a worksheet is given that is not read.
    """
    if into is not None and layout != "moodle":
        raise UsageError(f"--layout {layout} does nothing with --into; leave it out")
