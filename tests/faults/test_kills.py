"""`kill -9` at any moment, of any process: nothing is lost, graded twice, different, or left behind."""

from __future__ import annotations

import random
import subprocess
import time
from pathlib import Path

import psutil
import pytest

from tests.faults.mixed import CLASS, PATIENCE, Outcome, assert_undisturbed, command, found, gradings
from tests.grading.program import Program
from tests.slices import part_of

pytestmark = pytest.mark.skipif(not hasattr(psutil.Process, "rlimit"), reason="finds its victims as Linux has them")

VICTIMS = ("grader", "template", "student", "worker", "keeper")
RUNS = 2  # that are disturbed; one that is not comes after them


def kill_one(process: subprocess.Popen[str], kind: str, output: Path, moment: random.Random) -> bool:
    """Kills a process of this kind, a while after some more of the class is graded; False when there was none."""
    grader = psutil.Process(process.pid)
    wanted, delay = len(gradings(output)) + moment.randrange(4), moment.uniform(0.0, 0.6)
    while len(gradings(output)) < min(wanted, len(CLASS)) and process.poll() is None:
        time.sleep(0.02)
    time.sleep(delay)
    while process.poll() is None:
        victims = found(grader, kind)
        if victims:
            try:
                moment.choice(victims).kill()
                return True
            except psutil.NoSuchProcess:
                continue  # it ended by itself, a moment ago
        time.sleep(0.005)
    return False


@pytest.mark.slow
@pytest.mark.parametrize("number", part_of(range(50), few=1))
def test_a_kill_at_any_moment_changes_nothing(number: int, program: Program, tmp_path: Path, undisturbed: Outcome):
    moment, output = random.Random(number), tmp_path / "out"
    kinds = [VICTIMS[number % len(VICTIMS)], *(moment.choice(VICTIMS) for _ in range(RUNS - 1))]
    stands: list[tuple[str, str, str]] = []
    for kind in kinds:
        process = program.start(*command(tmp_path))
        has_killed = kill_one(process, kind, output, moment)
        out, error = process.communicate(timeout=PATIENCE)
        assert "Traceback" not in out + error, error
        assert process.returncode in ((-9, 0) if kind == "grader" and has_killed else (0, 2)), error
        if process.returncode == 2:
            # without a template nothing can be graded: it says so in one line, which says what to do
            assert error.strip().splitlines()[-1].startswith("autograder: "), error
        program.assert_nothing_left()
        now = gradings(output)
        assert now[: len(stands)] == stands, "something that was graded is lost"
        stands = now
    status, _, error = program.run(*command(tmp_path))
    assert status == 0, error
    assert gradings(output)[: len(stands)] == stands
    assert_undisturbed(output, undisturbed)
    program.assert_nothing_left()
