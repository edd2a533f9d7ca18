"""A small class of all kinds of submissions, and what comes of it when nothing disturbs its grading."""

from __future__ import annotations

import contextlib
import os
import signal
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.faults.mixed import Outcome, command, outcome, write_class
from tests.grading.conftest import Room, banks_folder, room03, rooms, templates
from tests.grading.program import Program

__all__ = ["banks_folder", "room03", "rooms", "templates"]


@pytest.fixture(scope="session")
def quiet_run(rooms: Callable[[str], Room], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a class that nothing has disturbed: graded once, in `out`."""
    assert rooms("03_numpy_net").bank.mutants  # no run waits while another makes the bank
    folder = tmp_path_factory.mktemp("undisturbed")
    write_class(folder / "handed_in")
    program = Program(folder)
    status, _, error = program.run(*command(folder))
    assert status == 0, error
    program.assert_nothing_left()
    return folder


@pytest.fixture(scope="session")
def undisturbed(quiet_run: Path) -> Outcome:
    """What comes of the class."""
    return outcome(quiet_run / "out")


@pytest.fixture
def program(tmp_path: Path, undisturbed: Outcome) -> Iterator[Program]:
    """The program, in a folder that holds the class; what a test that fails leaves running is ended."""
    write_class(tmp_path / "handed_in")
    program = Program(tmp_path)
    yield program
    for number in program.processes():
        with contextlib.suppress(OSError):
            os.kill(number, signal.SIGKILL)
