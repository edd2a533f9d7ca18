"""The figures of the class page."""

from dataclasses import replace

import numpy
import pytest

from autograder.facts.adjustment import Adjustment
from autograder.facts.cause import Cause, Factor
from autograder.facts.fact import Fact, Place
from autograder.facts.result import Diagnosis, QuestionResult, Result
from autograder.records.summary import summarise
from autograder.words import message


@pytest.fixture
def results(make_result):
    return [
        make_result("a", points=(2.0, 4.0, 3.0, 5.0)),
        make_result("b", points=(2.0, 1.0, 0.0, 0.0)),
        make_result("c", points=(0.0, 0.0, 0.0, 0.0), status="timeout"),
        make_result("d", points=(), status="unreadable"),
    ]


def test_figures_agree_with_numpy(results):
    summary = summarise(results)
    percents = [result.percent for result in results]
    assert summary.submissions == 4
    assert summary.mean == pytest.approx(numpy.mean(percents))
    assert summary.median == pytest.approx(numpy.median(percents))
    assert summary.perfect == 1
    assert summary.attention == 2
    assert summary.histogram == tuple(numpy.histogram(percents, bins=10, range=(0, 100))[0])
    assert summary.statuses == (("graded", 2), ("timeout", 1), ("unreadable", 1))


def test_questions_count_those_who_have_them(results):
    first, second, *_ = summarise(results).questions
    assert (first.id, first.answered, first.full, first.share) == ("03.2", 3, 2, pytest.approx(2 / 3))
    assert (second.id, second.answered, second.full, second.share) == ("03.9", 3, 1, pytest.approx(1.25 / 3))


def test_mistakes_count_students_in_any_order(results):
    mistakes = summarise(results).mistakes
    assert [(mistake.questions, mistake.students) for mistake in mistakes] == [
        (("03.9",), ("b", "c")),
        (("03.10",), ("b", "c")),
        (("03.11",), ("b", "c")),
        (("03.2",), ("c",)),
    ]
    assert summarise(results[::-1]) == summarise(results)


def test_who_does_not_count_changes_no_figure(results, make_result):
    gone = [make_result(name, points=(0.0,) * 4, left_out="no longer there") for name in ("y", "x")]
    other = make_result("z", name="Zoë", left_out="by other tests")
    missing = make_result("e", points=(), status="missing", name="Eve")
    summary = summarise([*gone, *results, other, missing])
    assert replace(summary, others=()) == summarise(results)
    assert summary.others == (
        "1 handed nothing in: Eve",
        "1 not counted, by other tests: Zoë",
        "2 not counted, no longer there: x; y",
    )


def test_the_first_of_many_are_named(make_result):
    (line,) = summarise([make_result(f"s{number:03}", status="missing", points=()) for number in range(600)]).others
    assert line.startswith("600 handed nothing in: s000; s001; ") and line.endswith("; s009 and 590 more")


def test_an_empty_class_has_figures():
    summary = summarise([])
    assert (summary.submissions, summary.mean, summary.median, summary.questions) == (0, 0.0, 0.0, ())


def row_of(*facts, code, text=""):
    diagnosis = Diagnosis(code, None, text)
    return QuestionResult("03.5", "Backward", "error", 0.0, 8.0, message(facts), diagnosis, facts=facts)


def undefined(line, what, near):
    values = {"name": "backward", "error": "NameError", "text": "", "what": what, "near": near}
    return Fact("undefined-name", values=values, place=Place("net.py", 0, line, "backward"), code="raises")


def shape(name, came, wanted):
    return Fact("shape", (name,), {"came": came, "wanted": wanted}, code="shape")


def test_facts_are_counted_by_what_they_say():
    rows = [
        row_of(undefined(3, "gradeint", "gradient"), code="raises"),
        row_of(undefined(70, "gradeint", "gradient"), code="raises"),
        row_of(undefined(5, "np", ""), code="raises"),
        row_of(shape("b1", (4,), (1, 4)), shape("b2", (4,), (1, 4)), Fact("right", ("W1",)), code="shape"),
        # what a later version knows cannot be said by this one
        row_of(Fact("nan", ("W1",)), code="dtype"),
        row_of(Fact.said("you return epoch 9: that is the lowest loss in training"), code="wrong-source"),
        row_of(Fact.said("you return epoch 4: that is the lowest loss in training"), code="wrong-source"),
        row_of(Fact.said("you return epoch 5: epochs are counted from 1"), code="wrong-source"),
    ]
    rows[4] = replace(rows[4], facts=(Fact("of-later", ("W1",)),))
    results = [Result(f"s{number}", "03", "graded", (row,)) for number, row in enumerate(rows)]
    found = [("".join(one.students), one.code, one.text, one.is_example) for one in summarise(results).mistakes]
    assert found == [
        ("s5s6", "wrong-source", "You return epoch 4: that is the lowest loss in training", True),
        ("s0s1", "raises", "`gradeint` is not defined. Did you mean gradient?", False),
        ("s4", "dtype", "The value does not have the dtype that was asked for.", False),
        ("s7", "wrong-source", "You return epoch 5: epochs are counted from 1", False),
        ("s2", "raises", "`np` is not defined.", False),
        ("s3", "shape", "b1 and b2 have shape (4,). Expected (1, 4).", False),
    ]


def result_of(student, *rows):
    return Result(student, "03", "graded", rows)


def test_one_mistake_is_counted_once_however_many_questions_it_costs():
    rows = [replace(row_of(undefined(3, "np", near), code="raises"), id=f"03.{n}") for n, near in ((2, ""), (10, "n"))]
    (one,) = summarise([result_of("bob", *rows), result_of("Åsa", rows[0])]).mistakes
    assert (one.questions, one.students, one.text) == (("03.2", "03.10"), ("Åsa", "bob"), "`np` is not defined.")


def caused(id, text, *causes):
    return QuestionResult(id, "", "failed", 0.0, 1.0, diagnosis=Diagnosis(causes[0].code, "W1", text, causes))


def test_a_proven_cause_is_told_without_the_numbers_of_one_student():
    factor = Factor("missing-mean", 7.0, "M", 7.0, "examples", "outputs")
    first = Cause(("W1", "b1"), factor=factor, place=Place("ada.py", 0, 228, "backward"))
    other = Cause(("W1", "b1"), kind="sign")
    follows = Cause(("forward",), follows=("03.3",))
    also_follows = Cause(("Y_hat",), kind="axis", follows=("03.8",))
    rows = [
        caused("03.5", "W1 and b1 are 7 times too large. Look at line 228, in backward.", first, other),
        caused("03.7", "This follows from 03.3. Fix that first.", follows),
        caused("03.9", "This follows from 03.8. Fix that first.", also_follows),
    ]
    found = [(one.questions, one.text, one.where) for one in summarise([result_of("ada", *rows)]).mistakes]
    assert found == [
        (("03.5",), "A mean over the examples is missing: nothing divides by their number.", "backward: W1 and b1"),
        (("03.5",), "A sign is flipped.", "W1 and b1"),
    ]


def test_what_is_not_begun_is_no_mistake_and_what_nobody_can_explain_is_counted():
    stub = row_of(Fact("not-implemented", values={"name": "backward"}, code="not-implemented"), code="not-implemented")
    odd = QuestionResult("03.6", "", "failed", 0.0, 1.0, "", facts=(Fact("all-off", ("W1",)),))
    summary = summarise([result_of("ada", stub, odd), result_of("bob", stub)])
    assert (summary.mistakes, summary.unexplained) == ((), 1)
    assert [(one.open, one.none) for one in summary.questions] == [(2, 0), (0, 1)]


def missing(near="", unread=""):
    values = {"name": "cross_entropy", "near": near, "unread": unread}
    return row_of(Fact("missing-function", values=values, code="missing-name"), code="missing-name")


@pytest.mark.parametrize(
    ("row", "begun", "told"),
    [
        (missing(), False, []),
        (replace(missing(), diagnosis=None, outcome="error"), False, []),
        (
            missing(near="cross_entrpy"),
            True,
            ["cross_entropy is not defined in your submission. There is cross_entrpy: is that it, misspelt?"],
        ),
        (
            missing(unread="a.py"),
            True,
            ["cross_entropy is not defined in your submission. A part of a.py is not Python."],
        ),
    ],
    ids=["missing", "missing without a diagnosis", "misspelt", "in a part that is not Python"],
)
def test_a_function_that_is_missing_is_not_begun_and_a_misspelt_one_is_a_mistake(row, begun, told):
    summary = summarise([result_of("ada", row), result_of("bob", replace(row, id="03.10"))])
    assert summary.not_begun == ("" if begun else f"{row.id} by 1, 03.10 by 1")
    assert [one.text for one in summary.mistakes] == told * 2


NOT_PYTHON = Fact(
    "not-python",
    ("tanh",),
    {"file": "ada.py", "error": "SyntaxError", "text": "'(' was never closed", "source": "x = (", "caret": "    ^"},
    place=Place.of("ada.py", 3),
)


def test_a_text_that_is_not_python_is_told_as_that_and_once():
    gone = Fact("missing-by-syntax", values={"name": "tanh"}, place=Place.of("ada.py", 3), code="missing-name")
    row = row_of(gone, code="missing-name")
    ada = replace(result_of("ada", row, replace(row, id="03.10")), facts=(NOT_PYTHON,))
    bob = Result("bob", "03", "unreadable", file="bob.py", facts=(NOT_PYTHON,))
    cy = Result("cy", "03", "unreadable", file="cy.py", facts=(replace(NOT_PYTHON, kind="syntax", about=()),))
    (one,) = summarise([ada, bob, cy]).mistakes
    assert (one.text, one.students) == ("The file is not Python: '(' was never closed.", ("ada", "bob", "cy"))
    assert summarise([cy, bob, ada]).mistakes == (one,)


def test_a_file_that_cannot_be_read_is_a_mistake_of_its_own():
    facts = (Fact.said("ada.py is empty"),)
    unreadable = [Result(name, "03", "unreadable", file=f"{name}/{name}.py", facts=facts) for name in ("ada", "bob")]
    unreadable[1] = replace(unreadable[1], facts=(Fact.said("bob.py is empty"),))
    (one,) = summarise(unreadable).mistakes
    assert (one.text, one.questions, one.students) == ("The file is empty", (), ("ada", "bob"))


def test_the_excused_count_in_no_figure(results, make_result):
    excused = make_result("e", points=(0.0,) * 4, adjustments=(Adjustment("excuse", "ill", "M. W.", "2026-11-20"),))
    summary = summarise([*results, excused])
    assert replace(summary, others=()) == summarise(results)
    assert summary.others == ("1 excused: e",)


def test_the_fact_comes_before_the_cause():
    told = row_of(shape("b1", (4,), (1, 4)), Fact("right", ("W1",)), code="keepdims", text="An axis is dropped.")
    assert told.begins_with_fact and told.reason == "b1 has shape (4,). Expected (1, 4). An axis is dropped."
    # that a value is transposed, it says itself
    turned = Fact("transposed", ("W1",), {"came": (3, 4), "wanted": (4, 3)}, code="transpose")
    assert row_of(turned, code="transpose").reason == "W1 has shape (3, 4). Expected (4, 3). Is it transposed?"
    off = Fact("off-number", ("the loss",), {"yours": 2.0, "digits": 4, "more": 1.0}, measured=True)
    assert row_of(off, code="sign", text="A sign is flipped.").reason == "A sign is flipped."
    assert row_of(undefined(3, "np", ""), code="raises").reason == "`np` is not defined (line 3, in backward)."
