"""Moodle takes what is written: read here as `importgradeslib.php` and `locallib.php` of moodle/moodle read it."""

from __future__ import annotations

import csv
import io
import re
from dataclasses import replace

import pytest

from autograder.exporting.marks import mark_of
from autograder.facts.adjustment import Adjustment
from autograder.facts.result import Result
from autograder.records.exports import csv_of
from tests.exporting.conftest import decided, question, result

ENGLISH = """\
Identifier,Full name,Email address,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),Last modified (grade),Feedback comments
Participant 901,Ada Lovelace,ada@uni.edu,Submitted for grading - Not marked,,12.00,Yes,"Friday, 20 November 2026, 10:15 AM",-,
Participant 902,Grace Hopper,gh@uni.edu,Submitted for grading - Graded,3.00,12.00,Yes,"Friday, 20 November 2026, 10:15 AM","Friday, 20 November 2026, 11:15 AM",<p>Well done</p>
Participant 903,Jane Doe,jane@uni.edu,No submission - ,,12.00,Yes,-,-,
Participant 904,Jane Doe,doe@uni.edu,No submission - ,,12.00,No,-,-,
"""
GERMAN = """\
ID,Vollständiger Name,E-Mail-Adresse,Status,Gruppe,Bewertung,Bestwertung,Bewertung kann geändert werden,Zuletzt geändert (Abgabe),Zuletzt geändert (Bewertung),Feedback als Kommentar
Teilnehmer/in901,Ada Lovelace,ada@uni.edu,Zur Bewertung abgegeben,,,"12,00",Ja,-,-,
Teilnehmer/in902,Grace Hopper,gh@uni.edu,Zur Bewertung abgegeben,,"3,00","12,00",Ja,-,-,
Teilnehmer/in903,Jane Doe,jane@uni.edu,Keine Abgabe,,,"12,00",Ja,-,-,
Teilnehmer/in904,Jane Doe,doe@uni.edu,Keine Abgabe,,,"12,00",Nein,-,-,
"""
BLIND = """\
Identifier,Status,Grade,Maximum Grade,Grade can be changed,Last modified (submission),Last modified (grade)
Participant 901,Submitted for grading - ,,12.00,Yes,-,-
Participant 902,Submitted for grading - ,,12.00,Yes,-,-
Participant 903,No submission - ,,12.00,Yes,-,-
Participant 904,No submission - ,,12.00,No,-,-
"""
RESULTS = [
    result("Ada Lovelace", (3, 1), (3, 1), (3, 1), id="901"),
    result("Grace Hopper", (3, 0.5), (2, 0), (0, 0), id="902", late_penalty=0.5, late_hours=30, late_days=2),
    result("Jane Doe (903)", (3, 1), (0, 0), (1, 0), name="Jane Doe", id="903"),
    result("Jane Doe (904)", (3, 1), (0, 0), (1, 0), name="Jane Doe", id="904"),
]
GRADE = ("Grade", "Bewertung")
MODIFIED = ("Last modified (grade)", "Zuletzt geändert (Bewertung)")
COMMENTS = ("Feedback comments", "Feedback als Kommentar")


def imported(data: bytes, decimal: str = ".") -> tuple[dict[str, float], dict[str, str]]:
    """Grades and comments by participant, as Moodle's importer takes them."""
    text = data.decode("utf-8").removeprefix("\ufeff")
    head, *rows = csv.reader(io.StringIO(text))  # the separator is a comma, unless one says otherwise

    def column(names):
        return next((head.index(name) for name in names if name in head), -1)

    identifier, grade, modified, comment = map(column, (("Identifier", "ID"), GRADE, MODIFIED, COMMENTS))
    assert min(identifier, grade, modified) >= 0
    grades, comments = {}, {}
    for row in rows:
        assert len(row) == len(head)
        number = re.sub(r"^\D+", "", row[identifier])
        # `unformat_float` takes the sign of the language, and the point of every language
        if row[grade].strip():
            grades[number] = float(row[grade].replace(decimal, "."))
        comments[number] = row[comment] if comment > 0 else ""
    return grades, comments


@pytest.mark.parametrize(
    "text, encoding, newline, decimal",
    [
        (ENGLISH, "utf-8-sig", "\r\n", "."),
        (ENGLISH, "utf-8", "\n", "."),
        (GERMAN, "utf-8-sig", "\r\n", ","),
        (GERMAN.replace("12,00", "12;00").replace('"12;00"', "12.00"), "cp1252", "\r\n", "."),
        (BLIND, "utf-8", "\n", "."),
    ],
    ids=["english", "without-a-mark", "german", "windows", "blind"],
)
def test_the_worksheet_is_filled_in(tmp_path, autograder, gradebook, text, encoding, newline, decimal):
    sheet = tmp_path / "sheet.csv"
    sheet.write_bytes(text.replace("\n", newline).encode(encoding))
    arguments = ("--to", "moodle", "--into", sheet, "--output", tmp_path / "up.csv")
    status, out, _ = autograder("export", gradebook(RESULTS), *arguments)
    grades, comments = imported((tmp_path / "up.csv").read_bytes(), decimal)
    assert grades == {"901": 12, "902": 5, "903": 5}
    # one is locked, which Moodle would pass over without a word
    assert status == 1 and "no mark for 1 (the grade is locked in Moodle): Jane Doe (904)\n" in out
    # 3 stood there; of the others nothing
    if ",3.00," in text or '"3,00"' in text:
        assert "1 grade that was there is replaced: Grace Hopper 3 → 5\n" in out
    else:
        assert "replaced" not in out
    if "comments" in text:
        assert comments["901"] == "<p>12 of 12 points.</p>"
        assert comments["902"] == "<p>Well done</p>" and comments["904"] == ""


def unread(student: str, why: str, **fields: object) -> Result:
    """A row of which nothing could be read."""
    read_not = replace(question("03.1", 0, 0), outcome="error", points=0.0, parts=())
    return Result(student, "03_numpy_net", "unreadable", (read_not,) * 3, why, **fields)  # type: ignore[arg-type]


def missing(*decisions: Adjustment) -> Result:
    """The row of somebody who handed nothing in."""
    return Result("Grace Hopper", "03_numpy_net", "missing", id="902", adjustments=decisions)


HOSTILE = Adjustment("bonus", '<img src=x>"', "=cmd", "2026-11-20", points=1.0)
RAR = "expected a .py or .ipynb in the folder, found x.rar (unpack it)"
BY = "illness (M. Weber, 2026-11-20)."


@pytest.mark.parametrize(
    "row, options, most, grade, told",
    [
        (
            result("Grace Hopper", (3, 1), (0, 0), (0, 0), id="902", adjustments=(HOSTILE,)),
            [],
            12,
            5,
            "5 of 12 points. The tests gave 4 points. 1 point more: &lt;img src=x&gt;&#34; (=cmd, 2026-11-20).",
        ),
        (
            result("Grace Hopper", (3, 1), (0, 0), (0, 0), id="902", adjustments=(decided("override", points=9.5),)),
            [],
            12,
            9.5,
            f"9.5 of 12 points. The tests gave 4 points. The mark was set to 9.5 points: {BY}",
        ),
        (
            result("Grace Hopper", (3, 1), (0, 0.5), (0, 0), id="902"),
            ["--scale"],
            3,
            1.13,
            "1.13 of 3 points, converted from 4.5 of 12 points.",
        ),
        (
            unread("Grace Hopper", RAR, id="902"),
            [],
            12,
            0,
            "0 of 12 points. Expected a .py or .ipynb in the folder, found x.rar (unpack it).",
        ),
        (
            unread("Grace Hopper", "x.rar: the archive is broken", id="902", adjustments=(decided("bonus", points=3),)),
            [],
            12,
            3,
            f"3 of 12 points. x.rar: the archive is broken. 3 points more: {BY}",
        ),
        (missing(decided("bonus", points=3)), [], 12, 3, f"3 of 12 points. Nothing was handed in. 3 points more: {BY}"),
        (
            missing(decided("bonus", points=3)),
            ["--missing", "0"],
            12,
            3,
            f"3 of 12 points. Nothing was handed in. 3 points more: {BY}",
        ),
        (missing(), ["--missing", "0"], 12, 0, "0 of 12 points. Nothing was handed in."),
    ],
    ids=["bonus", "override", "scale", "unreadable", "unreadable-bonus", "missing-bonus", "missing-bonus-0", "missing"],
)
def test_a_comment_says_the_grade_first_then_why_and_is_no_html(
    tmp_path, autograder, gradebook, row, options, most, grade, told
):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(ENGLISH.replace("<p>Well done</p>", "").replace("12.00", f"{most}.00"), "utf-8")
    book = gradebook([RESULTS[0], replace(row, was=7.0)])
    arguments = ("--to", "moodle", "--into", sheet, "--output", tmp_path / "up.csv", *options)
    status, out, _ = autograder("export", book, *arguments)
    grades, comments = imported((tmp_path / "up.csv").read_bytes())
    assert status == 0 and grades["902"] == grade and comments["902"] == f"<p>{told}</p>"
    why = f"1 gets 0 because nothing could be read or run: Grace Hopper (E{RAR[1:]})\n"
    assert (why in out) == (row.status == "unreadable" and grade == 0)


@pytest.mark.parametrize(
    "row, mark, remarks",
    [
        (missing(), "", ""),
        (missing(decided("bonus", points=3)), "3", f"3 points more: {BY}"),
        (missing(decided("bonus", points=-3)), "", f"3 points less: {BY}"),
        (missing(decided("override", points=20)), "20", f"The mark was set to 20 points: {BY}"),
        (missing(decided("bonus", points=3), decided("excuse")), "", f"3 points more: {BY} Excused: {BY}"),
        (unread("Grace Hopper", RAR), "0", f"E{RAR[1:]}."),
        (replace(missing(decided("bonus", points=3)), status="waiting"), "", f"3 points more: {BY}"),
    ],
    ids=["missing", "bonus", "deduction", "override", "excused", "unreadable", "waiting"],
)
def test_the_table_has_the_mark_that_platforms_get(row, mark, remarks):
    (cells,) = csv.DictReader(io.StringIO(csv_of([row])))
    assert (cells["mark"], cells["remarks"]) == (mark, remarks)
    points = mark_of(row).points
    assert mark == ("" if points is None else f"{points:g}")


def test_comments_that_stay_are_named(tmp_path, autograder, gradebook):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(ENGLISH, "utf-8")
    arguments = ("--to", "moodle", "--into", sheet, "--output", tmp_path / "up.csv")
    _, out, _ = autograder("export", gradebook(RESULTS[:2]), *arguments)
    assert "1 had a comment in Moodle already, which stays: Grace Hopper\n" in out


def test_rows_without_a_mark_stay_as_they_are(tmp_path, autograder, gradebook):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(ENGLISH, "utf-8")
    rows = [RESULTS[0], result("Grace Hopper", (0, 0), id="902", adjustments=(decided("excuse"),))]
    status, out, _ = autograder(
        "export", gradebook(rows), "--to", "moodle", "--into", sheet, "--output", tmp_path / "up"
    )
    assert (tmp_path / "up").read_text("utf-8").splitlines()[2:] == ENGLISH.splitlines()[2:]
    assert status == 0 and "no mark for 1 (excused): Grace Hopper\n" in out


def test_what_moodle_would_pass_over_is_named(tmp_path, autograder, gradebook):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(ENGLISH, "utf-8")
    rows = [result("Ada Lovelace", (3, 1), (3, 1), (3, 1), id="901", adjustments=(decided("bonus", points=2.0),))]
    arguments = ("--to", "moodle", "--into", sheet, "--output", tmp_path / "up.csv")
    status, _, err = autograder("export", gradebook(rows), *arguments)
    assert status == 2 and "14 is more than the 12 that Moodle takes; raise it there" in err
    assert not (tmp_path / "up.csv").exists()


@pytest.mark.parametrize(
    "options, text, told",
    [
        (
            [],
            "First name,Last name,ID number,Net (Real)\nAda,Lovelace,901,\n",
            "columns Identifier, Grade and Last mod",
        ),
        ([], ENGLISH.replace(",Grade,", ",Mark,"), "expected a column Grade in "),
        (["--column", "Note"], ENGLISH, "expected a column Note in "),
        (
            [],
            ENGLISH.replace("12.00", "Excellent"),
            "Moodle grades this assignment by Excellent; set its grade to points",
        ),
        ([], ENGLISH.replace("12.00", "100.00"), "is worth 12 points here and 100 in Moodle; set it to 12 there"),
        ([], "Identifier,Grade,Last modified (grade)\nParticipant 5,,-\n", "there is no mark to write: not in "),
    ],
)
def test_what_is_no_worksheet_is_one_line(tmp_path, autograder, gradebook, options, text, told):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(text, "utf-8")
    arguments = ("--to", "moodle", "--into", sheet, "--output", tmp_path / "up.csv", *options)
    status, out, err = autograder("export", gradebook(RESULTS), *arguments)
    assert (status, out, err.count("\n")) == (2, "", 1) and told in err
    assert not (tmp_path / "up.csv").exists()


def test_a_column_in_another_language_is_named(tmp_path, autograder, gradebook):
    sheet = tmp_path / "sheet.csv"
    sheet.write_text(ENGLISH.replace(",Grade,", ",Arvosana,"), "utf-8")
    arguments = ("--to", "moodle", "--into", sheet, "--output", tmp_path / "up.csv", "--column", "Arvosana")
    assert autograder("export", gradebook(RESULTS[:1]), *arguments)[0] == 0
    assert "Participant 901,Ada Lovelace,ada@uni.edu,Submitted for grading - Not marked,12,12.00" in (
        (tmp_path / "up.csv").read_text("utf-8")
    )
