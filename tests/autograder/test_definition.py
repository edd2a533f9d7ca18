"""assignment.toml: every mistake in it is one line with its place, and tfkit is closed but for what is opened."""

from __future__ import annotations

import json
import subprocess
import sys
from datetime import datetime, timezone

import pytest

from autograder.assignment.definition import Assignment, find_assignment, find_question
from autograder.errors import UsageError
from tests.course import ASSIGNMENTS

RIGHT = 'title = "T"\nframework = "numpy"\n'


def load(folder, text):
    (folder / "assignment.toml").write_text(text, "utf-8")
    return Assignment.load(folder)


@pytest.mark.parametrize(
    "text, line",
    [
        ('title = "T"\nframwork = "numpy"\n', ":2: there is no setting framwork; did you mean framework?"),
        (RIGHT + "lateness = 3\n", ":3: there is no setting lateness; "),
        (RIGHT + "memory_mb = 2.5\n", ":3: expected memory_mb to be a whole number, received 2.5"),
        (
            RIGHT + 'seconds_per_question = "10"\n',
            ":3: expected seconds_per_question to be a whole number or a number",
        ),
        (RIGHT + "memory_mb = true\n", ":3: expected memory_mb to be a whole number, received true"),
        (RIGHT + 'data = "iris.csv"\n', ":3: expected data to be a list, received 'iris.csv'"),
        (RIGHT + 'help = "all"\n', ":3: expected help to be where or kind or value or lecture, received 'all'"),
        (RIGHT + 'tfkit = ["dataa"]\n', "tfkit has no module 'dataa'; did you mean data? known are checks, "),
        (RIGHT + "title\n", ":3: this is not TOML"),
        (RIGHT + "due = 12:00:00\n", ":3: expected due to be a date with a time or a date, received "),
        (RIGHT + 'due = "2026-03-01"\n', ":3: expected due to be a date with a time or a date, received '2026"),
        ('title = "T"\n', "framework is missing"),
        (RIGHT + "course = 3\n", ":3: expected course to be a table, received 3"),
        (RIGHT + "[course]\nhour = '2'\n", ":4: there is no hour in [course]; did you mean hours?"),
        (RIGHT + "[course]\nhours = 2\n", ":4: expected hours to be a text, such as '2 to 3', received 2"),
        (RIGHT + "[course]\ntopics = 'x'\n", ":4: expected topics to be a list of texts, received 'x'"),
        (RIGHT + "[course]\nhours='2'\nbuilds_on = [3]\n", ":5: expected builds_on to be a list of names, "),
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
        ('course = {hours = "2 to 3", builds_on = ["02_first"], topics = ["losses"]}', False),
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


@pytest.mark.parametrize("place", ["data/curves.json.gz", "tests/hidden_curves.json.gz"])
def test_recorded_data_decides_marks(tmp_path, place):
    path = tmp_path / place
    for folder in ("data", "tests"):
        (tmp_path / folder).mkdir()
    (tmp_path / "tests" / "test_public.py").write_text("")
    path.write_bytes(b"one")
    before = load(tmp_path, RIGHT).fingerprint
    path.write_bytes(b"other")
    assert load(tmp_path, RIGHT).fingerprint != before


def test_all_of_tfkit_is_closed_but_what_is_opened(tmp_path):
    closed = load(tmp_path, RIGHT).without
    assert {"tfkit.nets", "tfkit.data", "tfkit.plots"} <= set(closed)
    assert set(closed) - set(load(tmp_path, RIGHT + 'tfkit = ["data"]\n').without) == {"tfkit.data"}


# TensorFlow is imported once; each assignment has a process that begins with it
OPENED = """
import json, os, pkgutil, sys, tensorflow, tfkit
from autograder.isolation.frameworks import ImportBlocker
for assignment, closed in json.loads(sys.argv[1]).items():
    if child := os.fork():
        assert os.waitpid(child, 0)[1] == 0, assignment
        continue
    sys.meta_path.insert(0, ImportBlocker("tensorflow", closed))
    for _, name, _ in pkgutil.iter_modules(tfkit.__path__):
        if f"tfkit.{name}" not in closed:
            __import__(f"tfkit.{name}")
    sys.exit()
"""


def test_what_is_opened_needs_nothing_that_is_closed():
    closed = json.dumps({name: find_assignment(name).without for name in ASSIGNMENTS})
    done = subprocess.run([sys.executable, "-c", OPENED, closed], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


HINTS = '"03.1" = ["a?", "b", "c"]\n'


@pytest.mark.parametrize(
    "text, line",
    [
        ("x\n", ":1: this is not TOML"),
        (HINTS + '"03.2" = ["a?", "b", "c"]\n', ":2: there is no question 03.2; did you mean 03.1?"),
        ('03.1 = ["a?", "b", "c"]\n', ':1: there is no question 03; write the id in quotes: "03.1" = […]'),
        (
            HINTS + '"03.10" = ["a?", "b"]\n',
            ":2: expected 3 texts for 03.10 (a question back, ",
        ),
        (HINTS + '"03.10" = ["a?", "b"]\n', "received 2 of them"),
        (HINTS + '"03.10" = ["a?", "b", " "]\n', ":2: expected 3 texts for 03.10"),
        (HINTS + '"03.10" = "a?"\n', ":2: expected 3 texts for 03.10"),
    ],
)
def test_a_mistake_in_the_hints_is_one_line_with_its_place(tmp_path, text, line):
    assignment = with_hints(tmp_path, text)
    with pytest.raises(UsageError) as error:
        _ = assignment.hints
    said = str(error.value)
    assert line in said and "hints.toml" in said and "\n" not in said


def with_hints(folder, text):
    (folder / "tests").mkdir()
    tests = '@question("03.1", points=2)\ndef test_a():\n    pass\n\n\n@question(\n    "03.10",\n    points=2,\n)\n'
    (folder / "tests" / "test_public.py").write_text(tests)
    (folder / "hints.toml").write_text(text, "utf-8")
    return load(folder, RIGHT)


def test_hints_are_read_and_change_no_fingerprint(tmp_path):
    assignment = with_hints(tmp_path, HINTS)
    assert assignment.questions == ("03.1", "03.10")
    assert assignment.hints == {"03.1": ("a?", "b", "c")}
    (tmp_path / "hints.toml").unlink()
    bare = Assignment.load(tmp_path)
    assert bare.hints == {} and bare.fingerprint == assignment.fingerprint


def test_the_place_in_the_course_is_read(tmp_path):
    course = load(
        tmp_path, RIGHT + '[course]\nhours = "2 to 3"\nbuilds_on = ["02_first"]\ntopics = ["losses"]\n'
    ).course
    assert (course.hours, course.builds_on, course.topics) == ("2 to 3", ("02_first",), ("losses",))
    assert load(tmp_path, RIGHT).course.topics == ()


SOLUTION = '''# %% [markdown]
# # Half
import numpy as np

def half(x):
    """Halves."""
    text = f"""
    # no comment
    """
    return x / 2
'''


@pytest.mark.parametrize(
    "old, new, is_graded_again",
    [
        ("# # Half", "# # A half\n#\n# More prose.", False),
        ("Halves.", "Returns the half.\n\n    More.", False),
        ("def half", "\n\ndef half", False),
        ("def half", "from tfkit import picture\n@picture\ndef show_half(): pass\ndef half", False),
        ("def half", "@tfkit.picture\ndef show_half(): pass\ndef half", False),
        ("def half", "if __name__ == '__main__':\n    half(3)\ndef half", False),
        ("def half", "from tfkit import picture, fit\ndef half", True),
        ("def half", "if __name__ != '__main__':\n    half(3)\ndef half", True),
        ("x / 2", "x / 3", True),
        ("# no comment", "# another", True),
    ],
)
def test_the_prose_and_the_pictures_of_a_solution_decide_nothing(tmp_path, old, new, is_graded_again):
    (tmp_path / "tests").mkdir()
    (tmp_path / "tests" / "test_public.py").write_text("")
    (tmp_path / "solution.py").write_text(SOLUTION)
    before = load(tmp_path, RIGHT).fingerprint
    assert old in SOLUTION
    (tmp_path / "solution.py").write_text(SOLUTION.replace(old, new))
    assert (load(tmp_path, RIGHT).fingerprint != before) == is_graded_again
    (tmp_path / "solution.py").unlink()
    assert load(tmp_path, RIGHT).fingerprint != before


@pytest.mark.parametrize(
    "id, line",
    [
        ("backward", "expected the id of a question, such as 01.1, received 'backward'"),
        ("03.55", "03_numpy_net has no question 03.55; did you mean 03.5?"),
        ("99.1", "there is no assignment '99'"),
    ],
)
def test_a_question_that_there_is_not(id, line):
    with pytest.raises(UsageError) as error:
        find_question(id)
    assert line in str(error.value)


def test_a_question_finds_its_assignment():
    assert (find_question("3.5")[0].name, find_question("3.5")[1]) == ("03_numpy_net", "03.5")
    assert find_question("03.5", "03_numpy_net")[1] == "03.5"


def test_files_of_other_assignments_decide_nothing(tmp_path):
    folder, common = tmp_path / "03_net", tmp_path / "common"
    (folder / "tests").mkdir(parents=True)
    common.mkdir()
    (folder / "tests" / "test_public.py").write_text("from common.two_layer import Inputs\n")
    (common / "two_layer.py").write_text("from common import sizes\n")
    (common / "sizes.py").write_text("M = 7\n")
    before = load(folder, RIGHT).fingerprint
    (common / "keras_models.py").write_text("x = 1\n")
    assert load(folder, RIGHT).fingerprint == before
    (common / "sizes.py").write_text("M = 11\n")
    assert load(folder, RIGHT).fingerprint != before
