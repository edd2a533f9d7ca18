"""A new assignment is complete: it builds, is audited, tried, released and graded, wherever its author works."""

from __future__ import annotations

import csv
import os
import re
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from autograder.authoring.skeleton import FRAMEWORKS, checked_name, skeleton, write_skeleton
from autograder.errors import UsageError
from autograder.explain.mutation.equivalence import equivalents
from tests.slices import part_of

pytestmark = pytest.mark.turns(4)
ROOT = Path(__file__).parents[2]


@pytest.mark.slow
@pytest.mark.parametrize("framework", part_of(FRAMEWORKS, few=1))
def test_skeleton_goes_all_the_way(tmp_path, installed, framework):
    home = tmp_path / "a new course"
    home.mkdir()
    status, out = installed(home, "new", "13_first_try", "--framework", framework)
    assert status == 0 and "autograder build 13_first_try\nHow: " in out
    folder = home / "assignments" / "13_first_try"
    status, out = installed(home, "build", "13")
    assert status == 0 and out.startswith("13_first_try: the solution earns full marks, the starter none\n")
    # the notebook's text as a script: with pictures of what is there, and a line in place of each that is not yet
    for name, told in (("solution.py", r"^(The|After) .+\.$"), ("starter.py", r"13\.1")):
        done = subprocess.run(
            [sys.executable, folder / name],
            capture_output=True,
            text=True,
            cwd=tmp_path,
            env={**os.environ, "MPLBACKEND": "Agg", "PYTHONPATH": str(ROOT)},
        )
        assert done.returncode == 0 and re.search(told, done.stdout.strip()), done.stdout + done.stderr
    status, out = installed(home, "audit", "13")
    caught, mistakes = re.match(r"(\d+) of (\d+) mistakes are caught", out).groups()
    assert status == 0 and caught == mistakes and int(mistakes) > 10
    # no word about a test that nobody needs, a question that is not tried, or a tolerance without room
    assert not re.search("needed|nothing is known|little room|not audited", out) and "\n0 cost less" in out
    status, out = installed(home, "try", "13", "--seeds", "2")
    assert status == 0 and "3 of 3 right answers earn full marks, 2 of 2 wrong ones lose some, the cause of 2" in out
    assert installed(home, "release", "13", "--output", home)[0] == 0
    with zipfile.ZipFile(home / "13_first_try.zip") as archive:
        names = archive.namelist()
        archive.extractall(tmp_path / "student")
    assert not [name for name in names if re.search("solution|hidden|operators|rewrite|mistake", name)]
    status, out = installed(tmp_path / "student" / "13_first_try", "check", "13")
    assert status == 1 and "Not begun: 13.1." in out
    handed_in = home / "handed_in"
    handed_in.mkdir()
    shutil.copyfile(folder / "solution.py", handed_in / "full.py")
    shutil.copyfile(folder / "starter.ipynb", handed_in / "nothing.ipynb")
    assert installed(home, "grade", "13", handed_in, "--output", "grades")[0] == 0
    with (home / "grades" / "gradebook.csv").open(newline="", encoding="utf-8-sig") as file:
        marks = {row["student"]: (float(row["score"]), float(row["max_score"])) for row in csv.DictReader(file)}
    assert marks == {"full": (4, 4), "nothing": (0, 4)}


@pytest.mark.parametrize("framework", FRAMEWORKS)
def test_skeleton_has_the_form_of_the_others(framework):
    files = skeleton("21_a_topic", framework)
    there = {path.name for path in (ROOT / "assignments" / "03_numpy_net").iterdir() if path.is_file()}
    assert {"README.md", "assignment.toml", "hints.toml", "solution.py"} <= there & files.keys()
    for place in ("tests/problems.py", "tests/test_public.py", "tests/test_hidden.py", "tests/operators.py"):
        assert '"""' in files[place], place
    text = "\n".join([*files, *files.values()])
    assert "21_a_topic" in text and "# 21 · A topic" in text
    assert not re.search(r"00_name|TITLE|\b00\b|13_", text)
    # small enough to be read
    assert all(len(one.splitlines()) < 110 for one in files.values()) and len(files) == 10


def test_package_brings_every_file_of_the_skeletons():
    patterns = re.findall(r"skeletons/\*\*/\*(\.\w+)", (ROOT / "setup.cfg").read_text("utf-8"))
    folder = ROOT / "autograder" / "authoring" / "skeletons"
    files = [path for path in folder.rglob("*") if path.is_file() and path.suffix != ".pyc"]
    assert len(files) == 10 * len(FRAMEWORKS) and {path.suffix for path in files} == set(patterns)


@pytest.mark.parametrize(
    "name, offered",
    [
        ("my topic", "03_my_topic"),
        ("topic", "03_topic"),
        ("3 topic", "03_topic"),
        ("7_topic", "07_topic"),
        ("07-topic", "07_topic"),
        ("07_Topic", "07_topic"),
        ("007_topic", "03_topic"),
        ("../07_topic", "03_topic"),
        ("07_topic/", "07_topic"),
        ("07_", "07_my_topic"),
        ("07_é", "07_my_topic"),
        ("", "03_my_topic"),
        ("07_a__b", "07_a_b"),
        ("07_a\n", "07_a"),
    ],
)
def test_bad_name_is_told_with_one_that_can_be_had(name, offered):
    with pytest.raises(UsageError) as told:
        checked_name(name, ["01_one", "02_two"])
    assert str(told.value).endswith(f"such as: autograder new {offered}") and "\n" not in str(told.value)
    assert checked_name(offered, ["01_one", "02_two"]) == offered


def test_number_that_is_taken():
    with pytest.raises(UsageError, match=r"^the number 02 is taken, by 02_two; such as: autograder new 03_topic$"):
        checked_name("02_topic", ["01_one", "02_two"])
    every = [f"{number:02}_x" for number in range(100)]
    with pytest.raises(UsageError, match=r"^the number 02 is taken, by 02_x$"):
        checked_name("02_topic", every)


def test_nothing_is_written_over_and_nothing_half(tmp_path, monkeypatch):
    (tmp_path / "13_mine").mkdir()
    (tmp_path / "13_mine" / "notes.txt").write_text("my work", "utf-8")
    with pytest.raises(UsageError, match="is there already, and stays as it is"):
        write_skeleton("13_mine", "numpy", tmp_path)
    assert [path.name for path in (tmp_path / "13_mine").iterdir()] == ["notes.txt"]
    (tmp_path / "14_gone").symlink_to(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="is there already"):
        write_skeleton("14_gone", "numpy", tmp_path)

    def full(*_):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "rename", full)
    with pytest.raises(UsageError, match="No space left on device"):
        write_skeleton("15_full", "numpy", tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["13_mine", "14_gone"]


def test_where_a_new_assignment_goes(tmp_path, installed, monkeypatch):
    assert installed(tmp_path, "new", "13_here")[0] == 0
    assert (tmp_path / "assignments" / "13_here" / "assignment.toml").is_file()
    # inside the folder of assignments
    status, out = installed(tmp_path / "assignments", "new", "14_inside")
    assert status == 0 and (tmp_path / "assignments" / "14_inside").is_dir() and "build 14_inside\n" in out
    # elsewhere, where it is found by its path
    status, out = installed(tmp_path, "new", "15_there", "--output", tmp_path / "other")
    assert status == 0 and f"build {tmp_path / 'other' / '15_there'}\n" in out
    for arguments, told in (
        (["13_again"], "the number 13 is taken, by 13_here; such as: autograder new 15_again"),
        (["13_here"], "assignments/13_here is there already, and stays as it is; choose another name"),
        (["my", "topic"], "such as: autograder new 15_my_topic"),
        (["15_other", "--output", tmp_path / "other"], "the number 15 is taken, by 15_there"),
        (["16_x", "--framework", "torch"], "there is no framework 'torch'; known are keras, numpy, tensorflow"),
        (["16_x", "--output", tmp_path / "other" / "15_there" / "README.md"], "README.md is a file"),
    ):
        status, out = installed(tmp_path, "new", *arguments)
        assert status == 2 and told in out and out.count("\n") == 1, out
    if os.geteuid():
        (tmp_path / "other").chmod(0o500)
        status, out = installed(tmp_path, "new", "17_x", "--output", tmp_path / "other")
        assert status == 2 and "Permission denied; choose another place" in out


def test_assignment_of_which_every_mistake_is_caught():
    # nothing is left that might be right as well: no test is run for it
    assert equivalents(None, None, [], {}, {}) == []
