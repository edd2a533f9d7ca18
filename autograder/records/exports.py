"""Marks for other programs: `gradebook.csv` and `results/NAME.json`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterable
from pathlib import Path

from autograder.facts.result import Result
from autograder.files import write_atomic
from autograder.records.marks_alone import contained
from autograder.records.names import file_name, file_names
from autograder.text import natural_key, number, one_line

COLUMNS = ("student", "status", "score", "max_score", "percent", "late_days", "seconds", "without_carrying")
# what a platform or a roster tells of students
MORE_COLUMNS = ("name", "id", "email", "group", "attempt", "submitted")
# what spreadsheets take for the beginning of a formula, the full-width forms of Asian keyboards included
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def write_csv(results: Iterable[Result], path: str | Path) -> Path:
    """Write the class as a table: one row per student, one column per question.

    Columns are `student,status,score,max_score,percent,late_days,seconds,without_carrying` (the score without what is
    right on the student's own groundwork, which is not right itself); then, if any of it is known of anybody,
    `name,id,email,group,attempt,submitted`; then `left_out`, if a row is not counted; and then the points of every
    question id that occurs, in natural order (`03.2` before `03.10`). A question that a submission has no row
    for is an empty cell, and so are the marks of who handed nothing in. Text that a spreadsheet would run as a formula
    gets a `'` in front; numbers stay numbers.

    The file is UTF-8 without a byte-order mark, so that the first column is called `student` for every program that
    reads it. Excel, opened by a double click, takes such a file for the machine's old code page: import it instead.
    """
    results = list(results)
    ids = sorted({question.id for result in results for question in result.questions}, key=natural_key)
    more: tuple[str, ...] = MORE_COLUMNS if any(map(_is_known, results)) else ()
    more += ("left_out",) if any(result.left_out for result in results) else ()
    table = io.StringIO()
    writer = csv.writer(table, lineterminator="\n")
    writer.writerow([*COLUMNS, *more, *map(text_cell, ids)])
    writer.writerows(contained(lambda one: _row(one, more, ids), result) for result in results)
    return write_atomic(path, table.getvalue())


def _is_known(result: Result) -> bool:
    """Whether a platform or a roster tells more of the student than the row's name."""
    known = (result.id, result.email, result.group, result.submitted)
    return any(known) or result.name not in ("", result.student) or result.attempts > 1


def _row(result: Result, more: tuple[str, ...], ids: list[str]) -> list[str]:
    points = {question.id: number(question.points) for question in result.questions}
    numbers = ("score", "max_score", "percent", "late_days", "seconds", "without_carrying", "attempt")
    cells = {name: number(getattr(result, name)) if result.has_marks else "" for name in numbers}
    texts = ("student", "status", "name", "id", "email", "group", "submitted", "left_out")
    cells |= {name: text_cell(getattr(result, name)) for name in texts}
    return [*(cells[name] for name in (*COLUMNS, *more)), *(points.get(question, "") for question in ids)]


def write_json(result: Result, folder: str | Path, name: str | None = None) -> Path:
    """Write one result as `folder/NAME.json`, as `result.schema.json` describes it, or its marks alone if need be."""
    return write_atomic(Path(folder) / f"{name or file_name(result.student)}.json", contained(json_of, result))


def json_of(result: Result) -> str:
    """The result as JSON that every parser reads."""
    # strict parsers refuse a lone surrogate even when it is escaped: what a student prints must not stop them
    return _SURROGATE.sub("\ufffd", result.to_json())


def write_all_json(results: Iterable[Result], folder: str | Path) -> list[Path]:
    """Write every result of a class with `write_json`, under the names of `file_names`."""
    results = list(results)
    names = file_names(result.student for result in results)
    return [write_json(result, folder, names[result.student]) for result in results]


def text_cell(text: str) -> str:
    """Text as a spreadsheet cell that shows what it says and computes nothing.

    Example:

    >>> text_cell("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return f"'{one_line(text)}" if _FORMULA.match(text) else one_line(text)
