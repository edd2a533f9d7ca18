"""What is new since the last check, and `autograder list`: the course so far. Nothing depends on what is kept."""

from __future__ import annotations

import json
import os
import threading
from datetime import datetime
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.cli.verdicts import Earned, Verdict, last_of, news, remember, remembered
from autograder.facts.fact import Fact
from autograder.facts.result import QuestionResult, Result
from tests.student.evening import WITHOUT_MEAN, Evening

pytestmark = pytest.mark.turns(4)
NOON = datetime(2026, 3, 4, 12)


def row(id: str, outcome: str, points: float = 0.0, most: float = 4.0, *facts: Fact) -> QuestionResult:
    return QuestionResult(id, "A question.", outcome, most if outcome == "passed" else points, most, facts=facts)


def before(**outcomes: tuple[float, str]) -> Verdict:
    questions = {f"03.{id[1:]}": Earned(points, 4.0, outcome) for id, (points, outcome) in outcomes.items()}
    return Verdict("/net.py", NOON.timestamp(), "", questions)


def not_begun(number: int) -> QuestionResult:
    return row(f"03.{number}", "skipped", 0.0, 4.0, Fact("not-begun", (f"03.{number}",)))


@pytest.mark.parametrize(
    "last, rows, told",
    [
        (None, [row("03.1", "passed")], ""),
        (before(q1=(0, "failed")), [row("03.1", "passed")], "New since 12:00: 03.1 is right now."),
        (before(q1=(4, "passed")), [row("03.1", "error")], "New since 12:00: 03.1 is not right any more."),
        (before(q1=(4, "passed")), [row("03.1", "passed")], ""),
        (before(q1=(0, "failed")), [row("03.1", "failed")], "Nothing new since 12:00."),
        # what waits for something wrong is not to blame
        (
            before(q5=(4, "passed"), q7=(4, "passed")),
            [row("03.5", "failed"), row("03.7", "skipped")],
            "New since 12:00: 03.5 is not right any more.",
        ),
        (
            before(q1=(0, "open"), q2=(0, "open"), q3=(0, "failed"), q5=(0, "failed"), q6=(4, "passed")),
            [*(row(f"03.{number}", "passed") for number in (1, 2, 3, 5)), row("03.6", "failed")],
            "New since 12:00: 03.1 to 03.3 and 03.5 are right now; 03.6 is not right any more.",
        ),
        (
            before(q5=(1.5, "failed")),
            [row("03.5", "failed", 3.0)],
            "New since 12:00: 03.5 has 3 of 4 points now, 1.5 before.",
        ),
        # what was never checked before is no news
        (before(q1=(0, "failed")), [row("03.2", "passed")], ""),
        (before(q1=(0, "open")), [row("03.1", "skipped")], "Nothing new since 12:00."),
        # a stub that was put back, and what waits for it
        (
            before(q1=(4, "passed"), q2=(0, "failed"), q3=(4, "passed"), q4=(0, "open")),
            [not_begun(1), not_begun(2), row("03.3", "skipped"), not_begun(4)],
            "New since 12:00: 03.1 and 03.2 are not begun any more.",
        ),
        # points that are lost are told where nothing else is
        (before(q3=(4, "passed")), [row("03.3", "skipped")], "New since 12:00: 03.3 has 0 of 4 points now, 4 before."),
    ],
)
def test_what_is_new(last, rows, told):
    assert news(last, rows, NOON.timestamp() + 60, NOON) == told


def test_of_a_file_that_was_not_saved_since_it_is_not_said_that_nothing_is_new():
    assert news(before(q1=(0, "failed")), [row("03.1", "failed")], NOON.timestamp() - 60, NOON) == ""


def test_yesterday_is_named():
    later = datetime(2026, 3, 5, 9)
    assert news(before(q1=(0, "failed")), [row("03.1", "passed")], 0.0, later).startswith(
        "New since yesterday at 12:00"
    )


@pytest.fixture
def kept(tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    (tmp_path / "net.py").touch()
    return find_assignment("03"), tmp_path / "net.py", tmp_path / "cache"


def result_of(*rows: QuestionResult, status: str = "graded") -> Result:
    return Result("you", "03_numpy_net", status, rows)


def test_a_check_of_one_question_leaves_the_others_as_they_were(kept):
    assignment, path, _ = kept
    assert remember(assignment, path, result_of(row("03.1", "passed"), row("03.2", "failed", 1.0))) is None
    remember(assignment, path, result_of(row("03.2", "passed")))
    found = remembered(assignment, path)
    assert found.points == 8 and list(found.questions) == ["03.1", "03.2"]
    # what cannot be read says nothing of what is right
    remember(assignment, path, result_of(row("03.1", "error"), status="unreadable"))
    assert remembered(assignment, path).points == 8
    assert last_of(assignment, path.parent).points == 8


DAMAGE = {
    "empty": b"", "cut": b'{"file": "/x", "checked": 1', "a list": b"[]", "a number": b"3", "null": b"null",
    "no time": b'{"file": "x", "checked": null, "tests": "", "questions": {}}', "binary": bytes(range(256)),
    "endless": b"[" * 100_000, "huge time": b'{"file": "x", "checked": 1e300, "tests": "T", "questions": {}}',
    "no points": b'{"file":"","checked":1,"tests":"T","questions":{"1":{"points":NaN,"max_points":1,"outcome":""}}}',
    "texts": b'{"file":"x","checked":1,"tests":"T","questions":{"03.1":"right"}}',
}  # fmt: skip


@pytest.mark.parametrize("content", [pytest.param(content, id=name) for name, content in DAMAGE.items()])
def test_what_is_damaged_costs_nothing_and_is_written_anew(kept, content):
    assignment, path, cache = kept
    remember(assignment, path, result_of(row("03.1", "passed")))
    (place,) = (cache / "checked" / "03_numpy_net").iterdir()
    tests = json.loads(place.read_text())["tests"]
    place.write_bytes(content.replace(b'"T"', json.dumps(tests).encode()))
    assert remembered(assignment, path) is None and last_of(assignment, path.parent) is None
    assert remember(assignment, path, result_of(row("03.1", "passed"))) is None
    assert remembered(assignment, path).points == 4


@pytest.mark.parametrize("file", ["\x00", "", "net.py", "/" + "x/" * 3000])
def test_a_name_that_no_file_has_is_nobody_s(kept, file):
    assignment, path, cache = kept
    remember(assignment, path, result_of(row("03.1", "passed")))
    (place,) = (cache / "checked" / "03_numpy_net").iterdir()
    place.write_text(json.dumps(json.loads(place.read_text()) | {"file": file}))
    assert last_of(assignment, path.parent) is None


def test_of_other_tests_nothing_is_said(kept):
    assignment, path, cache = kept
    remember(assignment, path, result_of(row("03.1", "passed")))
    (place,) = (cache / "checked" / "03_numpy_net").iterdir()
    place.write_text(place.read_text().replace('"tests": "', '"tests": "0'))
    assert remembered(assignment, path) is None


def test_many_at_once(kept):
    assignment, path, cache = kept
    rows = [result_of(row("03.1", "passed")), result_of(row("03.1", "failed", 1.0))]
    threads = [threading.Thread(target=remember, args=(assignment, path, rows[n % 2])) for n in range(20)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert remembered(assignment, path).points in (1, 4)
    assert [one.suffix for one in (cache / "checked" / "03_numpy_net").iterdir()] == [".json"]


def test_a_cache_that_cannot_be_written(kept):
    assignment, path, cache = kept
    cache.write_text("a file, not a folder")
    assert remember(assignment, path, result_of(row("03.1", "passed"))) is None
    assert remembered(assignment, path) is None and last_of(assignment, path.parent) is None


def test_the_course_so_far(tmp_path):
    evening = Evening(tmp_path)
    evening.unpack("02_neuron")
    status, out = evening.run("list", folder=tmp_path)
    assert status == 0 and "03_numpy_net.py, saved " in out and "not begun" in out and "points" not in out
    evening.file.write_text(evening.solved(WITHOUT_MEAN))
    assert "03_numpy_net.py, saved today" in (out := evening.run("list")[1]) and ", not checked yet" in out
    evening.run("check", "03", folder=tmp_path)
    evening.file.write_text(evening.solved())
    out = evening.run("check", "03.5")[1]
    assert "New since " in out and ": 03.5 is right now." in out
    for folder in (tmp_path, evening.kit, tmp_path / "02_neuron"):
        lines = evening.run("list", folder=folder)[1].splitlines()
        assert lines[-1] == "25.75 of 59.5 public points in all"
        assert any(line.strip().startswith("25.75 of 29.75 public points, checked today at ") for line in lines)
    os.utime(evening.file, (2**31, 2**31))
    assert "; 03_numpy_net.py, saved on 19 January 2038" in evening.run("list")[1]
    # the same student's work in another folder is not this
    (tmp_path / "again").mkdir()
    other = Evening(tmp_path / "again", variables={"AUTOGRADER_CACHE": str(evening.cache)})
    for folder in (other.course, other.kit):
        out = evening.run("list", folder=folder)[1]
        assert "03_numpy_net.py, saved " in out and "not begun" in out and "points" not in out
    # from the kit beside it
    out = evening.run("check", "03", "03.4", folder=tmp_path / "02_neuron")[1]
    assert Path(out.split(",")[0]) == Path("../03_numpy_net/03_numpy_net.py")
