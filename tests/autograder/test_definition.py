"""assignment.toml: every mistake in it is one line with its place, and tfkit is closed but for what is opened."""

from __future__ import annotations

import subprocess
import sys

import pytest

from autograder.assignment.definition import Assignment, find_assignment
from autograder.errors import UsageError

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
        ('title = "T"\n', "framework is missing"),
    ],
)
def test_mistake_is_one_line_with_its_place(tmp_path, text, line):
    with pytest.raises(UsageError) as error:
        load(tmp_path, text)
    said = str(error.value)
    assert line in said and "assignment.toml" in said and "\n" not in said


def test_all_of_tfkit_is_closed_but_what_is_opened(tmp_path):
    closed = load(tmp_path, RIGHT).without
    assert {"tfkit.nets", "tfkit.data", "tfkit.plots"} <= set(closed)
    assert set(closed) - set(load(tmp_path, RIGHT + 'tfkit = ["data"]\n').without) == {"tfkit.data"}


@pytest.mark.parametrize("name", ["03_numpy_net", "04_tape_net", "10_search"])
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
