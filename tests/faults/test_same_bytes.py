"""The same submission gives the same bytes: alone, among others, in any order, with any workers, in one go or not."""

from __future__ import annotations

import os
import random
import signal
from pathlib import Path

import pytest

from tests.faults.mixed import CLASS, PATIENCE, Outcome, assert_undisturbed, command, gradings, outcome
from tests.grading.program import Program, results, wait_for
from tests.slices import part_of

pytestmark = pytest.mark.turns(6)


def assert_same(output: Path, names: dict[str, str], undisturbed: Outcome) -> None:
    """Results of students who are called otherwise are those of the class, but for the names in them."""
    found = results(output)
    assert sorted(found) == sorted(names)
    for name, known_as in names.items():
        assert found[name].replace(name, known_as) == undisturbed[known_as]


@pytest.mark.parametrize("workers", [1, 8])
def test_any_number_of_workers(program: Program, tmp_path: Path, undisturbed: Outcome, workers: int):
    # the class that it is compared with was graded by two
    status, _, error = program.run(*command(tmp_path, workers=workers))
    assert status == 0, error
    assert_undisturbed(tmp_path / "out", undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("number", part_of(range(14), few=1))
def test_any_order_and_company(program: Program, tmp_path: Path, undisturbed: Outcome, number: int):
    # names decide about the order, and who is in the folder about the company; some are there twice
    drawn = random.Random(number)
    folder = tmp_path / "shuffled"
    folder.mkdir()
    known_as = drawn.choices(sorted(CLASS), k=drawn.randint(2, 12))
    names = {f"{drawn.choice('abyz')}-student-{place:02}": one for place, one in enumerate(known_as)}
    for name, one in names.items():
        (folder / f"{name}.py").write_text(CLASS[one], "utf-8")
    status, _, error = program.run(
        *command(tmp_path, workers=drawn.choice([1, 2, 3, 8]), handed_in="shuffled"),
    )
    assert status == 0, error
    assert_same(tmp_path / "out", names, undisturbed)


@pytest.mark.slow
@pytest.mark.parametrize("name", part_of(sorted(CLASS), few=1))
def test_alone(program: Program, tmp_path: Path, undisturbed: Outcome, name: str):
    for other in (tmp_path / "handed_in").glob("*.py"):
        if other.stem != name:
            other.unlink()
    status, _, error = program.run(*command(tmp_path))
    assert status == 0, error
    found = outcome(tmp_path / "out")
    assert found[name] == undisturbed[name]
    header, row = found["gradebook.csv"].splitlines()
    assert row in undisturbed["gradebook.csv"].splitlines()
    assert undisturbed["gradebook.csv"].startswith(header)


@pytest.mark.parametrize("how", ["SIGINT", "SIGTERM", "SIGHUP"])
def test_cancelled_and_resumed(program: Program, tmp_path: Path, undisturbed: Outcome, how: str):
    # Ctrl-C, a machine that is shut down, and a terminal that is closed
    output, done = tmp_path / "out", []
    for count in (1, 3):
        process = program.start(*command(tmp_path, workers=1))
        wait_for(output, count)
        os.killpg(process.pid, getattr(signal, how))
        out, error = process.communicate(timeout=PATIENCE)
        assert process.returncode in (130, -getattr(signal, how)), error
        assert "Traceback" not in out + error, error
        program.assert_nothing_left()
        assert gradings(output)[: len(done)] == done
        done = gradings(output)
        assert count <= len(done) < len(CLASS)
    status, out, error = program.run(*command(tmp_path, workers=8))
    assert status == 0 and f"{len(done)} of 8 are graded already and unchanged" in out, error
    assert_undisturbed(output, undisturbed)
    program.assert_nothing_left()
