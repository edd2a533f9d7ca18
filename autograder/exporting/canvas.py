"""Canvas: a gradebook that can be imported, with the rows and columns that Canvas itself has.

Reference: Canvas writes its export in `lib/gradebook_exporter.rb` and reads an import in `lib/gradebook_importer.rb`
(github.com/instructure/canvas-lms). The first row names `Student` (or `LastName` and `FirstName`), `ID`, perhaps `SIS
User ID`, `SIS Login ID`, `Integration ID` and `Root Account`, then `Section`, and one column for each assignment,
`Title (number)`. A row of nothing but `Manual Posting` may follow, then `    Points Possible`. Students are found by
`ID`. `EX` excuses. What a cell of an import holds replaces what Canvas has, also when it is empty: so what is written
has this one assignment's column, and the rows of those who get a mark.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path, PurePosixPath

from autograder.errors import UsageError
from autograder.exporting.marks import Mark, most_points
from autograder.exporting.matching import match
from autograder.exporting.outcome import Outcome, told_of_matching
from autograder.exporting.scaling import Scale
from autograder.exporting.sheets import Sheet, marked, named, number_in, read_sheet, written_table
from autograder.facts.result import Result
from autograder.handin.headings import fields_of
from autograder.handin.layouts.canvas import NAME
from autograder.handin.layouts.layout import words_of
from autograder.handin.roster import Person, person_of
from autograder.records.exports import text_cell
from autograder.text import number, one_line

_SECTION = "Section"
_TITLE = re.compile(r"(?P<title>.*?)\s*\((?P<id>\d+)\)\s*", re.DOTALL)
_POINTS = "Points Possible"
_EXPORT = "Canvas's gradebook export"
# what Canvas computes itself
_COMPUTED = re.compile(r"(?:Current|Final) (?:Score|Points|Grade)|Override (?:Score|Grade|Status)")


def to_canvas(marks: Sequence[Mark], into: Path | None, titles: Sequence[str], column: str, scales: bool) -> Outcome:
    """Marks as a file for Canvas's Gradebook, `Import`.

    Args:
        marks: What everybody gets.
        into: The export of the gradebook, for its students' numbers and the assignment's; without it, the numbers of
            Canvas's own download are used.
        titles: What the assignment may be called in Canvas.
        column: The heading that is meant, or a part of it that no other has; "" for the one with such a title.
        scales: Whether marks may be converted to the points that Canvas has for it.

    Raises:
        UsageError: When the export is none, or it does not tell which column is meant, or its points are others.
    """
    if into is None:
        return _from_download(marks, column or titles[-1])
    sheet = read_sheet(into, _EXPORT, _is_headings, "Student, ID and Section")
    about = sheet.headings.index(_SECTION) + 1
    target = _target(sheet, about, titles, column)
    rows = sheet.table.rows
    points_row = next(
        (place for place in range(sheet.top + 1, len(rows)) if rows[place] and _POINTS in rows[place][0]), None
    )
    if points_row is None:
        raise UsageError(f"expected a row {_POINTS} in {into}, found none; export the gradebook again")
    most = number_in(_cell(rows[points_row], target))
    scale = Scale.between(most_points([mark.result for mark in marks]), most, sheet.headings[target], "Canvas", scales)
    people = _people(sheet, about, points_row)
    found = match(marks, people)
    outcome = Outcome({})
    kept = [rows[sheet.top], *(row for row in rows[sheet.top + 1 : points_row] if any(row)), rows[points_row]]
    table = [[*row[:about], _cell(row, target)] for row in kept]
    for place, mark in sorted(found.rows.items()):
        if mark.is_excused:
            outcome.notes.append(f"EX, which excuses in Canvas, for {mark.name}")
            outcome.replaces(mark.name, _cell(rows[place], target), "EX")
            table.append([*rows[place][:about], "EX"])
        elif mark.points is None:
            outcome.left.append((mark.name, mark.reason))
        else:
            cell = sheet.written(scale.of(mark.points))
            outcome.replaces(mark.name, _cell(rows[place], target), cell)
            table.append([*rows[place][:about], cell])
            outcome.written += 1
    told_of_matching(outcome, found, str(into))
    outcome.notes += scale.notes
    separator = sheet.table.separator if sheet.table.separator in ",;" else ","
    outcome.files[""] = marked(written_table(table, separator, sheet.table.ending), sheet.table)
    return outcome


def _is_headings(row: list[str]) -> bool:
    """As Canvas's importer looks at it."""
    begins = row[:2] in (["Student", "ID"], ["LastName", "FirstName"])
    return begins and "ID" in row and _SECTION in row


def _target(sheet: Sheet, about: int, titles: Sequence[str], column: str) -> int:
    """The assignment's column."""
    choices = [place for place in range(about, len(sheet.headings)) if not _COMPUTED.search(sheet.headings[place])]
    heads = {place: sheet.headings[place] for place in choices}
    if column:
        exact = [place for place, head in heads.items() if column in (head, _title(head), _id(head))]
        found = exact or [place for place, head in heads.items() if words_of(column) in words_of(head)]
    else:
        wanted = {words_of(title) for title in titles}
        found = [place for place, head in heads.items() if words_of(_title(head)) in wanted]
    if len(found) == 1:
        return found[0]
    asked = column or " or ".join(titles)
    told = f"has {len(found)}: {named([heads[place] for place in found])}" if found else "has none"
    raise UsageError(
        f"expected one column for {asked} in {sheet.path}, it {told}; name it with --column"
        + ("" if found else f", such as one of {named(list(heads.values()))}")
    )


def _title(heading: str) -> str:
    match = _TITLE.fullmatch(heading)
    return match["title"] if match else heading


def _id(heading: str) -> str:
    match = _TITLE.fullmatch(heading)
    return match["id"] if match else ""


def _cell(row: Sequence[str], place: int) -> str:
    return row[place] if place < len(row) else ""


def _people(sheet: Sheet, about: int, points_row: int) -> list[tuple[int, Person]]:
    """Who is in the export, each with the row."""
    fields = fields_of(sheet.headings[:about])
    fields[-1] = ""
    people = []
    for place in range(points_row + 1, len(sheet.table.rows)):
        row = [cell.strip() for cell in sheet.table.rows[place][:about]]
        person = person_of(fields, row, f"{sheet.path}, row {place + 1}")
        if person is not None:
            # schools log in with an address: what stands before its @ is who it is, elsewhere
            address = next(
                (cell for cell, field in zip(row, fields, strict=False) if field == "login" and "@" in cell), ""
            )
            people.append((place, replace(person, student=replace(person.student, email=address))))
    return people


def _from_download(marks: Sequence[Mark], title: str) -> Outcome:
    """A file of its own, by the numbers in the names of Canvas's download."""
    outcome = Outcome({})
    most = most_points([mark.result for mark in marks])
    table = [
        ["Student", "ID", "SIS Login ID", _SECTION, text_cell(title)],
        [f"    {_POINTS}", "", "", "", number(most)],
    ]
    for mark in marks:
        user = _user(mark.result)
        if mark.points is None and not mark.is_excused:
            outcome.left.append((mark.name, mark.reason))
        elif not user:
            outcome.unplaced.append((mark.name, "Canvas's number is not known; give its export: --into FILE.csv"))
        else:
            cell = "EX" if mark.points is None else number(mark.points)
            table.append([text_cell(mark.result.name or mark.result.student), user, "", "", cell])
            outcome.written += mark.points is not None
            if mark.is_excused:
                outcome.notes.append(f"EX, which excuses in Canvas, for {mark.name}")
    if len(table) == 2:
        raise UsageError(
            "expected --into FILE.csv, the export of Canvas's gradebook, because nobody's number in Canvas is known "
            "here: in Canvas, Gradebook, Export"
        )
    if not _TITLE.fullmatch(title):
        outcome.notes.append(
            f"Canvas looks for an assignment called {one_line(title)}, and makes a new one where there is none; give "
            "its own export, --into FILE.csv, to be sure"
        )
    outcome.files[""] = written_table(table).encode("utf-8")
    return outcome


def _user(result: Result) -> str:
    """Canvas's number of a student, by the name of the file in its download; "" where that is not one."""
    match = NAME.fullmatch(PurePosixPath(result.file).name) if result.file else None
    return result.id if match is not None and match["user"] == result.id else ""
