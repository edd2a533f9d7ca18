"""Of several runs at once one makes an assignment's bank of wrong answers, and the others read it."""

from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time

import pytest

from autograder.assignment.definition import find_assignment
from autograder.cli import banks, console
from autograder.defaults import DEFAULT_SEED
from autograder.explain.mutation.bank import Bank
from autograder.explain.mutation.kept import cached, keep, only_in_cache, path_of_bank

HOLDER = """
import sys
from pathlib import Path
from autograder.records.lock import FileLock
FileLock(Path(sys.argv[1])).acquire()
print("held", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def holder(tmp_path, monkeypatch):
    """Another process that makes the bank of `03_numpy_net`."""
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path))
    command = [sys.executable, "-c", HOLDER, str(tmp_path / ".03_numpy_net.lock")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:
        assert process.stdout.readline() == b"held\n"
        yield process
        process.kill()


def test_a_run_reads_the_bank_that_another_makes_meanwhile(holder, capsys):
    assignment = find_assignment("03")

    def finish():
        time.sleep(1)
        keep(Bank(complaints=["made by the other"]), assignment, 7)
        holder.stdin.close()

    other = threading.Thread(target=finish)
    console.console.cache_clear()
    other.start()
    bank = banks.bank_of(assignment, None, 7)  # without processes to make one in
    other.join()
    console.console.cache_clear()
    assert bank.complaints == ["made by the other"]
    waiting, complaint = capsys.readouterr().err.splitlines()
    assert waiting.startswith(f"waiting for process {holder.pid} on host ") and complaint == "made by the other"


def test_a_run_does_not_wait_for_ever(holder, monkeypatch):
    monkeypatch.setattr(banks, "_PATIENCE", 0.1)
    with banks._alone("03_numpy_net"):
        pass


def test_a_folder_that_cannot_be_written_is_no_obstacle(tmp_path, monkeypatch):
    (tmp_path / "file").touch()
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "file" / "cache"))
    with banks._alone("03_numpy_net"):
        pass


def test_a_bank_goes_where_the_assignment_goes_once(tmp_path, monkeypatch):
    """Beside the assignment, or from the cache: that of another seed, and that of an author who has not built yet."""
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    shipped = find_assignment("03_numpy_net")
    bank = cached(shipped, DEFAULT_SEED)
    assert bank is not None and only_in_cache(shipped, 7) is None
    for seed in (DEFAULT_SEED, 7):
        keep(bank, shipped, seed)
    assert only_in_cache(shipped, DEFAULT_SEED) is None
    assert only_in_cache(shipped, 7) == path_of_bank(shipped, 7)

    above = tmp_path / "assignments"
    shutil.copytree(shipped.folder.parent / "common", above / "common")
    shutil.copytree(shipped.folder, above / shipped.name, ignore=shutil.ignore_patterns("whole_bank*"))
    unbuilt = find_assignment(str(above / shipped.name))
    assert only_in_cache(unbuilt, DEFAULT_SEED) == path_of_bank(unbuilt, DEFAULT_SEED)
