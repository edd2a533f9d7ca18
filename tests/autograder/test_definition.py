"""assignment.toml: every mistake in it is one line with its place, and tfkit is closed but for what is opened."""

from __future__ import annotations

import subprocess
import sys
from datetime import datetime, timezone

import pytest

from autograder.assignment.definition import Assignment, find_assignment
from autograder.errors import UsageError
from tests.course import ASSIGNMENTS

RIGHT = 'title = "T"\nframework = "numpy"\n'


def load(folder, text):
    (folder / "assignment.toml").write_text(text, "utf-8")
    return Assignment.load(folder)


@pytest.mark.parametrize(
    "text, line",
    [
        ('title = "T"\nframwork = "numpy"\n', "line 2: there is no setting framwork; did you mean framework?"),
        (RIGHT + "late = 3\n", "line 3: there is no setting late; "),
        (RIGHT + "memory_mb = 2.5\n", "line 3: expected memory_mb to be a whole number, received 2.5"),
        (
            RIGHT + 'seconds_per_question = "10"\n',
            "line 3: expected seconds_per_question to be a whole number or a number",
        ),
        (RIGHT + "memory_mb = true\n", "line 3: expected memory_mb to be a whole number, received True"),
        (RIGHT + 'data = "iris.csv"\n', "line 3: expected data to be a list, received 'iris.csv'"),
        (RIGHT + 'help = "all"\n', "line 3: expected help to be where or kind or value or lecture, received 'all'"),
        (RIGHT + 'tfkit = ["dataa"]\n', "tfkit has no module 'dataa'; known are checks, "),
        (RIGHT + "title\n", "at line 3"),
        (RIGHT + "due = 12:00:00\n", "line 3: expected due to be a date with a time or a date, received "),
        (RIGHT + 'due = "2026-03-01"\n', "line 3: expected due to be a date with a time or a date, received '2026"),
        ('title = "T"\n', "framework is missing"),
    ],
)
def test_mistake_is_one_line_with_its_place(tmp_path, text, line):
    with pytest.raises(UsageError) as error:
        load(tmp_path, text)
    said = str(error.value)
    assert line in said and "assignment.toml" in said and "\n" not in said


@pytest.mark.parametrize(
    "text, due",
    [
        ("2026-03-01", datetime(2026, 3, 1, 23, 59, 59)),
        ("2026-03-01T12:00:00", datetime(2026, 3, 1, 12)),
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=timezone.utc)),
    ],
)
def test_due_without_a_time_is_the_end_of_that_day(tmp_path, text, due):
    assert load(tmp_path, f"{RIGHT}due = {text}\n").due == due


@pytest.mark.parametrize(
    "line, is_graded_again",
    [
        ("due = 2026-03-01", False),
        ('help = "where"', False),
        ('help_limit = "kind"', False),
        ('lectures = {"03.1" = "Losses"}', False),
        ('accepted = {"step: order" = "why not"}', False),
        ("# a comment", False),
        ("seconds_per_question = 3", True),
        ('submission = "net.py"', True),
        ('without = ["scipy"]', True),
        ('tfkit = ["data"]', True),
        ('data = ["iris.csv"]', True),
    ],
)
def test_only_what_decides_marks_changes_the_fingerprint(tmp_path, line, is_graded_again):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_public.py").write_text("")
    before = load(tmp_path, RIGHT).fingerprint
    after = load(tmp_path, f"{RIGHT.replace('T', 'Another')}{line}\n").fingerprint
    assert (before != after) == is_graded_again
    (tmp_path / "tests" / "test_public.py").write_text("# other tests")
    assert load(tmp_path, RIGHT).fingerprint != before


def test_all_of_tfkit_is_closed_but_what_is_opened(tmp_path):
    closed = load(tmp_path, RIGHT).without
    assert {"tfkit.nets", "tfkit.data", "tfkit.plots"} <= set(closed)
    assert set(closed) - set(load(tmp_path, RIGHT + 'tfkit = ["data"]\n').without) == {"tfkit.data"}


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_what_is_opened_needs_nothing_that_is_closed(name):
    closed = find_assignment(name).without
    code = f"""
import pkgutil, sys, tfkit
from autograder.isolation.frameworks import ImportBlocker
closed = {closed!r}
sys.meta_path.insert(0, ImportBlocker("tensorflow", closed))
for _, name, _ in pkgutil.iter_modules(tfkit.__path__):
    if f"tfkit.{{name}}" not in closed:
        __import__(f"tfkit.{{name}}")
"""
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
