"""The figures of the class page."""

from dataclasses import replace

import numpy
import pytest

from autograder.records.summary import summarise


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
    assert [(mistake.question, mistake.students) for mistake in mistakes] == [
        ("03.9", 2),
        ("03.10", 2),
        ("03.11", 2),
        ("03.2", 1),
    ]
    assert summarise(results[::-1]) == summarise(results)


def test_who_does_not_count_changes_no_figure(results, make_result):
    gone = [make_result(name, points=(0.0,) * 4, left_out="no longer there") for name in ("y", "x")]
    other = make_result("z", name="Zoë", left_out="by other tests")
    missing = make_result("e", points=(), status="missing", name="Eve")
    summary = summarise([*gone, *results, other, missing])
    assert replace(summary, others=()) == summarise(results)
    assert summary.others == (
        "1 handed nothing in: Eve (e)",
        "1 not counted, by other tests: Zoë (z)",
        "2 not counted, no longer there: x; y",
    )


def test_the_first_of_many_are_named(make_result):
    (line,) = summarise([make_result(f"s{number:03}", status="missing", points=()) for number in range(600)]).others
    assert line.startswith("600 handed nothing in: s000; s001; ") and line.endswith("; s009 and 590 more")


def test_an_empty_class_has_figures():
    summary = summarise([])
    assert (summary.submissions, summary.mean, summary.median, summary.questions) == (0, 0.0, 0.0, ())
