"""The table of a class in the terminal, at every width."""

from __future__ import annotations

from dataclasses import replace

import pytest
from rich.cells import cell_len

from autograder.cli import console
from autograder.facts.cause import Cause
from autograder.facts.fact import Fact, Place
from autograder.facts.result import Diagnosis, Part, QuestionResult, Result
from autograder.records.card import card
from autograder.words import message

LONG = "All 12 entries of W1 are wrong. The worst is [0, 1], where you have 4.479, which is 3.84 too much. b1 is right."


@pytest.fixture
def shown(capsys, monkeypatch):
    """A function that gives the lines of a class's table in a terminal of that width."""

    def show(results, columns):
        monkeypatch.setenv("COLUMNS", str(columns))
        console.output.cache_clear()
        console.print_class(results)
        console.output.cache_clear()
        return capsys.readouterr().out.splitlines()

    return show


@pytest.mark.parametrize("known", [{}, {"late_days": 3, "attempt": 2, "attempts": 3}])
@pytest.mark.parametrize("columns", [80, 100, 140])
def test_names_and_remarks_fit_and_what_is_cut_says_so(make_result, shown, columns, known):
    results = [
        make_result("lovelaceada", name="Lovelace, Ada", text=LONG, **known),
        make_result("学生" * 20, name="学生", text="学生" * 99, **known),
        make_result("m" * 60, text="fits", **known),
    ]
    lines = shown(results, columns)
    assert {cell_len(line) for line in lines[:5]} <= {columns, cell_len(lines[0])} and cell_len(lines[0]) <= columns
    # in the order of names, in which another alphabet comes last
    cells = [[cell.strip() for cell in line.split("│")] for line in (lines[2], lines[4], lines[3])]
    least = 16 if columns == 80 and known else 24
    assert cells[0][0] == "Lovelace, Ada"
    assert cells[2][0].endswith("m…") and least <= len(cells[2][0]) <= 32
    assert [row[-1][-1] for row in cells[:2]] == ["…", "…"] and len(cells[0][-1]) >= least


BUSY = {"late_days": 12, "late_hours": 280, "late_penalty": 1.25, "attempt": 12, "attempts": 13, "was": 12.125}
LEFT_OUT = {
    140: [],
    100: [],
    90: ["attempt"],
    80: ["attempt", "was"],
    70: ["attempt", "was", "first remark"],
    50: ["attempt", "was", "first remark", "late", "%"],
}


@pytest.mark.parametrize("columns", LEFT_OUT)
def test_no_number_is_cut_and_what_has_no_room_is_left_out(make_result, shown, columns):
    results = [
        make_result(f"lovelaceada{number}", (1.875, 4.0, 3.0, 3.875), "unreadable", LONG, message=LONG, **BUSY)
        for number in (1, 2)
    ]
    head, _, *rows = shown([replace(one, name="Lovelace, Ada") for one in results], columns)[:4]
    names = [name.strip() for name in head.split("┃")]
    all_names = ["student", "status", "attempt", "late", "score", "mark", "was", "%", "first remark"]
    assert names == [name for name in all_names if name not in LEFT_OUT[columns]]
    told = dict(attempt="12 of 13", late="12 d", score="12.75/14", mark="11.5", was="12.125", status="unreadable")
    for row in rows:
        cells = dict(zip(names, (cell.strip() for cell in row.split("│")), strict=True))
        assert cells.items() >= {(name, text) for name, text in told.items() if name in names}
        assert "first remark" not in names or len(cells["first remark"]) >= 16
        assert cell_len(row) <= columns and cells["student"].startswith("Lovelace, Ada")


def test_a_class_of_which_nothing_is_graded(make_result, shown):
    missing = [make_result(f"s{number:02}", (), "missing") for number in range(12)]
    *_, text, others = shown(missing, 80)
    assert text == "nothing is graded yet"
    assert others == f"12 handed nothing in: {'; '.join(f's{number:02}' for number in range(10))} and 2 more"
    assert "no submission counts" in shown([make_result(left_out="no longer in the folder")], 80)


def test_one_submission_with_its_facts_first(capsys, monkeypatch):
    shape = Fact("shape", ("b1",), {"came": (4,), "wanted": (1, 4)}, code="shape")
    off = {"error": 0.75, "allowed": 1e-9, "count": 3, "size": 4, "entry": "0, 1", "yours": 7.25, "digits": 4}
    number = Fact("off", ("W1",), {**off, "more": 6.5}, measured=True)
    cause = Diagnosis("keepdims", "b1", "An axis is dropped.", (Cause(("b1",), "keepdims", place=Place(line=9)),))
    rows = [
        QuestionResult("03.5", "Backward", "failed", 0, 8, message([facts]), cause, facts=(facts,))
        for facts in (shape, number)
    ]
    for verbose in (False, True):
        monkeypatch.setenv("COLUMNS", "200")
        console.output.cache_clear()
        console.print_result(Result("ada", "03", "graded", tuple(rows)), verbose)
        console.output.cache_clear()
        lines = [line.strip() for line in capsys.readouterr().out.splitlines()]
        why = "why: An axis is dropped."
        assert lines[1:3] == ["b1 has shape (4,). Expected (1, 4).", why] and lines[4] == why
        assert lines[5].startswith(
            "3 of 4 entries of W1 are wrong. The worst is [0, 1], where you have 7.25, which is 6.5 too"
        )
        assert ("W1: the relative error is 0.75. 1e-09 is allowed." in lines) == verbose


def test_a_warning_is_told_once_and_is_not_printed(make_result, capsys):
    first, *rest = make_result().questions
    values = {"category": "RuntimeWarning", "text": "overflow\x1b[2J in exp", "count": 12}
    at = Place.of("net.ipynb, cell 3", 41)
    warned = (Fact("warned", values=values, place=at), Fact("warned-once", values=values))
    console.output.cache_clear()
    console.print_result(replace(make_result(), questions=(replace(first, warnings=warned), *rest)))
    console.output.cache_clear()
    out = capsys.readouterr().out
    assert "      RuntimeWarning: overflow␛[2J in exp (cell 3, line 41, 12 times)\n" in out
    assert "      RuntimeWarning: overflow␛[2J in exp\n" in out and "printed" not in out


def test_what_a_question_printed_is_shown_below_it_and_nothing_where_nothing_was(make_result, capsys):
    result = make_result(points=(2.0, 4.0))
    first, second = result.questions
    shown = replace(result, questions=(replace(first, output="Z is\n  [1\x1b[2J 2]"), second), output="")
    console.output.cache_clear()
    console.print_result(shown)
    console.output.cache_clear()
    lines = capsys.readouterr().out.splitlines()
    assert lines[1:4] == ["      it printed:", "        Z is", "          [1␛[2J 2]"]
    assert lines[4].startswith("✓ 03.9")


def told(result: Result, capsys: pytest.CaptureFixture[str], verbose: bool = False) -> list[str]:
    console.output.cache_clear()
    console.print_result(result, verbose)
    console.output.cache_clear()
    return capsys.readouterr().out.splitlines()


@pytest.mark.parametrize(
    "questions, verbose, shown, last",
    [
        (1, False, 20, "… and 1990 more lines; -v shows all of them"),
        (1, True, 2010, "2009"),
        (2, False, 5, "… and 2005 more lines; check the question alone to see more"),
        (2, True, 2010, "2009"),
    ],
)
def test_a_verdict_does_not_scroll_away_above_what_a_loop_printed(make_result, capsys, questions, verbose, shown, last):
    result = make_result(points=(2.0, 4.0)[:questions])
    first, *rest = result.questions
    printed = "".join(f"{number}\n" for number in range(2010))
    lines = told(replace(result, questions=(replace(first, output=printed), *rest)), capsys, verbose)
    own = [line.strip() for line in lines if line.startswith("        ")]
    assert [line for line in own if line.isdigit()] == [str(number) for number in range(shown)] and own[-1] == last


SLOW = Fact("time-limit", values={"seconds": 10.0})


@pytest.mark.parametrize(
    "status, facts, remark, begins",
    [
        ("timeout", (SLOW,), "", ""),
        ("unreadable", (), "net.py is no Python", ""),
        ("timeout", (), "", "Your code ran longer than this assignment allows and was stopped."),
        ("memory", (), "", "Your code used more memory than this assignment allows"),
        ("crashed", (Fact("builds-on", values={"questions": ("03.1",)}),), "", "The Python process that ran your code"),
        ("unreadable", (), "", "Your file could not be loaded, so no question was checked."),
    ],
)
def test_how_it_ended_is_a_sentence_and_is_said_once(make_result, capsys, status, facts, remark, begins):
    result = make_result(points=(0.0,))
    row = replace(result.questions[0], outcome="error", facts=facts, message=message(facts), diagnosis=None)
    lines = told(replace(result, status=status, questions=(row,), message=remark), capsys)
    out = "\n".join(lines)
    assert f"status: {status}" not in out and "hand it in" not in out
    assert any(line.startswith(begins) for line in lines) if begins else len(lines) == 2 + bool(facts or remark)


def test_the_line_of_a_question_is_that_of_the_part_that_is_wrong(make_result, capsys):
    def parts(*outcomes):
        return tuple(Part(f"Part {number}.", False, outcome, 0.0, 1.0) for number, outcome in enumerate(outcomes, 1))

    row = QuestionResult("03.5", "Part 1.", "failed", 1.0, 3.0, "W1 is NaN.")
    for outcomes, line in [
        (("passed", "failed", "failed"), "Part 2."),
        (("passed", "skipped", "error"), "Part 3."),
        (("failed", "skipped"), "Part 1."),
        (("passed", "passed"), "Part 1."),
        (("passed", "skipped"), "Part 1."),
        ((), "Part 1."),
    ]:
        result = replace(make_result("ada"), questions=(replace(row, parts=parts(*outcomes)),))
        console.print_result(result)
        assert f"  {line}" in capsys.readouterr().out.splitlines()[0]
        assert line in card(result, {})
