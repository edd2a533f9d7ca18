"""A class with results that hold what cannot be written: all is written, read back, and nobody else's changes."""

from __future__ import annotations

import csv
import json
import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest

from autograder.console import print_class
from autograder.records import Gradebook, write_all_json, write_csv, write_report
from autograder.records.files import file_names
from autograder.records.result import Diagnosis, Picture

HUGE = 1.7976931348623157e308


def picture(number):
    return Picture("heatmap", "W1", [[number, 1.0]], [[0.5, number]], hidden=False)


# what one student's result is given, and whether the words survive
CASES = {
    "huge": lambda one: with_rows(one, picture=picture(HUGE)),
    "infinite-picture": lambda one: with_rows(one, picture=picture(float("inf"))),
    "nan-picture": lambda one: with_rows(one, picture=picture(float("nan"))),
    "nan-points": lambda one: with_rows(one, points=float("nan")),
    "infinite-points": lambda one: with_rows(one, points=float("inf")),
    "texts-as-points": lambda one: with_rows(one, points="four"),
    "surrogates": lambda one: replace(one, message="\udcff\ud800", output="\udcfe"),
    "megabytes": lambda one: replace(one, message="x" * 10_000_000),
    "script": lambda one: with_rows(one, message="</script><script>alert(1)</script>"),
    "ansi": lambda one: with_rows(one, message="\x1b[2J\x1b]0;title\x07\x00"),
    "no-text": lambda one: with_rows(one, message=b"bytes"),
    "odd-diagnosis": lambda one: with_rows(one, diagnosis=Diagnosis("no-such-code", 7, None)),
    "infinite-seconds": lambda one: replace(one, seconds=float("inf")),
    "unknown-status": lambda one: replace(one, status="splendid"),
    "odd-versions": lambda one: replace(one, versions={"numpy": {1, 2}}),
    "line\nbreak\tand\x1b[2Jmore": lambda one: one,
    "n" * 100_000: lambda one: one,
    "bytes-\udcff": lambda one: one,
    "bytes-\\udcff": lambda one: one,
    "Ann": lambda one: one,
    "ann": lambda one: one,
    "ann-49915e0d": lambda one: one,
}
HONEST = ("ada", "grace")


def with_rows(result, **fields):
    return replace(result, questions=tuple(replace(row, **fields) for row in result.questions))


def written(folder, results, title="A network"):
    """Everything that `grade` writes after the verdicts, and what it prints."""
    with Gradebook(folder / "gradebook.sqlite") as gradebook:
        for result in results:
            gradebook.record(result, "print")
        found = list(gradebook.results())
    write_csv(found, folder / "gradebook.csv")
    write_all_json(found, folder / "results")
    write_report(found, folder / "report", title, generated="today")
    print_class(found)
    return found


@pytest.fixture
def both(tmp_path, make_result):
    honest = [make_result(student) for student in HONEST]
    hostile = [change(make_result(student)) for student, change in CASES.items()]
    alone = written(tmp_path / "alone", honest)
    together = written(tmp_path / "together", [honest[0], *hostile, honest[1]])
    return tmp_path, alone, together


def test_everybody_is_there_and_can_be_read(both, capsys):
    folder, _, together = both
    assert {result.student for result in together} == {*HONEST, *CASES}
    names = file_names(result.student for result in together)
    assert len(set(names.values())) == len(together)
    for result in together:
        text = (folder / "together" / "results" / f"{names[result.student]}.json").read_text("utf-8")
        record = json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON"))
        assert record["student"].encode("utf-8", "surrogatepass")[:50] and record["score"] == result.score
        page = (folder / "together" / "report" / f"{names[result.student]}.html").read_text("utf-8")
        HTMLParser().feed(page)
        assert "<script>alert" not in page and "\x1b" not in page and "\x00" not in page
    with (folder / "together" / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == len(together) and all(float(row["max_score"]) > 0 for row in rows)


def test_marks_stand_where_the_words_cannot(both):
    _, _, together = both
    whole = {result.student: result for result in together}
    for student in ("no-text", "odd-versions"):
        assert whole[student].score == whole["ada"].score
        assert "Only the marks of this submission are shown" in whole[student].message
        assert all(row.picture is None and row.diagnosis is None for row in whole[student].questions)


def test_honest_files_are_the_same_bytes_in_any_company(both):
    folder, alone, together = both
    for student in HONEST:
        for path in (f"results/{student}.json", f"report/{student}.html"):
            assert (folder / "alone" / path).read_bytes() == (folder / "together" / path).read_bytes()
        assert next(one for one in alone if one.student == student) in together
        lines = [(folder / name / "gradebook.csv").read_text("utf-8-sig") for name in ("alone", "together")]
        assert len({re.search(rf"^{student},.*$", text, re.M)[0] for text in lines}) == 1


def test_one_line_a_student_on_the_terminal(both, capsys):
    _, _, together = both
    capsys.readouterr()
    print_class(together)
    printed = capsys.readouterr().out
    assert "\x1b[2J" not in printed and "\nbreak" not in printed
