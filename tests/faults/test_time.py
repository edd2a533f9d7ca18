"""A machine that sleeps for a while, and clocks that jump: nobody loses a mark."""

from __future__ import annotations

import contextlib
import datetime
import os
import threading

import psutil
import pytest

from autograder.assignment.definition import find_assignment
from tests.faults.mixed import PATIENCE, assert_same_marks, assert_undisturbed, command, found, gradings
from tests.grading.program import ROOT, wait_for

pytestmark = pytest.mark.turns(6)

# A clock as the program's processes see it, jumped by so many seconds as a file says. Only root sets a machine's, and
# for everybody; a time namespace has clocks of its own for what has passed, and none for what time it is.
CLOCK = """
import datetime, sys, time
from pathlib import Path

_time, _time_ns, _datetime = time.time, time.time_ns, datetime.datetime


def _jump():
    try:
        return float(Path({file!r}).read_text())
    except (OSError, ValueError):  # it is being written
        return 0.0


class _Jumped(_datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)


# those that grade alone: libraries in C know the class of dates by its size
if "autograder.isolation.inside" not in " ".join(sys.orig_argv):
    time.time = lambda: _time() + _jump()
    time.time_ns = lambda: _time_ns() + int(_jump() * 1e9)
    datetime.datetime = _Jumped
"""
YEAR = 365 * 86400
LIMIT = find_assignment("03").limits.seconds_per_question


def pause(grader: psutil.Process, is_everything: bool) -> list[psutil.Process]:
    """Stops a grader and its workers, or everything below it as well; gives back what was stopped, in that order."""
    paused: list[psutil.Process] = []
    while True:
        below = grader.children(recursive=True) if is_everything else found(grader, "worker")
        # one of them may have started another meanwhile
        new = [one for one in (grader, *below) if one not in paused]
        if not new:
            return paused
        for one in new:
            with contextlib.suppress(psutil.NoSuchProcess):  # it has ended by itself
                one.suspend()
        paused += new


@pytest.mark.parametrize("how", ["a job in a terminal", "a whole machine"])
def test_a_pause_longer_than_a_limit_costs_nobody_a_mark(program, tmp_path, undisturbed, how):
    output = tmp_path / "out"
    process = program.start(*command(tmp_path))
    wait_for(output, 2)
    # the group alone: those that grade sleep, and what they have asked for goes on; or everything, with those that wait
    # for an answer awake first, which is the worst order
    paused = pause(psutil.Process(process.pid), is_everything=how == "a whole machine")
    threading.Event().wait(LIMIT + 1.0)  # that nobody sets
    for one in paused:
        with contextlib.suppress(psutil.NoSuchProcess):
            one.resume()
    _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, error
    program.assert_nothing_left()
    assert_same_marks(output, undisturbed)


@pytest.mark.parametrize("jump", [YEAR, -YEAR], ids=["forwards", "backwards"])
def test_a_clock_that_jumps_changes_nothing_but_dates(program, tmp_path, undisturbed, jump):
    output, file = tmp_path / "out", tmp_path / "jump"
    file.write_text("0")
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(CLOCK.format(file=str(file)))
    program.environment["PYTHONPATH"] = os.pathsep.join((str(tmp_path / "site"), str(ROOT)))
    process = program.start(*command(tmp_path, workers=1))
    wait_for(output, 2)
    file.write_text(str(jump))
    _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, error
    years = [datetime.datetime.fromisoformat(when).year for _, when, _ in gradings(output)]
    this_year = datetime.datetime.now().year
    assert years[0] == this_year and abs(years[-1] - this_year) == 1, "the clock has not jumped"
    assert_undisturbed(output, undisturbed)
    # and a run that begins in another year than the marks are of
    file.write_text(str(-jump))
    status, out, error = program.run(*command(tmp_path))
    assert status == 0 and "8 of 8 are graded already and unchanged" in out, error
    assert_undisturbed(output, undisturbed)


def test_files_of_the_future_are_graded_as_any(program, tmp_path, undisturbed):
    # a machine whose clock was wrong when they were written
    for path in (tmp_path / "handed_in").iterdir():
        os.utime(path, (2**32, 2**32))
    status, _, error = program.run(*command(tmp_path))
    assert status == 0, error
    assert_undisturbed(tmp_path / "out", undisturbed)
