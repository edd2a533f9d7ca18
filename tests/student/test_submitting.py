"""`autograder submit`: the right files under the right names, the truth about them, and what `grade` makes of it."""

from __future__ import annotations

import hashlib
import io
import json
import os
import re
import shutil
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.assignment.definition import find_assignment
from autograder.authoring.starter import notebook_of
from autograder.cli.asked import Asked
from autograder.cli.submitting import submit
from autograder.files import write_new, zipped
from autograder.handin.packing import imported, packed_for
from autograder.handin.submissions import find_submissions
from autograder.isolation.settings import Limits
from tests.student.evening import WITHOUT_MEAN, Evening, inside

pytestmark = pytest.mark.turns(4)


@pytest.fixture(scope="module")
def evening(tmp_path_factory):
    """A kit in which something is written; each test puts back what it changes."""
    one = Evening(tmp_path_factory.mktemp("course"))
    one.file.write_text(one.solved(WITHOUT_MEAN))
    (one.kit / "cut.ipynb").write_text('{"cells": [')
    return one


@pytest.fixture
def folder(evening):
    """The kit's folder, without archives of the test before."""
    before = {path: path.read_bytes() for path in evening.kit.iterdir() if path.is_file()}
    yield evening.kit
    for path in evening.kit.iterdir():
        if path.is_dir() and path.name != "assignments":
            shutil.rmtree(path)
        elif path.is_file() and path not in before:
            path.unlink()
    for path, content in before.items():
        path.write_bytes(content)


def test_the_archive_its_receipt_and_what_is_told(evening, folder):
    status, out = evening.run("submit", "03")
    assert status == 0
    lines = out.splitlines()
    assert lines[0].startswith("03_numpy_net.py, saved today at ")
    assert lines[1].startswith("It loads from a fresh start")
    assert lines[2:5] == [
        "Not right: 03.5.",
        "Built on what is not right: 03.7.",
        "20.25 of 29.75 public points; 10.25 of 40 are graded after you hand in",
    ]
    content = (folder / "03_numpy_net-submission.zip").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.namelist() == ["03_numpy_net.py"]
        assert archive.read("03_numpy_net.py") == evening.file.read_bytes()
    receipt = (folder / "03_numpy_net-submission.txt").read_text("utf-8")
    for text in (hashlib.sha256(content).hexdigest(), hashlib.sha256(evening.file.read_bytes()).hexdigest()):
        assert text in receipt
    assert "Not right: 03.5." in receipt and "20.25 of 29.75 public points" in receipt and "numpy" in receipt
    assert re.search(r"packed +\d{4}-\d\d-\d\d \d\d:\d\d:\d\d [+-]\d{4}\n", receipt)
    # the same again is the same archive; another text is another
    status, out = evening.run("submit", "03")
    assert status == 0 and "packed before, and nothing has changed since" in out
    evening.file.write_text(evening.solved(WITHOUT_MEAN) + "\n")
    status, out = evening.run("submit", "03")
    assert status == 0 and "03_numpy_net-submission-2.zip" in out
    assert (folder / "03_numpy_net-submission.zip").read_bytes() == content


def test_grade_takes_it_and_gives_these_points(evening, folder, room03, tmp_path):
    assert evening.run("submit", "03", "--output", tmp_path / "ada.zip")[0] == 0
    (tmp_path / "ada.txt").unlink()
    (submission,) = find_submissions(tmp_path, room03.assignment.submission).submissions
    result = room03.grade_submission(submission)
    assert result.status == "graded" and result.student == "ada"
    wrong = {row.id for row in result.questions if row.outcome != "passed"}
    assert wrong == {"03.5", "03.7"}


def test_a_notebook_goes_under_its_name_and_another_file_under_the_name_that_is_asked_for(evening, folder):
    (folder / "my best try.ipynb").write_text(notebook_of(evening.solved()), "utf-8")
    status, out = evening.run("submit", "03", "my best try.ipynb", "--output", "out/week3.zip")
    assert status == 0 and "29.75 of 29.75 public points" in out and "Not " not in out
    with zipfile.ZipFile(folder / "out" / "week3.zip") as archive:
        assert archive.namelist() == ["03_numpy_net.ipynb"]
    assert (folder / "out" / "week3.txt").is_file()


def test_what_is_imported_goes_along_and_is_told_not_to_be_read(evening, folder):
    text = evening.solved().replace("def sigmoid(", "def _sigmoid(", 1)
    evening.file.write_text("from steps import sigmoid\n" + text)
    (folder / "steps.py").write_text(
        "import numpy as np\nfrom more.inner import one\n\n\ndef sigmoid(Z):\n    return Z\n"
    )
    (folder / "more").mkdir()
    for name in ("__init__.py", "inner.py", "notes.txt"):
        (folder / "more" / name).write_text("one = 1\n")
    (folder / "unused.py").write_text("x = 1\n")
    status, out = evening.run("submit", "03")
    assert status == 0
    with zipfile.ZipFile(folder / "03_numpy_net-submission.zip") as archive:
        assert archive.namelist() == ["03_numpy_net.py", "more/__init__.py", "more/inner.py", "steps.py"]
    assert "Grading reads 03_numpy_net.py alone" in out and "No module named 'steps'" in out and "03.1" in out


def test_the_kit_never_goes_along(tmp_path):
    (tmp_path / "assignments").mkdir()
    (tmp_path / "assignments" / "secret.py").write_text("x = 1")
    main = tmp_path / "mine.py"
    main.write_text("import assignments, mine, numpy\nfrom . import helpers\ndef f():\n    import late\n")
    (tmp_path / "late.py").write_text("import mine\n")
    assert list(packed_for(main, "03_numpy_net.py").files) == ["03_numpy_net.py", "late.py"]
    assert imported("import a.b, c  # d, e\n    from f.g import h\nfrom . import i") == {"a", "c", "f"}


def left_open(evening: Evening) -> None:
    shutil.copy(evening.kit / "assignments" / evening.name / "starter.py", evening.file)


def in_both(evening: Evening) -> None:
    (evening.kit / "03_numpy_net.ipynb").write_text(notebook_of(evening.solved()), "utf-8")


BAD = {
    "nothing there": (
        lambda one: [path.unlink() for path in one.kit.glob("03_*")],
        (),
        "there is no file 03_numpy_net.py; name yours: autograder submit 03 FILE",
    ),
    "no such file": (None, ("mine.py",), "there is no file mine.py; name yours: autograder submit 03 FILE"),
    "the starter": (left_open, (), "nothing is written in 03_numpy_net.py yet; name the file with your"),
    "work in both": (in_both, (), "; name the one that counts: autograder submit 03_numpy_net.ipynb"),
    "empty": (lambda one: one.file.write_text(""), (), "03_numpy_net.py is empty; save your work and try again"),
    "cut off": (
        None,
        ("cut.ipynb",),
        "cut.ipynb is cut off in the middle, in line 1; download or save it again, and use that",
    ),
    "no Python": (None, ("README.md",), "README.md is neither a notebook nor Python"),
    "of something else": (
        lambda one: one.file.write_text("def hello():\n    return 1\n"),
        (),
        "03_numpy_net.py has none of the functions that 03_numpy_net asks for; name the file with your work",
    ),
    "an id": (None, ("03.5",), "all questions are handed in together: autograder submit 03_numpy_net"),
    "two files": (None, ("03_numpy_net.py", "03_numpy_net.ipynb"), "expected one file to submit, received "),
    "no archive": (None, ("--output", "mine.tar"), "expected the name of an archive that ends with .zip, or a folder"),
    "not to be written": (None, ("--output", "README.md/mine.zip"), "cannot write README.md/mine.zip: "),
    "a full disk": (None, ("--output", "/dev/full/mine.zip"), "cannot write /dev/full/mine.zip: "),
    "a folder not to be written": (None, ("--output", "/proc/x"), "cannot write /proc/x/03_numpy_net-submission.zip: "),
    "there already": (
        lambda one: (one.kit / "mine.zip").write_bytes(b"precious"),
        ("--output", "mine.zip"),
        "mine.zip is there already, and stays as it is; name another: --output FILE.zip",
    ),
}


@pytest.mark.parametrize("change, words, told", [pytest.param(*case, id=name) for name, case in BAD.items()])
def test_bad_input_is_one_line_and_nothing_is_written(evening, folder, change, words, told):
    if change is not None:
        change(evening)
    before = {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}
    assert told in evening.refused("submit", "03", *words)
    assert before == {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_a_newer_notebook_beside_a_script_that_was_named_is_told(evening, folder):
    in_both(evening)
    os.utime(evening.kit / "03_numpy_net.ipynb")
    status, out = evening.run("submit", "03", "03_numpy_net.py")
    assert status == 0 and re.search(
        r"03_numpy_net.ipynb, saved today at \d\d:\d\d, is newer, and is not handed in\.", out
    )


def test_what_is_written_below_the_stubs_is_written(evening, folder):
    left_open(evening)
    with evening.file.open("a") as file:
        file.write("\n\ndef sigmoid(Z):\n    return 0.5 * (1 + np.tanh(Z / 2))\n")
    status, out = evening.run("submit", "03")
    assert status == 0 and "Not begun: 03.2 to 03.12." in out and "1.75 of 29.75 public points" in out


def test_a_broken_notebook_beside_a_script_is_in_nobody_s_way(evening, folder):
    (evening.kit / "03_numpy_net.ipynb").write_text('{"cells": [')
    status, out = evening.run("submit", "03")
    assert status == 0 and "holds    03_numpy_net.py (" in out


def test_a_disk_that_is_full_leaves_nothing(tmp_path, monkeypatch):
    def full(path: Path, data: bytes) -> int:
        path.open("wb").close()
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left"):
        write_new(tmp_path / "a.zip", b"x")
    assert list(tmp_path.iterdir()) == []


def test_two_at_once_write_two_archives(tmp_path):
    write_new(tmp_path / "a.zip", b"first")
    with pytest.raises(FileExistsError):
        write_new(tmp_path / "a.zip", b"second")
    assert (tmp_path / "a.zip").read_bytes() == b"first" and len(list(tmp_path.iterdir())) == 1


def test_a_zip_knows_no_year_before_1980_and_none_after_2107():
    for written in (0.0, 2.0**33):
        with zipfile.ZipFile(io.BytesIO(zipped({"a.py": b"x"}, written))) as archive:
            assert 1980 <= archive.infolist()[0].date_time[0] <= 2107


def test_a_loop_without_end_is_told_with_its_question_and_its_limit(tmp_path, capsys):
    assignment = replace(find_assignment("01"), limits=Limits(seconds_per_question=1.0))
    text = assignment.solution.read_text("utf-8")
    name = next(iter(assignment.functions["01.1"]))
    (tmp_path / assignment.submission).write_text(f"{text}\n\ndef {name}(*values):\n    while True:\n        pass\n")
    asked = Asked(assignment, (tmp_path / assignment.submission,), (), True)
    with inside(tmp_path, AUTOGRADER_CACHE=str(tmp_path / "cache")):
        submit(asked, None, "auto")
    out = capsys.readouterr().out
    assert "\n  01.1: It took longer than the time limit of 1 s.\n" in out and "\n  timeout\n" not in out


def test_a_folder_that_is_not_there_is_made(evening, folder):
    status, out = evening.run("submit", "03", "--output", "sent/week3/")
    assert status == 0 and "Hand in: sent/week3/03_numpy_net-submission.zip" in out
    assert (folder / "sent" / "week3" / "03_numpy_net-submission.txt").is_file()


def test_what_was_checked_for_submitting_is_remembered(evening, folder):
    evening.run("submit", "03")
    kept = [json.loads(path.read_text()) for path in (evening.cache / "checked" / "03_numpy_net").glob("*.json")]
    (of_file,) = [one for one in kept if one["file"] == str(evening.file)]
    assert of_file["questions"]["03.5"]["points"] == 0
