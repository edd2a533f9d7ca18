"""A class on a cluster: a scheduler of Dask and its workers, all of them on this machine and real."""

from __future__ import annotations

import os
import signal
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace

import pytest

from autograder.assignment.definition import find_assignment
from autograder.cluster import errand, graders
from autograder.cluster.graders import ClusterGraders
from autograder.cluster.parcel import Parcel
from autograder.defaults import DEFAULT_SEED
from autograder.engine.classes import Plan
from autograder.errors import UsageError
from autograder.handin.submissions import Submission
from tests.grading.dask_cluster import Cluster
from tests.grading.program import ROOT, SIGMOID, SLOW, Program, results, wait_for

pytestmark = pytest.mark.turns(4)


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    one = Cluster(tmp_path_factory.mktemp("cluster"))
    one.add_workers(2)
    yield one
    one.close()


@pytest.fixture
def program(tmp_path: Path, bank03: None) -> Program:
    return Program(tmp_path)


@pytest.fixture
def handed_in(tmp_path: Path) -> Path:
    folder = tmp_path / "handed_in"
    folder.mkdir()
    for number in range(6):
        (folder / f"student{number}.py").write_text(SLOW + SIGMOID)
    (folder / "twice.py").write_text(
        SIGMOID + "\ndef mse_loss(Y_hat, Y):\n    return 2 * ((Y_hat - Y) ** 2).sum() / len(Y)\n"
    )
    (folder / "hostile.py").write_text("import os\nos.environ.clear()\nos._exit(3)\n")
    (folder / "latin.py").write_bytes("# größe\n".encode("latin-1") + SIGMOID.encode())
    (folder / "nothing.py").write_bytes(b"")
    return folder


def test_a_cluster_gives_the_bytes_of_one_machine(program, cluster, handed_in, tmp_path):
    for output, where in (("here", ("--workers", "1")), ("there", ("--cluster", cluster.address))):
        status, _, error = program.run(
            "grade", "03", handed_in, "--output", tmp_path / output, *where, "--seed", 7, "--device", "cpu"
        )
        assert status == 0, error
    here, there = results(tmp_path / "here"), results(tmp_path / "there")
    assert len(here) == 10 and here == there
    assert "twice" in here["twice"]
    # the solution has gone from where it was graded
    assert not list(cluster.folder.rglob("solution.py"))


def test_a_worker_that_is_killed_costs_its_submission_a_retry(program, cluster, handed_in, tmp_path):
    output = tmp_path / "out"
    process = program.start("grade", "03", handed_in, "--output", output, "--cluster", cluster.address, "--seed", 7)
    wait_for(output, 1)
    cluster.workers[0].kill()
    out, error = process.communicate(timeout=180)
    assert process.returncode == 0, error
    assert "Traceback" not in out + error
    program.run("grade", "03", handed_in, "--output", tmp_path / "here", "--workers", 1, "--seed", 7)
    assert results(output) == results(tmp_path / "here")
    with sqlite3.connect(output / "gradebook.sqlite") as database:
        counts = database.execute("SELECT count(*) FROM gradings GROUP BY student").fetchall()
    assert counts == [(1,)] * 10


def test_a_stopped_run_goes_on_and_leaves_nothing_to_do(program, cluster, handed_in, tmp_path):
    output = tmp_path / "out"
    command = ("grade", "03", handed_in, "--output", output, "--cluster", cluster.address, "--seed", 7)
    process = program.start(*command)
    wait_for(output, 1)
    process.send_signal(signal.SIGINT)
    out, error = process.communicate(timeout=60)
    assert process.returncode == 130 and "Traceback" not in out + error, error
    status, out, _ = program.run(*command)
    assert status == 0 and "are graded already" in out
    assert len(results(output)) == 10


def test_what_the_cluster_lacks_is_one_line(program, handed_in, tmp_path, monkeypatch):
    status, _, error = program.run(
        "grade", "03", handed_in, "--output", tmp_path / "out", "--cluster", "tcp://127.0.0.1:1"
    )
    assert status == 2 and "no Dask scheduler answers at tcp://127.0.0.1:1" in error and error.count("\n") <= 3
    monkeypatch.setattr(graders, "_FIRST", 0.5)
    folder = tmp_path / "cluster"
    folder.mkdir()
    other = Cluster(folder)
    try:
        with pytest.raises(UsageError, match="no worker has come"):
            ClusterGraders(other.address)
        (folder / "sitecustomize.py").write_text("import autograder\nautograder.__version__ = '0.0.7'\n")
        other.add_workers(1, PYTHONPATH=f"{folder}{os.pathsep}{ROOT}")
        monkeypatch.setattr(graders, "_FIRST", 60.0)
        with pytest.raises(UsageError, match=r"has autograder 0\.0\.7, this machine has autograder"):
            ClusterGraders(other.address)
    finally:
        other.close()
    for nonsense in ("nonsense", "http://127.0.0.1:8786", "tcp://127.0.0.1", "tcp://lab:port", ""):
        with pytest.raises(UsageError, match="expected the address of a Dask scheduler, such as tcp://lab-01:8786"):
            ClusterGraders(nonsense)


def test_nothing_stays_on_a_worker_whose_client_is_gone(bank03, tmp_path, monkeypatch):
    """Where the client was killed, nobody tells the worker; a further submission finds all of it again."""
    monkeypatch.setattr(errand, "_IDLE", 0.5)
    assignment = find_assignment("03")
    plan = Plan(assignment, 7, "cpu")
    one = errand.Errand(Parcel.of(assignment, DEFAULT_SEED), plan, "errand", is_encrypted=True)
    one.setup(SimpleNamespace(local_directory=str(tmp_path)))
    submission = Submission("ada", assignment.solution).with_contents()
    try:
        for _ in range(2):
            graded, reason = one.grade(submission)
            assert graded is not None and graded.result.is_perfect, reason
            assert list(tmp_path.rglob("test_hidden.py"))
            until = time.monotonic() + 30
            while list(tmp_path.iterdir()) and time.monotonic() < until:
                time.sleep(0.05)
            assert not list(tmp_path.iterdir())
    finally:
        one.teardown(SimpleNamespace())
