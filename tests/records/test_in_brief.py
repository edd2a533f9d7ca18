"""A class in a paragraph, and for a machine."""

import json
from pathlib import Path

from autograder.facts.adjustment import Adjustment
from autograder.facts.fact import Fact
from autograder.facts.result import QuestionResult, Result
from autograder.records.in_brief import class_json, mail
from tests.records.conftest import HOSTILE


def class_of(make_result):
    excuse = Adjustment("excuse", "ill", "M. Weber", "2026-11-20")
    return [
        make_result("ada", points=(2.0, 4.0, 3.0, 5.0)),
        make_result("bob", points=(2.0, 4.0, 0.0, 0.0)),
        make_result("Zoë", points=(0.0, 0.0, 0.0, 0.0), status="timeout"),
        make_result("Åke", points=(), status="unreadable"),
        make_result("ill", points=(0.0,) * 4, adjustments=(excuse,)),
        Result("cy", "03_numpy_net", "missing"),
        make_result("dan", late_days=2, left_out="graded by other tests"),
    ]


def test_a_colleague_reads_a_paragraph_without_names(make_result):
    text = mail(class_of(make_result), "A network in NumPy")
    assert text == (
        "A network in NumPy, 14 points: 4 submissions, mean 36 %, median 21 %, 1 with every point.\n"
        "Mean share of the points by question: 03.2 67 %, 03.9 67 %, 03.10 33 %, 03.11 33 %.\n"
        "The most frequent mistakes:\n"
        "- 03.10: A mean over the examples is missing: nothing divides by their number. (2 students)\n"
        "- 03.11: A mean over the examples is missing: nothing divides by their number. (2 students)\n"
        "- 03.2: A mean over the examples is missing: nothing divides by their number. (1 student)\n"
        "- 03.9: A mean over the examples is missing: nothing divides by their number. (1 student)\n"
        "Somebody should look at 2: 1 timed out, 1 unreadable.\n"
        "Besides: 1 excused, 1 handed nothing in, 1 not counted, graded by other tests."
    )
    named = mail(class_of(make_result), "A network in NumPy", names=True)
    assert set(named.splitlines()) - set(text.splitlines()) == {"Timed out: Zoë.", "Unreadable: Åke."}


def test_what_is_not_begun_is_told_apart_from_mistakes(make_result):
    gone = Fact("missing-function", values={"name": "f", "near": "", "unread": ""}, code="missing-name")
    rows = [QuestionResult(id, "", "error", 0.0, 2.0, facts=(gone,)) for id in ("03.9", "03.10")]
    results = [Result("ada", "03", "graded", tuple(rows)), Result("bob", "03", "graded", tuple(rows[1:]))]
    assert mail(results, "A network").splitlines()[2:] == ["Not begun: 03.9 by 1, 03.10 by 2."]
    assert json.loads(class_json(results, "A network", Path("grades")))["mistakes"] == []


def test_a_class_of_whom_nobody_counts(make_result):
    assert mail([], "A network") == mail([Result("cy", "03", "missing")], "A network")
    assert mail([], "A network") == "A network: no submission counts yet."


def test_names_that_act_are_seen_and_stay_on_their_line(make_result):
    results = [make_result(name, status="timeout", text=name) for name in [*HOSTILE, "eve\nada"]]
    text = mail(results, "evil\x1b[2J\ntitle", names=True)
    assert "\x1b" not in text and "\u202e" not in text
    assert len(text.splitlines()) == len(mail([make_result("ada", status="timeout")], "t", names=True).splitlines())


def test_a_machine_finds_all_of_it(make_result):
    record = json.loads(class_json(class_of(make_result), "A network", Path("grades")))
    assert record["statuses"] == {"graded": 2, "timeout": 1, "unreadable": 1}
    assert record["attention"] == ["Zoë", "Åke"]
    assert record["not_counted"] == {
        **{"excused": ["ill"], "handed nothing in": ["cy"], "not counted, graded by other tests": ["dan"]}
    }
    assert record["gradebook"] == "grades/gradebook.sqlite"
    assert json.loads(class_json([], "A network", Path("grades")))["submissions"] == 0
    # a lone surrogate is no text that a pipe takes
    assert class_json([make_result(name, status="crashed") for name in HOSTILE], "t", Path("grades")).isascii()
