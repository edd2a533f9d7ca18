"""What a class is asked is drawn for each run: nobody can hand in answers to what is known."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.cli.commands.grade import grade_folder
from autograder.defaults import DEFAULT_SEED
from autograder.handin.submissions import HandedIn, find_submissions
from autograder.marks.rules import Rules
from autograder.records.gradebook import Gradebook
from autograder.records.listing import Listing

pytestmark = pytest.mark.turns(2)

ROOT = Path(__file__).parents[2]
RIGHT = ROOT / "tests" / "rewrites" / "03_numpy_net" / "einsum.py"
SIGMOID_FLIPPED = "import numpy as np\ndef sigmoid(Z):\n    return 1 / (1 + np.exp(Z))\n"


@pytest.fixture
def folder(tmp_path, bank03):
    folder = tmp_path / "class"
    folder.mkdir()
    shutil.copy(RIGHT, folder / "ada.py")
    (folder / "ben.py").write_text(SIGMOID_FLIPPED)
    shutil.copy(ROOT / "tests" / "attacks" / "03_numpy_net" / "public_table.py", folder / "table.py")
    return folder


def graded(folder, **options):
    handed_in = find_submissions(folder, "03_numpy_net.py")
    found = grade_folder(find_assignment("03"), handed_in, folder.parent / "grades", 2, "cpu", **options)
    return {result.student: result for result in found}


def test_who_hands_in_again_is_asked_something_else(folder):
    first = graded(folder)
    (seed,) = {result.seed for result in first.values()}
    assert seed != DEFAULT_SEED
    assert first["ada"].is_perfect and first["table"].score == 0
    # unchanged: nothing is graded, and what was drawn stays
    assert graded(folder) == first
    (folder / "ben.py").write_text(RIGHT.read_text("utf-8"))
    second = graded(folder)
    assert second["ben"].is_perfect and second["ben"].seed not in (seed, DEFAULT_SEED)
    assert second["ada"] == first["ada"]
    for page in (folder.parent / "grades" / "report").glob("*.html"):
        assert not any(str(one.seed) in page.read_text("utf-8") for one in second.values())


def test_causes_are_found_whatever_the_seed(folder):
    row = graded(folder)["ben"].questions[0]
    assert row.outcome == "failed" and row.diagnosis is not None and row.diagnosis.code == "sign"


def test_seed_that_was_asked_for_is_used(folder):
    assert {result.seed for result in graded(folder, seed=7).values()} == {7}


def test_run_that_was_stopped_goes_on_with_its_seed(folder):
    path = folder.parent / "gradebook.sqlite"
    result = graded(folder)["ben"]
    with Gradebook(path) as gradebook:
        seed = gradebook.begin_run(["ben", "ada"])
        gradebook.record(replace(result, seed=seed), "as it was")
        assert gradebook.begin_run(["ada"]) == seed
    with Gradebook(path) as gradebook:
        assert gradebook.begin_run(["ada"]) == seed
        # who was graded on it is not graded on it again
        other = gradebook.begin_run(["ada", "ben"])
        assert other != seed and gradebook.begin_run(["ada"]) == other
        gradebook.conclude(Listing(HandedIn("folder", []), "basis"), Rules())
        assert gradebook.begin_run(["ada"]) not in (seed, other)
