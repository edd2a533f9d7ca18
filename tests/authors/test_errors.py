"""What authors get wrong, each tried on a small assignment: `autograder build` says where, and what there is.

The program itself runs, in this process. `--check` writes nothing and makes no bank, and looks at the same things.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from autograder.cli.program import program, run
from tests.authors.errors import ERRORS, HIDDEN, HINTS, PROBLEMS, PUBLIC, SOLUTION, TOML, Error

pytestmark = pytest.mark.turns(4)
HERE = Path(__file__).parent
COMMON = HERE.parents[1] / "assignments" / "common"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    """A copy of the assignment, in a course of its own."""
    # pytest takes a file of tests from memory where another one of its name was there before
    for name in [name for name in sys.modules if name.split(".")[0] == "20_line"]:
        monkeypatch.delitem(sys.modules, name)
    monkeypatch.setenv("COLUMNS", "400")
    folder = tmp_path / "assignments" / "20_line"
    shutil.copytree(HERE / "20_line", folder, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(COMMON, folder.parent / "common", ignore=shutil.ignore_patterns("__pycache__"))
    monkeypatch.chdir(folder)
    return folder


def build(folder: Path, capsys: pytest.CaptureFixture[str], *options: str) -> tuple[int, list[str]]:
    """The exit status, and the lines on standard error."""
    status = run(lambda: program.main(["build", str(folder), *options], "autograder", standalone_mode=False))
    told = capsys.readouterr()
    assert "Traceback" not in told.out + told.err and "a mistake of this program" not in told.err
    return status, told.err.replace(f"{folder.parent}/", "../").splitlines()


def named(name: str) -> Error:
    return next(error for error in ERRORS if error.name == name)


@pytest.mark.parametrize("error", ERRORS, ids=[error.name for error in ERRORS])
def test_an_authors_error_is_told(folder, capsys, error: Error):
    error.make(folder)
    status, lines = build(folder, capsys, "--check")
    (line,) = [line for line in lines if line.startswith(f"{error.at}:")][:1] or [""] if error.at else lines[:1]
    assert line, "\n".join(["nothing there, but:", *lines])
    assert not [words for words in error.says if words not in line], line
    is_warning = ": warning: " in line
    assert status == 2 or is_warning
    # what is a test's mistake is nobody else's
    if error.file.startswith("tests/") and error.also is None and not is_warning:
        assert not [line for line in lines if line.startswith("solution.py") and "the heading of" not in line], lines


def test_all_of_them_are_told_at_once(folder, capsys):
    for name in ("memory-negative", "hints-two", "after-unknown", "words-of-no-size", "solution-imports-nothing"):
        named(name).make(folder)
    status, lines = build(folder, capsys, "--check")
    assert status == 2 and lines[-1] == "autograder: 5 mistakes in 20_line; nothing was written"
    assert {line.partition(":")[0] for line in lines[:-1]} == {TOML, HINTS, PUBLIC, PROBLEMS, SOLUTION}


def test_what_needs_a_due_date_is_not_told_where_a_wrong_one_stands(folder, capsys):
    text = (folder / TOML).read_text("utf-8")
    late = 'due = "31.12.2026"\ntime_zone = "Europe/Berlin"\n\n[late]\npercent_per_day = 10\n'
    (folder / TOML).write_text(text.replace("\n[course]", f"{late}\n[course]"), "utf-8")
    _, lines = build(folder, capsys, "--check")
    assert len(lines) == 2 and "expected due to be" in lines[0], lines


def test_two_tests_with_mistakes_are_both_told(folder, capsys):
    for name in ("exception-zero", "hidden-unknown-fixture"):
        named(name).make(folder)
    _, lines = build(folder, capsys, "--check")
    assert {line.partition(":")[0] for line in lines[:-1]} == {PUBLIC, HIDDEN}


def test_another_command_tells_the_first_and_how_many_more(folder, capsys):
    for name in ("memory-negative", "seconds-negative"):
        named(name).make(folder)
    status = run(lambda: program.main(["check", str(folder)], "autograder", standalone_mode=False))
    told = capsys.readouterr().err
    assert status == 2 and told.count("\n") == 1
    assert "assignment.toml:4: expected seconds_per_question" in told and "1 more, which `autograder build`" in told


def test_nothing_is_written_where_something_is_wrong(folder, capsys):
    (folder / "starter.py").write_text("mine\n", "utf-8")
    named("points-negative").make(folder)
    assert build(folder, capsys)[0] == 2
    assert (folder / "starter.py").read_text("utf-8") == "mine\n" and not (folder / "expected").exists()


def test_what_is_right_has_nothing_to_tell(folder, capsys):
    status, lines = build(folder, capsys, "--check")
    assert status == 1 and lines == []  # 1: nothing is built yet


def test_generated_files_that_are_damaged_are_told_and_made_again(folder):
    def built(*options: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "autograder", "build", str(folder), *options]
        done = subprocess.run(command, capture_output=True, text=True, cwd=HERE.parents[1])
        return done.returncode, done.stdout + done.stderr

    assert built()[0] == 0 and built("--check")[0] == 0
    starter, expected = folder / "starter.py", folder / "expected" / "public.json"
    bank, whole = (folder / "expected" / name for name in ("bank.bin", "whole_bank.json.gz"))
    right = {path: path.read_bytes() for path in (starter, expected)}
    starter.write_text(starter.read_text("utf-8") + "# mine\n", "utf-8")
    expected.write_bytes(b"\xff{")
    bank.write_bytes(bank.read_bytes()[:-9])
    whole.write_bytes(whole.read_bytes()[:-9])
    status, told = built("--check")
    assert status == 1 and all(f"out of date: {path};" in told for path in (starter, expected, bank, whole))
    assert built()[0] == 0 and built("--check")[0] == 0
    assert {path: path.read_bytes() for path in right} == right
