"""What being late costs, and what a setting says that cannot be meant."""

from __future__ import annotations

from datetime import datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from autograder.assignment.definition import Assignment
from autograder.assignment.late import LatePolicy
from autograder.errors import UsageError
from autograder.facts.adjustment import Adjustment
from autograder.facts.result import QuestionResult, Result
from autograder.handin.lateness import Times
from autograder.marks.rules import Rules
from autograder.words.marking import about_mark

DUE = datetime(2026, 3, 1, 23, 59, 59)
WHO = {"reason": "ill", "by": "M. Weber", "on": "2026-03-01"}


def graded(points=30.0):
    return Result("ada", "03_numpy_net", "graded", (QuestionResult("03.1", "Sigmoid.", "failed", points, 40.0),))


def late(hours=0.0, minutes=0.0):
    return Times(submitted=DUE + timedelta(hours=hours, minutes=minutes))


@pytest.mark.parametrize(
    ("policy", "times", "mark"),
    [
        (LatePolicy(), late(hours=720), 30),  # shown, and free
        (LatePolicy(percent_per_day=10), late(), 30),
        (LatePolicy(percent_per_day=10), late(minutes=1), 26),
        (LatePolicy(percent_per_day=10), late(hours=24), 26),
        (LatePolicy(percent_per_day=10), late(hours=24, minutes=1), 22),
        (LatePolicy(percent_per_day=10), late(hours=24 * 30), 0),  # never below 0
        (LatePolicy(percent_per_hour=1), late(hours=3, minutes=30), 28.4),
        (LatePolicy(percent_per_day=10, grace_minutes=15), late(minutes=15), 30),
        (LatePolicy(percent_per_day=10, grace_minutes=15), late(minutes=16), 26),
        (LatePolicy(percent_per_day=10, most_percent=25), late(hours=24 * 9), 20),
        (LatePolicy(closed_after_days=2), late(hours=48), 30),
        (LatePolicy(closed_after_days=2), late(hours=48, minutes=1), 0),
        # what a platform says without a time is one day
        (LatePolicy(percent_per_day=10), Times(is_late=True), 26),
        # a file's own time may be that of a copy
        (LatePolicy(percent_per_day=10), Times(modified=DUE.timestamp() + 90_000), 30),
        (LatePolicy(percent_per_day=10, by_file_time=True), Times(modified=DUE.timestamp() + 90_000), 22),
    ],
)
def test_what_being_late_costs(policy, times, mark):
    assert Rules(DUE, policy).applied(graded(), times).mark == mark


@pytest.mark.parametrize(
    ("extension", "days"),
    [
        ({"days": 1}, 2),
        ({"days": 3}, 0),
        ({"until": "2026-03-04T12:00:00"}, 1),
        ({"until": "2026-03-02T12:00:00"}, 3),
    ],
)
def test_an_extension_is_the_students_own_due_date(extension, days):
    rules = Rules(DUE, LatePolicy(percent_per_day=10), {"ada": (Adjustment("extension", **WHO, **extension),)})
    found = rules.applied(graded(), late(hours=70))
    assert (found.late_days, found.mark) == (days, 30 - 4 * days)
    # nobody else's
    assert rules.applied(Result("bob", "03_numpy_net", "graded"), late(hours=70)).late_days == 3


def test_what_an_instructor_decided_is_on_top():
    override = Adjustment("override", **WHO, question="03.1", points=40)
    bonus, less = Adjustment("bonus", **WHO, points=2.5), Adjustment("bonus", **WHO, points=-100)
    policy = LatePolicy(percent_per_day=10)
    for adjustments, mark in [((override,), 36), ((override, bonus), 38.5), ((less,), 0), ((bonus,), 28.5)]:
        found = Rules(DUE, policy, {"ada": adjustments}).applied(graded(), late(hours=1))
        assert (found.score, found.mark) == (30, mark)
    whole = Adjustment("override", **WHO, points=12)
    assert Rules(DUE, policy, {"ada": (whole,)}).applied(graded(), late(hours=99)).mark == 12


def test_who_is_excused_counts_in_no_mean():
    found = Rules(adjustments={"ada": (Adjustment("excuse", **WHO),)}).applied(graded(), Times())
    assert (found.left_out, found.counts) == ("excused", False)
    assert about_mark(found) == ["Excused: ill (M. Weber, 2026-03-01)."]


def test_sentences_about_a_mark():
    rules = Rules(DUE, LatePolicy(percent_per_day=10), {"ada": (Adjustment("bonus", **WHO, points=-1),)})
    assert about_mark(rules.applied(graded(), late(hours=3))) == [
        "Handed in 3 hours late, which costs 4 points.",
        "1 point less: ill (M. Weber, 2026-03-01).",
    ]
    assert about_mark(Rules(DUE).applied(graded(), late(hours=30))) == ["Handed in 2 days late, which costs nothing."]
    assert about_mark(graded()) == []


def test_a_day_is_a_day_on_the_wall_where_clocks_change():
    # 29 March 2026 has 23 hours in Berlin: handed in at the same time on the wall is exactly one day late
    due = datetime(2026, 3, 28, 12, tzinfo=ZoneInfo("Europe/Berlin"))
    handed_in = datetime(2026, 3, 29, 10, tzinfo=timezone.utc)
    assert Times(submitted=handed_in).late_by(due) == timedelta(days=1)


def test_a_platforms_time_without_a_zone_is_by_the_clock_of_the_course():
    # 23:30 in Tokyo, whatever the clock of this machine says
    due = datetime(2026, 3, 1, 23, 59, tzinfo=ZoneInfo("Asia/Tokyo"))
    assert Times(submitted=datetime(2026, 3, 1, 23, 30)).late_by(due) == timedelta(0)
    assert Times(submitted=datetime(2026, 3, 2, 0, 9)).late_by(due) == timedelta(minutes=10)


@pytest.fixture
def load(tmp_path):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_public.py").touch()

    def load(text):
        (tmp_path / "assignment.toml").write_text(f"framework = 'numpy'\n{text}", "utf-8")
        return Assignment.load(tmp_path)

    return load


def test_settings_of_lateness(load):
    found = load("due = 2026-03-01T12:00:00\ntime_zone = 'America/New_York'\n[late]\npercent_per_day = 10")
    assert found.due == datetime(2026, 3, 1, 17, tzinfo=timezone.utc) and found.late == LatePolicy(10)
    before = found.fingerprint
    # what is due later, costs more or is called otherwise grades nothing again
    assert load("title = 'x'\nhelp = 'where'\ndue = 2027-03-01\n[late]\npercent_per_hour = 3").fingerprint == before


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[late]\npercent_per_day = 10", ":2: [late] needs a due date"),
        ("due = 2026-03-01\n[late]\npercent_a_day = 10", ":4: there is no percent_a_day in [late]; did you mean"),
        ("due = 2026-03-01\n[late]\npercent_per_day = -1", ":4: expected percent_per_day to be a number from 0"),
        ("due = 2026-03-01\n[late]\npercent_per_day = '10 %'", ":4: expected percent_per_day to be a number"),
        ("due = 2026-03-01\n[late]\npercent_per_day = nan", ":4: expected percent_per_day to be a number"),
        ("due = 2026-03-01\n[late]\npercent_per_day = 1\npercent_per_hour = 1", "keep one of them"),
        ("due = 2026-03-01\n[late]\nmost_percent = 50", ":3: most_percent does nothing"),
        ("due = 2026-03-01\nlate = 10", ":3: expected late to be a table"),
        ("time_zone = 'Europe/Berlin'", ":2: time_zone does nothing without a due date"),
        ("due = 2026-03-01\ntime_zone = 'Berlin'", ":3: expected time_zone to be a name such as 'Europe/Berlin'"),
        ("due = 2026-03-01T12:00:00Z\ntime_zone = 'Europe/Berlin'", "the due date has a time zone of its own"),
    ],
)
def test_settings_that_cannot_be_meant(load, text, said):
    with pytest.raises(UsageError) as error:
        load(text)
    assert said in str(error.value) and "\n" not in str(error.value)
