"""Marks for other programs: `gradebook.csv` and `results/NAME.json`."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Sequence
from pathlib import Path

from autograder.facts.result import Result
from autograder.files import write_atomic
from autograder.records.marks_alone import contained
from autograder.records.names import file_name, file_names
from autograder.text import natural_key, number, one_line
from autograder.words.marking import what_was_done, why_nothing

# the same columns in every run; what is not known is an empty cell
COLUMNS = (
    *("student", "name", "id", "email", "group", "status", "mark", "score", "max_score", "percent", "without_carrying"),
    *("late_days", "late_penalty", "remarks", "attempt", "submitted", "left_out"),
)
_NUMBERS = ("mark", "score", "max_score", "percent", "late_days", "late_penalty", "without_carrying", "attempt")
# what spreadsheets take for the beginning of a formula, the full-width forms of Asian keyboards included
_FORMULA = re.compile(r"\s*[=+\-@＝＋－＠]|[\t\r\n]")
_SURROGATE = re.compile("[\ud800-\udfff]")


def write_csv(results: Sequence[Result], path: str | Path) -> Path:
    """Write the class as a table: one row per student, one column per question, as `csv_of` makes it."""
    return write_atomic(path, csv_of(results), encoding="utf-8-sig")


def csv_of(results: Sequence[Result], separator: str = ",") -> str:
    """The class as a table.

    The columns are `COLUMNS`, always all of them and in this order, and then the points of every question id that
    occurs, in natural order (`03.2` before `03.10`). `mark` are the points that count; `remarks` says why they are not
    the score, and why nothing could be read or run. What is not known is an empty cell, and so are the marks of who
    handed nothing in, but for a mark that the instructor gave, and the mark of who is excused. Nothing in it depends on
    how long grading took. Text that a spreadsheet would run as a formula gets a `'` in front; numbers stay numbers.

    A file of it begins with a byte-order mark: without it Excel, opened by a double click, takes UTF-8 for the
    machine's old code page and garbles names. Read it as `utf-8-sig`; pandas does so by itself.

    Args:
        results: The rows.
        separator: `,` or `;`. With `;`, decimals have a comma, as spreadsheets of countries that write 12,5 want it.

    Example:

    >>> csv_of([Result("ada", "03_numpy_net", "missing")]).splitlines()[1]
    'ada,,,,,missing,,,,,,,,,,,'
    """
    ids = sorted({question.id for result in results for question in result.questions}, key=natural_key)

    def told(value: float) -> str:
        return number(value).replace(".", ",") if separator == ";" else number(value)

    table = io.StringIO()
    writer = csv.writer(table, delimiter=separator, lineterminator="\n")
    writer.writerow([*COLUMNS, *map(text_cell, ids)])
    writer.writerows(contained(lambda one: _row(one, ids, told), result) for result in results)
    return table.getvalue()


def _row(result: Result, ids: list[str], told: Callable[[float], str]) -> list[str]:
    points = {question.id: told(question.points) for question in result.questions}
    remarks = " ".join(filter(None, [why_nothing(result), *what_was_done(result)]))
    texts = ("student", "name", "id", "email", "group", "status", "submitted", "left_out")
    cells = {name: told(getattr(result, name)) if result.has_marks else "" for name in _NUMBERS}
    if result.is_excused:
        cells["mark"] = cells["percent"] = ""
    elif result.has_mark:
        cells["mark"] = told(result.mark)
    cells |= {name: text_cell(getattr(result, name)) for name in texts} | {"remarks": text_cell(remarks)}
    return [*(cells[name] for name in COLUMNS), *(points.get(question, "") for question in ids)]


def write_json(result: Result, folder: str | Path, name: str | None = None) -> Path:
    """Write one result as `folder/NAME.json`, as `result.schema.json` describes it, or its marks alone if need be."""
    return write_atomic(Path(folder) / f"{name or file_name(result.student)}.json", contained(json_of, result))


def json_of(result: Result) -> str:
    """The result as JSON that every parser reads."""
    # strict parsers refuse a lone surrogate even when it is escaped: what a student prints must not stop them
    return _SURROGATE.sub("\ufffd", result.to_json())


def write_all_json(results: Sequence[Result], folder: str | Path) -> None:
    """Write every result of a class with `write_json`, under the names of `file_names`."""
    names = file_names(result.student for result in results)
    for result in results:
        write_json(result, folder, names[result.student])


def text_cell(text: str) -> str:
    """Text as a spreadsheet cell that shows what it says and computes nothing.

    Example:

    >>> text_cell("=HYPERLINK(1)")
    "'=HYPERLINK(1)"
    """
    return f"'{one_line(text)}" if _FORMULA.match(text) else one_line(text)
