"""`adjust.toml`: what it says, and each thing in it that cannot be meant, in a line that names the place."""

from __future__ import annotations

from datetime import datetime

import pytest

from autograder.errors import UsageError
from autograder.facts.adjustment import Adjustment
from autograder.marks.adjustments import adjustments_of, read_adjustments

WHO = 'reason = "ill"\nby = "M. Weber"\non = 2026-11-20\n'
PEOPLE = {
    "ada-l": ("ada-l", "Ada Lovelace", "17", "ada@example.org"),
    "bob": ("bob", "Bob", "18", ""),
    "bob (19)": ("bob (19)", "Bob", "19", ""),
}
MOST = {"03.1": 4.0, "03.2": 6.0, "": 10.0}


@pytest.fixture
def decided(tmp_path):
    def decided(text):
        (tmp_path / "adjust.toml").write_text(text, "utf-8")
        return adjustments_of(read_adjustments(tmp_path / "adjust.toml"), PEOPLE, MOST)

    return decided


def test_decisions_by_row(decided):
    found = decided(
        f'[[extension]]\nstudent = "ADA@example.org"\ndays = 3\n{WHO}'
        f"[[bonus]]\nstudent = 17\npoints = 1.5\n{WHO}"
        f'[[override]]\nstudent = "bob (19)"\nquestion = "03.1"\npoints = 4\n{WHO}'
        f'[[excuse]]\nstudent = "18"\n{WHO}'
    )
    who = {"reason": "ill", "by": "M. Weber", "on": "2026-11-20"}
    assert found == {
        "ada-l": (Adjustment("extension", **who, days=3), Adjustment("bonus", **who, points=1.5)),
        "bob (19)": (Adjustment("override", **who, question="03.1", points=4.0),),
        "bob": (Adjustment("excuse", **who),),
    }


def test_no_file_is_no_decision(tmp_path):
    assert read_adjustments(tmp_path / "adjust.toml") == []


def table(kind, *lines):
    return f"[[{kind}]]\n{chr(10).join(lines)}\n{WHO}"


ADA = 'student = "ada-l"'


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (table("excuse", 'student = "ada-k"'), ":1: there is no student ada-k; did you mean ada-l?"),
        (
            table("excuse", 'student = "Zoë"'),
            "no student Zoë; the first column of gradebook.csv has the names",
        ),
        (table("excuse", 'student = "bob"') * 2, "several students are called bob; name one of the rows bob, bob (19)"),
        ("\n\n" + table("excuse", "student = ''"), ":3: expected student to be a text"),
        (table("extention", ADA, "days = 1"), "there is no extention to decide; did you mean extension?"),
        ("[extension]\nstudent = 'ada-l'", "write [[extension]], in two brackets"),
        (table("extension", ADA), "an extension has days = 3 or until"),
        (table("extension", ADA, "days = 3", "until = 2026-11-25"), "one of the two"),
        (table("extension", ADA, "days = '3'"), "expected days to be a whole number"),
        (table("extension", ADA, "days = -3"), "expected days to be a whole number"),
        (table("extension", ADA, "until = 'Friday'"), "expected until to be a day or a time"),
        (table("bonus", ADA), "points are missing"),
        (table("bonus", ADA, "points = nan"), "expected points to be a number"),
        (table("bonus", ADA, "point = 3"), "there is no point in [[bonus]]; did you mean points?"),
        (table("override", ADA, "points = -1"), "expected points of at least 0"),
        (table("override", ADA, "points = 11"), "the assignment has 10 points, and the override says 11"),
        (table("override", ADA, 'question = "03.1"', "points = 5"), "03.1 has 4 points"),
        (table("override", ADA, 'question = "03.12"', "points = 1"), "there is no question 03.12; did you mean 03.2?"),
        ('[[bonus]]\nstudent = "ada-l"\npoints = 1\nby = "me"\non = 2026-01-01', ":1: reason is missing"),
        ('[[bonus]]\nstudent = "ada-l"\npoints = 1\nreason = "x"\nby = "me"\non = "today"', "expected on to be a day"),
        (
            table("excuse", ADA) + table("override", ADA, "points = 1"),
            "this override for ada-l contradicts the excuse",
        ),
        (
            table("override", ADA, "points = 1") * 2,
            ":7: this override for ada-l contradicts the override of",
        ),
        (
            table("override", ADA, "points = 1") + table("override", ADA, "points = 1", 'question = "03.1"'),
            "contradicts the override of line 1",
        ),
        (table("extension", ADA, "days = 1") + table("extension", "student = 17", "days = 2"), "contradicts"),
        (table("extension", ADA, "until = 2026-11-01"), "expected until to be after the due date, 2026-11-19 23:59"),
        (table("excuse", ADA).replace("2026", "2127"), "the decision is of 2127-11-20, which is still to come"),
        ("[[excuse", "cannot read"),
        ("\udcff", "expected UTF-8"),
    ],
)
def test_what_cannot_be_meant(tmp_path, text, said):
    (tmp_path / "adjust.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    with pytest.raises(UsageError) as error:
        adjustments_of(read_adjustments(tmp_path / "adjust.toml"), PEOPLE, MOST, datetime(2026, 11, 19, 23, 59))
    assert said in str(error.value) and "\n" not in str(error.value)
