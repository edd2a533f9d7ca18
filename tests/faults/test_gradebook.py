"""A gradebook that another program holds, or that is damaged, as one meets it on the command line."""

from __future__ import annotations

import os
import random
import sqlite3
import threading
from contextlib import closing

import pytest

from tests.faults.mixed import CLASS, PATIENCE, assert_undisturbed, command
from tests.grading.program import graded, wait_for

pytestmark = pytest.mark.turns(6)

GARBAGE = random.Random(3).randbytes(16384)


def test_a_second_run_is_refused_and_takes_nothing_from_the_first(program, tmp_path, undisturbed):
    first = program.start(*command(tmp_path, workers=1))
    wait_for(tmp_path / "out", 1)
    for arguments in (command(tmp_path), (*command(tmp_path), "--fresh"), (*command(tmp_path), "--only", "ada")):
        status, out, error = program.run(*arguments)
        assert (status, out) == (2, "")
        assert f"but process {first.pid} on host" in error and error.count("\n") == 1
    _, error = first.communicate(timeout=PATIENCE)
    assert first.returncode == 0, error
    assert_undisturbed(tmp_path / "out", undisturbed)


def test_a_program_that_holds_the_gradebook_for_a_while_is_waited_for(program, tmp_path, undisturbed):
    # such as one in which somebody looks at it
    process = program.start(*command(tmp_path, workers=1))
    wait_for(tmp_path / "out", 1)
    with closing(sqlite3.connect(tmp_path / "out" / "gradebook.sqlite", timeout=60, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")
        held = other.execute("SELECT count(*) FROM submissions").fetchone()
        # an event that nobody sets: a pause in which the run comes to where it has to wait
        threading.Event().wait(3.0)
        assert other.execute("SELECT count(*) FROM submissions").fetchone() == held
        assert held[0] < len(CLASS) and process.poll() is None
        other.execute("ROLLBACK")
    _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, error
    assert_undisturbed(tmp_path / "out", undisturbed)


DAMAGES = {
    "cut in the middle": lambda whole: whole[: len(whole) // 2],
    "cut within a page": lambda whole: whole[: len(whole) // 2 + 100],
    "cut within its first page": lambda whole: whole[:1000],
    "overwritten": lambda whole: whole[:4096] + GARBAGE + whole[4096 + len(GARBAGE) :],
    "of another kind": lambda whole: b"student,score\nada,40\n" * 500,
    "zeros": lambda whole: bytes(len(whole)),
}


@pytest.mark.parametrize("damage", DAMAGES)
@pytest.mark.parametrize("command_of", ["grade", "report"])
def test_a_damaged_gradebook_is_told_in_one_line_and_left_as_it_is(program, tmp_path, quiet_run, damage, command_of):
    output = tmp_path / "out"
    output.mkdir()
    path = output / "gradebook.sqlite"
    damaged = DAMAGES[damage]((quiet_run / "out" / "gradebook.sqlite").read_bytes())
    path.write_bytes(damaged)
    status, out, error = program.run(*(command(tmp_path) if command_of == "grade" else ("report", output)))
    assert (status, out) == (2, "")
    assert error.startswith("autograder: ") and error.count("\n") == 1
    assert str(path) in error and "move " in error
    assert path.read_bytes() == damaged, "it may be all that is left of the marks"
    assert {one.name for one in output.iterdir()} <= {"gradebook.sqlite", ".gradebook.sqlite.lock"}
    program.assert_nothing_left()


def test_a_gradebook_that_is_damaged_while_a_class_is_graded(program, tmp_path, undisturbed):
    output = tmp_path / "out"
    process = program.start(*command(tmp_path, workers=1))
    wait_for(output, 2)
    with closing(sqlite3.connect(output / "gradebook.sqlite", timeout=60, isolation_level=None)) as other:
        other.execute("BEGIN EXCLUSIVE")  # no write of the program's is in the middle of it
        os.truncate(output / "gradebook.sqlite", 8192)
    out, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2 and "Traceback" not in out + error, error
    line = error.strip().splitlines()[-1]
    assert line.startswith("autograder: ") and "malformed" in line and "move the file away and grade again" in line
    program.assert_nothing_left()
    # as the line says
    (output / "gradebook.sqlite").rename(tmp_path / "damaged.sqlite")
    status, _, error = program.run(*command(tmp_path))
    assert status == 0 and graded(output) == len(CLASS), error
    assert_undisturbed(output, undisturbed)
