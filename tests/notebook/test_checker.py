"""The process that stays: what it answers, without a kernel."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.notebook.checker import Process
from tests.notebook.kernels import ROOT

SOLUTION = (ROOT / "assignments" / "03_numpy_net" / "solution.py").read_text("utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A student's copy."""
    folder = tmp_path / "assignments" / "03_numpy_net"
    shutil.copytree(ROOT / "assignments" / "03_numpy_net", folder)
    shutil.copytree(ROOT / "assignments" / "common", folder.parent / "common")
    (folder / "solution.py").unlink()
    (folder / "tests" / "test_hidden.py").unlink()
    return folder


@pytest.fixture
def checker(folder: Path) -> Iterator[Process]:
    process = Process(folder)
    yield process
    process.close()


def test_it_checks_files_as_well_and_stays_after_mistakes(checker, tmp_path):
    file = tmp_path / "net.py"
    file.write_text(SOLUTION, "utf-8")
    answer = checker.ask(file=str(file), questions=["03.4"])
    assert answer["text"].startswith("✓ 03.4") and answer["result"]["score"] == 1.25
    assert answer["html"].startswith("<div")
    assert "there is no question 03.44" in checker.ask(file=str(file), questions=["03.44"])["error"]
    file.write_text(SOLUTION.replace("/ len(Y))", "/ len(Y) ** 2)", 1), "utf-8")
    assert checker.ask(file=str(file), questions=["03.4"])["text"].startswith("✗ 03.4")
    file.unlink()
    gone = checker.ask(file=str(file), questions=["03.4"])
    assert gone["result"]["status"] == "unreadable" and "net.py cannot be read" in gone["text"]


def test_it_reads_the_assignment_again_when_that_was_changed(checker, folder, tmp_path):
    file = tmp_path / "net.py"
    file.write_text(SOLUTION, "utf-8")
    assert checker.ask(file=str(file), questions=["03.4"])["result"]["max_score"] == 1.25
    tests = folder / "tests" / "test_public.py"
    tests.write_text(
        tests.read_text("utf-8") + '\n\n@question("03.4", points=1)\ndef test_more(student):\n    """More."""\n'
    )
    assert checker.ask(file=str(file), questions=["03.4"])["result"]["max_score"] == 2.25
