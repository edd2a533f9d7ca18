"""A disk that is full: one clear line, what is graded is safe, and with more room the same command goes on."""

from __future__ import annotations

import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.faults.disk import SmallDisk, small_disk, why_not
from tests.faults.mixed import CLASS, PATIENCE, Outcome, assert_undisturbed, command, gradings
from tests.grading.program import Program, graded, wait_for

pytestmark = pytest.mark.turns(6)


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[SmallDisk]:
    """A small disk."""
    if reason := why_not(tmp_path / "small"):
        pytest.skip(reason)
    with small_disk(tmp_path / "small") as disk:
        yield disk


def line_of(error: str) -> str:
    """The line with which the program ended, after its progress and warnings."""
    line = error.strip().splitlines()[-1]
    assert line.startswith("autograder: "), error
    return line


def goes_on(program: Program, disk: SmallDisk, tmp_path: Path, undisturbed: Outcome) -> None:
    """With room again, the same command grades what is left, and nothing twice."""
    output = disk.folder / "out"
    before = gradings(output)
    disk.free()
    status, _, error = program.run(*command(tmp_path, "small/out"))
    assert status == 0, error
    assert gradings(output)[: len(before)] == before
    assert_undisturbed(output, undisturbed)
    program.assert_nothing_left()


@pytest.mark.parametrize("kilobytes", [0, 40])
def test_without_room_for_a_gradebook_nothing_begins(program, disk, tmp_path, undisturbed, kilobytes):
    disk.leave(kilobytes)
    status, _, error = program.run(*command(tmp_path, "small/out"))
    assert status == 2
    line = line_of(error)
    assert "gradebook.sqlite" in line and ("full" in line or "No space left" in line)
    program.assert_nothing_left()
    goes_on(program, disk, tmp_path, undisturbed)


def test_a_disk_that_fills_up_while_a_class_is_graded(program, disk, tmp_path, undisturbed):
    output = disk.folder / "out"
    process = program.start(*command(tmp_path, "small/out", workers=1))
    wait_for(output, 2)
    disk.leave(0)
    out, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2 and "Traceback" not in out + error, error
    line = line_of(error)
    assert "gradebook.sqlite" in line and "full" in line
    program.assert_nothing_left()
    assert 2 <= graded(output) < len(CLASS)
    goes_on(program, disk, tmp_path, undisturbed)


def test_without_room_for_the_pages_the_marks_are_safe(program, disk, tmp_path, undisturbed):
    status, _, error = program.run(*command(tmp_path, "small/out"))
    assert status == 0, error
    before = gradings(disk.folder / "out")
    for name in ("results", "report"):
        shutil.rmtree(disk.folder / "out" / name)
    # the marks are noted again, which takes a little for a while; the pages take more
    disk.leave(120)
    status, _, error = program.run(*command(tmp_path, "small/out"))
    assert status == 2
    assert "No space left on device; the marks are safe in" in line_of(error)
    assert gradings(disk.folder / "out") == before
    goes_on(program, disk, tmp_path, undisturbed)


def test_without_room_for_temporary_files_nobody_loses_a_mark(program, disk, tmp_path, undisturbed):
    # the disk holds what the program makes for a while, and the folder of the marks is elsewhere
    program.scratch = disk.folder / "tmp"
    program.scratch.mkdir()
    program.environment["TMPDIR"] = str(program.scratch)
    process = program.start(*command(tmp_path, workers=1))
    wait_for(tmp_path / "out", 2)
    while process.poll() is None:
        disk.fill()  # what is freed meanwhile is taken as well
        time.sleep(0.002)
    out, error = process.communicate(timeout=PATIENCE)
    assert process.returncode == 2 and "Traceback" not in out + error, error
    assert "No space left on device" in line_of(error) and "TMPDIR" in line_of(error)
    before = gradings(tmp_path / "out")
    assert 2 <= len(before) < len(CLASS)
    disk.free()
    status, _, error = program.run(*command(tmp_path))
    assert status == 0, error
    assert gradings(tmp_path / "out")[: len(before)] == before
    assert_undisturbed(tmp_path / "out", undisturbed)
    program.assert_nothing_left()
