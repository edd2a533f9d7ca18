"""`autograder hint`: one step further each time, remembered where that can be."""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.assignment.definition import Assignment
from autograder.cli.commands.hint import command as hint
from autograder.cli.hinting import next_hint, seen_hints

pytestmark = pytest.mark.turns(3)
ROOT = Path(__file__).parents[2]


@pytest.fixture
def course(tmp_path, monkeypatch):
    """A copy of an assignment with hints, and a cache of its own."""
    folder = tmp_path / "assignments" / "03_numpy_net"
    shutil.copytree(ROOT / "assignments" / "03_numpy_net", folder)
    text = '"03.5" = ["Which shape?", "Two products.", "A transposed factor."]\n'
    (folder / "hints.toml").write_text(text, "utf-8")
    monkeypatch.setenv("AUTOGRADER_ASSIGNMENTS", str(folder.parent))
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    return folder


def asked(*words):
    done = subprocess.run([sys.executable, "-m", "autograder", "hint", *words], capture_output=True, text=True)
    return done.returncode, done.stdout, done.stderr


def test_each_call_goes_one_step_further(course):
    assert asked("03.5") == (0, "03.5, hint 1 of 3\n  Which shape?\n`autograder hint 03.5` shows the next one.\n", "")
    assert "hint 2 of 3\n  Two products." in asked("03_numpy_net", "3.5")[1]
    assert asked("03.5")[1].endswith("  A transposed factor.\nThis was the last hint.\n")
    _, out, _ = asked("03.5")
    assert "hint 3 of 3" in out
    assert "There is no further hint. `autograder hint 03.5 --step 1` shows the first one again." in out
    assert "hint 1 of 3" in asked("03.5", "--step", "1")[1]
    # to look at the first again takes nothing back
    assert seen_hints(Assignment.load(course)) == {"03.5": 3}


@pytest.mark.parametrize(
    "words, line",
    [
        (["03.4"], "there are no hints for 03.4"),
        (["03.55"], "03_numpy_net has no question 03.55; did you mean 03.5?"),
        (["backward"], "expected the id of a question"),
        (["03.5", "--step", "4"], "expected a step from 1 to 3, received 4"),
        (["03", "net.py", "03.6"], "expected an assignment and a question's id"),
        (["03", "03.5", "03.6"], "hints are for one question at a time: autograder hint 03.5"),
        (["03.6", "03.5"], "hints are for one question at a time: autograder hint 03.6"),
        (["03.6,03.5"], "hints are for one question at a time: autograder hint 03.6"),
        (["99"], "expected the id of a question, such as 03.1, received '99'"),
    ],
)
def test_what_cannot_be_told_is_one_line(course, words, line):
    status, out, error = asked(*words)
    assert (status, out) == (2, "") and line in error and "Traceback" not in error


@pytest.mark.parametrize("content", ["", "[1]", "{", '{"03.5": "x"}', '{"03.5": 99}', "\xff"])
def test_whatever_lies_in_the_file_it_is_read(course, tmp_path, content):
    assignment = Assignment.load(course)
    path = tmp_path / "cache" / "hints" / "03_numpy_net.json"
    path.parent.mkdir(parents=True)
    path.write_text(content, "latin-1")
    assert 1 <= next_hint(assignment, "03.5").step <= 3
    assert json.loads(path.read_text("utf-8")) if content != '{"03.5": 99}' else True


def test_where_nothing_can_be_saved_the_hint_says_how_to_go_on(course, tmp_path, monkeypatch):
    blocked = tmp_path / "file"
    blocked.write_text("")
    monkeypatch.setenv("AUTOGRADER_CACHE", str(blocked))
    status, out, _ = asked("03.5")
    assert status == 0
    assert "Where you are cannot be saved here: `autograder hint 03.5 --step 2` shows the next." in out


def test_help_is_a_command_of_the_program():
    assert hint.name == "hint"
    done = subprocess.run([sys.executable, "-m", "autograder", "hint", "--help"], capture_output=True, text=True)
    assert "[ASSIGNMENT] ID" in done.stdout and "Hints cost no points" in done.stdout
