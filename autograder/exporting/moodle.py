"""Moodle: the grading worksheet of an assignment, filled in.

Reference: the worksheet is the table of `mod/assign/gradingtable.php`, and is read in `mod/assign/feedback/offline/` by
`importgradeslib.php` and `locallib.php` (github.com/moodle/moodle). Three columns must be there: `Identifier`
(`Participant 123`), `Grade` and `Last modified (grade)`, in the language of whoever imports. Moodle skips, without a
word, a grade above the maximum, one that is locked, and one that was changed since the worksheet was downloaded.
`Feedback comments` is HTML.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path

from markupsafe import escape

from autograder.errors import UsageError
from autograder.exporting.marks import Mark, listed, most_points
from autograder.exporting.matching import match
from autograder.exporting.outcome import Outcome, told_of_matching
from autograder.exporting.scaling import NO_SCALE, Scale
from autograder.exporting.sheets import Sheet, marked, named, number_in, read_sheet, written_table
from autograder.handin.headings import fields_of, plain
from autograder.handin.roster import Person, person_of
from autograder.text import number
from autograder.words.marking import points, what_was_done, why_nothing

# English, German, French, Spanish, Italian, Portuguese, Dutch
_IDENTIFIER = ("Identifier", "ID", "Identifiant", "Identificador", "Identificatore", "Identificativo", "Identificatie")
_GRADE = ("Grade", "Bewertung", "Note", "Calificación", "Valutazione", "Nota", "Avaliação", "Cijfer", "Beoordeling")
_MOST = (
    *("Maximum Grade", "Maximum Mark", "Bestwertung", "Note maximale", "Calificación máxima", "Máxima calificación"),
    *("Valutazione massima", "Nota máxima", "Avaliação máxima", "Maximumcijfer", "Maximale beoordeling"),
)
_CHANGEABLE = (
    *("Grade can be changed", "Bewertung kann geändert werden", "La note peut être modifiée"),
    *("La calificación puede ser cambiada", "La valutazione può essere cambiata", "Nota pode ser alterada"),
    *("A nota pode ser alterada", "Cijfer kan gewijzigd worden"),
)
_COMMENTS = (
    *("Feedback comments", "Feedback als Kommentar", "Commentaires de feedback", "Feedback par commentaires"),
    *("Comentarios de retroalimentación", "Commenti", "Comentários de feedback", "Feedback opmerkingen"),
)
_NO = {"no", "nein", "non", "nao", "nee"}
_NUMBER = re.compile(r"\D*?(\d+)\s*")
_WORKSHEET = "Moodle's grading worksheet"


def to_moodle(marks: Sequence[Mark], into: Path, column: str, scales: bool) -> Outcome:
    """The worksheet with marks in it, for `Upload grading worksheet`.

    A comment is written where none is and the worksheet has a column for it. Rows without a mark stay as they are.

    Args:
        marks: What everybody gets.
        into: The worksheet, as it was downloaded.
        column: The heading of the grades, where that is in a language that is not known here, or "".
        scales: Whether marks may be converted to the points that Moodle has for it.

    Raises:
        UsageError: When it is no worksheet, or its points are others.
    """
    sheet = read_sheet(into, _WORKSHEET, _is_headings, "Identifier, Grade and Last modified (grade)")
    identifier = _identifier(sheet)
    target = sheet.column([column] if column else _GRADE)
    if target is None:
        raise UsageError(
            f"expected a column {column or 'Grade'} in {into}, it has {named(sheet.headings)}; name the one for grades "
            "with --column"
        )
    rows = [list(row) for row in sheet.table.rows[sheet.top :]]
    width = len(rows[0])
    for row in rows:
        row += [""] * (width - len(row))
    most = _most(sheet, rows)
    worth = most_points([mark.result for mark in marks])
    scale = Scale.between(worth, most, "the assignment", "Moodle", scales)
    found = match(marks, _people(sheet, rows, identifier))
    locked, comments = sheet.column(_CHANGEABLE), sheet.column(_COMMENTS)
    outcome = Outcome({})
    kept: list[str] = []
    for place, mark in sorted(found.rows.items()):
        row = rows[place]
        if mark.points is None:
            outcome.left.append((mark.name, mark.reason))
        elif locked is not None and plain(row[locked]) in _NO:
            outcome.unplaced.append((mark.name, "the grade is locked in Moodle"))
        elif most is not None and scale.of(mark.points) > most:
            why = f"{number(scale.of(mark.points))} is more than the {number(most)} that Moodle takes; raise it there"
            outcome.unplaced.append((mark.name, why))
        else:
            cell = sheet.written(scale.of(mark.points))
            outcome.replaces(mark.name, row[target], cell)
            row[target] = cell
            if comments is not None and not row[comments].strip():
                row[comments] = comment(mark, worth, scale)
            elif comments is not None:
                kept.append(mark.name)
            outcome.written += 1
    told_of_matching(outcome, found, str(into))
    outcome.notes += scale.notes
    if kept:
        outcome.notes.append(f"{len(kept)} had a comment in Moodle already, which stays: {listed(kept)}")
    outcome.files[""] = marked(written_table(rows, ending=sheet.table.ending), sheet.table)
    return outcome


def participants(into: Path, marks: Sequence[Mark]) -> tuple[dict[str, tuple[str, str]], dict[str, str]]:
    """By row of the gradebook, name and number of the participant in a worksheet; and why others have none.

    Args:
        into: The worksheet.
        marks: What everybody gets.

    Raises:
        UsageError: When it is no worksheet.
    """
    sheet = read_sheet(into, _WORKSHEET, _is_headings, "Identifier and Full name")
    rows = [list(row) for row in sheet.table.rows[sheet.top :]]
    people = _people(sheet, rows, _identifier(sheet))
    found = match(marks, people)
    by_row = {place: person.student for place, person in people}
    known = {mark.result.student: (by_row[place].name, by_row[place].id) for place, mark in found.rows.items()}
    return known, {mark.result.student: why for mark, why in found.without_row(str(into))}


def comment(mark: Mark, worth: float, scale: Scale = NO_SCALE) -> str:
    """The feedback comment, as HTML: the grade as Moodle shows it, and what it is made of.

    Args:
        mark: What the student gets.
        worth: Points of the assignment, or 0 where no row tells.
        scale: How points are converted.

    Example:

    >>> from autograder.facts.result import Result
    >>> comment(Mark(Result("ada", "03_numpy_net", "missing"), 0.0), 40)
    '<p>0 of 40 points. Nothing was handed in.</p>'
    """
    result, given = mark.result, mark.points or 0.0
    grade = _of(given, worth)
    if scale.factor != 1:
        grade = f"{_of(scale.of(given), scale.of(worth))}, converted from {grade}"
    said = [f"{grade}."]
    if not result.has_marks:
        said += ["Nothing was handed in."] if result.status == "missing" else []
    elif why_nothing(result):
        said.append(why_nothing(result))
    elif result.score != given:
        said.append(f"The tests gave {points(result.score)}.")
    return f"<p>{escape(' '.join([*said, *what_was_done(result)]))}</p>"


def _of(given: float, worth: float) -> str:
    """Points, and of how many: nothing is out of 0."""
    return f"{number(given)} of {points(worth)}" if worth else points(given)


def _is_headings(row: list[str]) -> bool:
    names = set(map(plain, row))
    return len(row) > 2 and bool(names & set(map(plain, _IDENTIFIER)))


def _identifier(sheet: Sheet) -> int:
    place = sheet.column(_IDENTIFIER)
    assert place is not None  # it is one of the headings that were looked for
    return place


def _most(sheet: Sheet, rows: list[list[str]]) -> float | None:
    """The points that Moodle has for the assignment; None where the worksheet does not say."""
    place = sheet.column(_MOST)
    cells = {row[place].strip() for row in rows[1:] if row[place].strip()} if place is not None else set()
    found = {cell: number_in(cell) for cell in cells}
    words = [cell for cell, value in found.items() if value is None]
    if words:
        raise UsageError(
            f"expected points in {sheet.path}, Moodle grades this assignment by {named(words)}; set its grade to "
            "points there, and download the worksheet again"
        )
    return max((value for value in found.values() if value is not None), default=None)


def _people(sheet: Sheet, rows: list[list[str]], identifier: int) -> list[tuple[int, Person]]:
    """Who is in the worksheet, each with the row. Moodle's number stands behind a word, in any language."""
    fields = fields_of(sheet.headings)
    people = []
    for place, row in enumerate(rows[1:], 1):
        cells = [cell.strip() for cell in row]
        match = _NUMBER.fullmatch(cells[identifier])
        if match is None:
            continue
        cells[identifier] = match[1]
        # of the other columns only those that say who it is; when it was handed in is Moodle's own affair
        kept = [field if field in ("id", "name", "first", "last", "login", "email") else "" for field in fields]
        person = person_of(kept, cells, f"{sheet.path}, row {sheet.top + place + 1}")
        if person is not None:
            people.append((place, person))
    return people
