"""A machine that sleeps for a while, and clocks that jump: nobody loses a mark."""

from __future__ import annotations

import datetime
import os
import shutil
import signal
import threading

import psutil
import pytest

from tests.faults.mixed import PATIENCE, assert_undisturbed, command, gradings
from tests.grading.program import ROOT, wait_for

# A clock as the program's processes see it, jumped by so many seconds as a file says. Only root sets a machine's, and
# for everybody; a time namespace has clocks of its own for what has passed, and none for what time it is.
CLOCK = """
import datetime, time
from pathlib import Path

_time, _time_ns, _datetime = time.time, time.time_ns, datetime.datetime


def _jump():
    try:
        return float(Path({file!r}).read_text())
    except (OSError, ValueError):  # it is being written, or this is a student's process, which does not see it
        return 0.0


class _Jumped(_datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(time.time(), tz)


time.time = lambda: _time() + _jump()
time.time_ns = lambda: _time_ns() + int(_jump() * 1e9)
datetime.datetime = _Jumped
"""
YEAR = 365 * 86400


def all_of(process) -> list[psutil.Process]:
    """A program and everything below it, the parents first."""
    grader = psutil.Process(process.pid)
    return [grader, *grader.children(recursive=True)]


@pytest.fixture
def hurried(program, tmp_path):
    """The same assignment with limits that are soon over."""
    kit = tmp_path / "assignments" / "03_numpy_net"
    shutil.copytree(ROOT / "assignments" / "03_numpy_net", kit)
    shutil.copytree(ROOT / "assignments" / "common", kit.parent / "common")
    settings = kit / "assignment.toml"
    text = settings.read_text("utf-8").replace("seconds_per_question = 10", "seconds_per_question = 3")
    settings.write_text(text, "utf-8")
    return program


@pytest.mark.parametrize("how", ["as a terminal does", "as a machine does"])
def test_a_pause_of_the_whole_machine_costs_nobody_a_mark(hurried, tmp_path, undisturbed, how):
    output = tmp_path / "out"
    process = hurried.start(*command(tmp_path))
    for count in (1, 3):
        wait_for(output, count)
        if how == "as a terminal does":
            # the group alone: those that grade sleep, and what they have asked for goes on
            os.killpg(process.pid, signal.SIGSTOP)
        else:
            for one in all_of(process):
                one.suspend()
        # longer than a question may take: an event that nobody sets
        threading.Event().wait(4.0)
        if how == "as a terminal does":
            os.killpg(process.pid, signal.SIGCONT)
        else:
            # those that wait for an answer first, which is the worst order
            for one in all_of(process):
                one.resume()
    _, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, error
    hurried.assert_nothing_left()
    assert_undisturbed(output, undisturbed)


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
