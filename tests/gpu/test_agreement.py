"""The comparison with a card, tried where there is none: the processor against itself, and a verdict that differs."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from autograder.isolation.host.devices import cards
from tests.gpu.agreement import HARMFUL, differences, harmful

pytestmark = pytest.mark.turns(4)
SCRIPT = Path(__file__).with_name("agreement.py")


def run(*arguments: object) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, str(SCRIPT), *map(str, arguments)], capture_output=True, text=True)


def test_the_processor_agrees_with_itself(tmp_path):
    page = tmp_path / "page.md"
    done = run("--device", "cpu", "--only", "04", "--few", 1, "--workers", 2, "--write", page)
    assert done.returncode == 0, done.stdout + done.stderr
    row = next(line for line in page.read_text("utf-8").splitlines() if line.startswith("| 04_tape_net"))
    assert [part.strip() for part in row.split("|")[1:4]] == ["04_tape_net", "3", "0"]


@pytest.mark.skipif(bool(cards()), reason="this machine has a card")
def test_no_card_is_told_with_what_is_needed():
    done = run("--device", "gpu:0")
    lines = done.stderr.strip().splitlines()
    assert done.returncode == 2 and "there is no gpu:0 on this machine" in lines[0]
    assert lines[1].startswith("TensorFlow ") and "no driver of NVIDIA's answers" in lines[2]


def test_a_verdict_that_differs_is_told_with_both():
    right = {"ada": {"": ("graded", 4.0), "04.1": ("passed", 4.0)}}
    received = {"ada": {"": ("graded", 3.0), "04.1": ("failed", 3.0)}}
    assert differences("gpu:0, 1 worker", right, right) == []
    told = differences("gpu:0, 1 worker", right, received)
    assert told[1] == "ada 04.1: passed 4.0 on the processor, failed 3.0 with gpu:0, 1 worker" and len(told) == 2


def test_who_harms_the_card_is_followed_by_who_must_lose_nothing(tmp_path):
    found = harmful(tmp_path / "class", "x = 1\n")
    assert len(found) == 2 * len(HARMFUL)
    for one in found:
        compile(one.path.read_text("utf-8"), one.student, "exec")
