"""Canvas takes what is written: read here as `lib/gradebook_importer.rb` of instructure/canvas-lms reads it."""

from __future__ import annotations

import csv
import io
import re
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.facts.result import Result
from autograder.records.gradebook import Gradebook
from tests.exporting.conftest import decided, result

EXPORT = """\
Student,ID,SIS User ID,SIS Login ID,Section,Warm-up (7001),03 NumPy-Net (7002),Essay (7003),Current Score,Final Score
,,,,,,Manual Posting,,,
    Points Possible,,,,,10,12,100,(read only),(read only)
"Lovelace, Ada",101,S101,al101@uni.edu,Monday,9,,88,91.5,91.5
"Hopper, Grace",102,S102,gh102@uni.edu,Monday,8.5,3,77,80,80
"Doe, Jane",103,S103,jd103@uni.edu,Monday,7,,,70,70
"Doe, Jane",104,S104,jd104@uni.edu,"Monday and Friday",7,,,70,70
"Müller-Straße, Zoë",105,S105,zm105@uni.edu,Friday,,EX,,,
"Student, Test",999,,,Monday,,,,,
"""
RESULTS = [
    result("lovelaceada", (3, 1), (3, 1), (3, 1), id="101", file="lovelaceada_101_5001_net.py"),
    result("hoppergrace", (3, 0.5), (2, 0), (0, 0), id="102", late_penalty=0.5, late_hours=30, late_days=2),
    result("jd103", (3, 1), (0, 0), (1, 0)),
    result("unknown", (3, 1), (0, 0), (1, 0), name="Zoe Muller Strasse"),
]


class Imported:
    """What Canvas makes of an import.

    Raises:
        AssertionError: Where Canvas would not take it.
    """

    def __init__(self, data: bytes) -> None:
        text = data.decode("utf-8")  # no other encoding
        lines = text.splitlines()[:3]
        counts = {one: {len(row) for row in csv.reader(lines, delimiter=one)} for one in ";,"}
        widths = {one: found.pop() if len(found) == 1 else 0 for one, found in counts.items()}
        separator = ";" if widths[";"] > widths[","] else ","
        rows = [row for row in csv.reader(io.StringIO(text), delimiter=separator) if any(row)]
        head = rows[0]
        assert len(head) > 3 and "Student" in head[0] and "ID" in head[1]
        width = 3
        if re.search(r"SIS\s+Login\s+ID", head[2]):
            width = 4
        elif re.search(r"SIS\s+User\s+ID", head[2]) and re.search(r"SIS\s+Login\s+ID", head[3]):
            width = 5
        assert head[width - 1] == "Section"
        self.assignments = head[width:]
        self.points: list[str] = []
        self.grades: dict[str, str] = {}
        for row in rows[1:]:
            cells = [self._number(cell) for cell in row[width:]]
            if "Points Possible" in row[0]:
                self.points = cells
            elif not all(re.fullmatch(r"\s*(Muted|Manual Posting.*)?\s*", cell, re.I) for cell in row):
                self.grades[row[1]] = cells[0]

    @staticmethod
    def _number(cell: str) -> str:
        """As its converter `decimal_comma_to_period`."""
        if not re.fullmatch(r"-?[0-9.,]+%?", cell):
            return cell
        *whole, last = re.split("[,.]", cell)
        return f"{''.join(whole)}.{last}" if whole else last


def written(path: Path, text: str, encoding: str = "utf-8", newline: str = "\n") -> Path:
    path.write_bytes(text.replace("\n", newline).encode(encoding))
    return path


def with_separator(text: str, separator: str) -> str:
    table = io.StringIO()
    csv.writer(table, delimiter=separator, lineterminator="\n").writerows(csv.reader(io.StringIO(text)))
    return table.getvalue()


COMMAS = EXPORT.replace("9,,88,91.5,91.5", '"9,5",,88,"91,5","91,5"').replace("8.5", '"8,5"')


@pytest.mark.parametrize(
    "text, encoding, newline",
    [
        (EXPORT, "utf-8", "\n"),
        (EXPORT, "utf-8-sig", "\r\n"),
        (EXPORT, "cp1252", "\r\n"),
        (with_separator(EXPORT, "\t"), "utf-16", "\r\n"),
        (with_separator(COMMAS, ";"), "utf-8-sig", "\r\n"),
        (COMMAS, "utf-8", "\n"),
    ],
    ids=["plain", "bom", "windows", "tabs-in-utf-16", "semicolons", "decimal-commas"],
)
def test_marks_are_those_that_count_and_nothing_else_is_touched(
    tmp_path, autograder, gradebook, text, encoding, newline
):
    export = written(tmp_path / "export.csv", text, encoding, newline)
    before = export.read_bytes()
    status, out, _ = autograder(
        "export", gradebook(RESULTS), "--to", "canvas", "--into", export, "--output", tmp_path / "up.csv"
    )
    found = Imported((tmp_path / "up.csv").read_bytes())
    assert found.assignments == ["03 NumPy-Net (7002)"] and found.points == ["12"]
    assert found.grades == {"101": "12", "102": "5", "103": "5", "105": "5"}
    assert status == 0 and export.read_bytes() == before
    assert "1 in " in out and "not in the gradebook: Doe, Jane (104)" in out
    replaced = "Zoe Muller Strasse (unknown) EX → 5; hoppergrace 3 → 5"
    assert f"2 grades that were there are replaced: {replaced}\n" in out


def test_first_and_last_names_apart_and_no_sis(tmp_path, autograder, gradebook):
    text = "LastName,FirstName,ID,SIS Login ID,Section,03_numpy_net (1)\n    Points Possible,,,,,12\nDoe,Jane,7,jd,M,\n"
    export = written(tmp_path / "export.csv", text)
    book = gradebook([result("Jane Doe", (3, 1), (0, 0), (1, 0))])
    status, _, err = autograder("export", book, "--to", "canvas", "--into", export, "--output", tmp_path / "up.csv")
    assert (status, err) == (0, "")
    assert (tmp_path / "up.csv").read_text("utf-8").splitlines()[-1] == "Doe,Jane,7,jd,M,5"


def test_who_has_no_mark_gets_none(tmp_path, autograder, gradebook):
    rows = [
        result("al101@uni.edu", (3, 1), (3, 1), (3, 1), adjustments=(decided("bonus", points=2.0),)),
        result("gh102@uni.edu", (0, 0), (0, 0), (0, 0), adjustments=(decided("excuse"),)),
        result("jd103@uni.edu", (3, 0), (3, 0), (3, 0), adjustments=(decided("override", points=11.0),)),
        result("Doe, Jane", (3, 1), (0, 0), (1, 0)),
        result("nobody", (3, 1), (0, 0), (1, 0)),
    ]
    export = written(tmp_path / "export.csv", EXPORT)
    status, out, _ = autograder(
        "export", gradebook(rows), "--to", "canvas", "--into", export, "--output", tmp_path / "up.csv"
    )
    assert Imported((tmp_path / "up.csv").read_bytes()).grades == {"101": "14", "102": "EX", "103": "11"}
    assert status == 1
    assert "EX, which excuses in Canvas, for gh102@uni.edu" in out
    assert "no mark for 1 (may be Doe, Jane (103) or Doe, Jane (104)): Doe, Jane\n" in out
    assert re.search(r"no mark for 1 \(not in .*export.csv, by number, login, e-mail address or name\): nobody\n", out)


def test_two_rows_that_may_be_one_student_are_nobody(tmp_path, autograder, gradebook):
    rows = [result("lovelaceada", (3, 1)), result("ada", (0, 0), id="101"), result("gh102@uni.edu", (3, 1))]
    export = written(tmp_path / "export.csv", EXPORT.replace("12,100", "4,100"))
    status, out, _ = autograder(
        "export", gradebook(rows), "--to", "canvas", "--into", export, "--output", tmp_path / "up.csv"
    )
    assert Imported((tmp_path / "up.csv").read_bytes()).grades == {"102": "4"} and status == 1
    assert "no mark for 2 (is not the only one who may be Lovelace, Ada): ada; lovelaceada\n" in out


def test_without_an_export_the_numbers_of_canvas_own_download_are_used(tmp_path, autograder, gradebook):
    rows = [RESULTS[0], result("x", (3, 1), (3, 1), (3, 1), id="S7", file="x.py")]
    status, out, _ = autograder("export", gradebook(rows), "--to", "canvas", "--output", tmp_path / "up.csv")
    found = Imported((tmp_path / "up.csv").read_bytes())
    assert (found.grades, found.points, status) == ({"101": "12"}, ["12"], 1)
    assert "Canvas's number is not known; give its export: --into FILE.csv" in out


def test_points_are_converted_where_that_is_asked_for(tmp_path, autograder, gradebook):
    export = written(tmp_path / "export.csv", EXPORT.replace("10,12,100", "10,100,100"))
    arguments = ("export", gradebook(RESULTS), "--to", "canvas", "--into", export, "--output", tmp_path / "up.csv")
    status, _, err = autograder(*arguments)
    assert status == 2 and "is worth 12 points here and 100 in Canvas" in err and not (tmp_path / "up.csv").exists()
    assert autograder(*arguments, "--scale")[0] == 0
    assert Imported((tmp_path / "up.csv").read_bytes()).grades["102"] == "41.67"


@pytest.mark.parametrize(
    "theirs, points, converted",
    [("15", (3, 0), "3.75"), ("4.5", (2, 1), "1.13"), ("100", (0.25, 0.75), "8.33"), ("2.7", (2, 1), "0.68")],
)
def test_half_a_hundredth_goes_up(tmp_path, autograder, gradebook, theirs, points, converted):
    export = written(tmp_path / "export.csv", EXPORT.replace("10,12,100", f"10,{theirs},100"))
    book = gradebook([RESULTS[0], result("gh102@uni.edu", points, (0, 0), (0, 0))])
    arguments = ("export", book, "--to", "canvas", "--into", export, "--output", tmp_path / "up.csv", "--scale")
    assert autograder(*arguments)[0] == 0
    assert Imported((tmp_path / "up.csv").read_bytes()).grades["102"] == converted


@pytest.mark.parametrize(
    "options, text, told",
    [
        ([], "", "it is empty"),
        ([], "PK\3\4", "it is a spreadsheet or an archive; save it as CSV"),
        ([], "name,mark\nada,3\n", "with the columns Student, ID and Section; "),
        (
            [],
            EXPORT.replace("03 NumPy-Net", "Week 3"),
            "has none; name it with --column, such as one of Warm-up (7001), W",
        ),
        ([], EXPORT.replace("Essay", "03 numpy net"), "has 2: 03 NumPy-Net (7002), 03 numpy net (7003); name it with "),
        (["--column", "Quiz"], EXPORT, "expected one column for Quiz in "),
        ([], EXPORT.replace("    Points Possible", "Nothing"), "expected a row Points Possible in "),
        ([], EXPORT.replace("10,12,100", "10,0,100"), "is worth no points in Canvas; set it to 12 there"),
        (["--semicolon"], EXPORT, "--to canvas does nothing with --semicolon; leave it out"),
    ],
)
def test_what_cannot_be_meant_is_one_line(tmp_path, autograder, gradebook, options, text, told):
    export = written(tmp_path / "export.csv", text)
    arguments = ("--to", "canvas", "--into", export, "--output", tmp_path / "up.csv", *options)
    status, out, err = autograder("export", gradebook(RESULTS), *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1) and told in err
    assert not (tmp_path / "up.csv").exists()


@pytest.mark.parametrize("column", ["7002", "03 NumPy-Net", "03 NumPy-Net (7002)", "numpy"])
def test_a_column_is_named_by_its_number_its_title_or_a_part_of_it(tmp_path, autograder, gradebook, column):
    export = written(tmp_path / "export.csv", EXPORT)
    arguments = ("--to", "canvas", "--into", export, "--output", tmp_path / "up.csv", "--column", column)
    assert autograder("export", gradebook(RESULTS), *arguments)[0] == 0


def test_the_export_is_never_written_over(tmp_path, autograder, gradebook):
    export = written(tmp_path / "export.csv", EXPORT)
    status, _, err = autograder("export", gradebook(RESULTS), "--to", "canvas", "--into", export, "--output", export)
    assert status == 2 and "which is kept as it is" in err and export.read_text("utf-8") == EXPORT


@pytest.mark.parametrize(
    "arguments, told",
    [
        (["--to", "canvas", "--into", "missing.csv", "--output", "up.csv"], "cannot read --into missing.csv: No such "),
        (["--to", "moodle", "--output", "up.csv"], "expected --into FILE.csv, Moodle's own worksheet"),
        (["--to", "csv", "--output", "."], "expected a file as --output, . is a folder"),
        (
            ["--to", "gradescope", "--output", "up.csv"],
            "expected the name of an archive that ends with .zip as --output",
        ),
        (["--to", "csv", "--output", "/proc/up.csv"], "cannot write /proc/up.csv: "),
    ],
)
def test_wrong_options_are_one_line(autograder, gradebook, arguments, told):
    status, _, err = autograder("export", gradebook(RESULTS), *arguments)
    assert status == 2 and told in err and err.count("\n") == 1


def test_a_folder_without_a_gradebook_is_one_line(tmp_path, autograder):
    status, _, err = autograder("export", tmp_path, "--to", "csv", "--output", tmp_path / "up.csv")
    assert status == 2 and err.startswith("autograder: there is no ") and err.count("\n") == 1


def test_marks_are_exported_while_somebody_grades_and_by_two_at_once(tmp_path, gradebook):
    export = written(tmp_path / "export.csv", EXPORT)
    book = gradebook(RESULTS)
    command = [sys.executable, "-m", "autograder", "export", book, "--to", "canvas", "--into", export, "--output"]
    with Gradebook(book / "gradebook.sqlite"):
        running = [subprocess.Popen([*command, tmp_path / "up.csv"], stdout=subprocess.DEVNULL) for _ in range(3)]
        assert [one.wait(120) for one in running] == [0, 0, 0]
    assert Imported((tmp_path / "up.csv").read_bytes()).grades["101"] == "12"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["export.csv", "grades", "up.csv"]


def test_those_who_handed_nothing_in_get_a_zero_where_that_is_said(tmp_path, autograder, gradebook):
    export = written(tmp_path / "export.csv", EXPORT)
    rows = [*RESULTS[:1], Result("gh102@uni.edu", "03_numpy_net", "missing")]
    arguments = ("export", gradebook(rows), "--to", "canvas", "--into", export, "--output", tmp_path / "up.csv")
    status, out, _ = autograder(*arguments)
    assert Imported((tmp_path / "up.csv").read_bytes()).grades == {"101": "12"}
    assert status == 0 and "no mark for 1 (handed nothing in): gh102@uni.edu\n" in out
    autograder(*arguments, "--missing", "0")
    assert Imported((tmp_path / "up.csv").read_bytes()).grades == {"101": "12", "102": "0"}


def test_what_adjust_toml_decides_is_handed_over(tmp_path, autograder, gradebook):
    book = gradebook(RESULTS[:3])
    with Gradebook(book / "gradebook.sqlite") as opened:
        opened.claim(find_assignment("03_numpy_net"))
    reason = 'reason = "r"\nby = "b"\non = 2026-11-20\n'
    (book / "adjust.toml").write_text(
        f'[[bonus]]\nstudent = "lovelaceada"\npoints = 1.5\n{reason}\n[[excuse]]\nstudent = "jd103"\n{reason}', "utf-8"
    )
    export = written(tmp_path / "export.csv", EXPORT)
    arguments = ("export", book, "--to", "canvas", "--into", export, "--output", tmp_path / "up.csv")
    status, _, err = autograder(*arguments)
    assert (status, err) == (0, "")
    assert Imported((tmp_path / "up.csv").read_bytes()).grades == {"101": "13.5", "102": "5", "103": "EX"}
    (book / "adjust.toml").write_text(f'[[bonus]]\nstudent = "nobody"\npoints = 1\n{reason}', "utf-8")
    status, _, err = autograder(*arguments)
    assert status == 2 and "there is no student nobody" in err and err.count("\n") == 1
