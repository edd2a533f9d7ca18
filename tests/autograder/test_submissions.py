"""Finding and reading what students handed in."""

from __future__ import annotations

import json
import os

import pytest

from autograder.errors import UsageError
from autograder.handin.sources import Unreadable
from autograder.handin.submissions import Submission, find_submissions


def notebook(*sources, **extra):
    cells = [{"cell_type": "code", "source": source} for source in sources]
    return json.dumps({"cells": cells, "nbformat": 4, **extra})


def graded(path):
    """What is graded of one file."""
    return text_of(Submission(path.stem, path))


def text_of(submission):
    return submission.read().source


def test_one_submission_per_student(tmp_path):
    (tmp_path / "ada.py").write_text("x = 1")
    (tmp_path / "bob.ipynb").write_text(notebook("x = 1"))
    (tmp_path / "cleo").mkdir()
    (tmp_path / "cleo" / "answer.py").write_text("x = 1")
    (tmp_path / "cleo" / "notes.txt").write_text("hello")
    (tmp_path / ".DS_Store").write_text("")
    (tmp_path / "__MACOSX").mkdir()
    (tmp_path / "roster.csv").write_text("")
    found = find_submissions(tmp_path).submissions
    assert [one.student for one in found] == ["ada", "bob", "cleo"]
    assert not any(one.reason for one in found)


def test_of_a_script_and_a_notebook_the_kind_that_was_asked_for(tmp_path):
    (tmp_path / "ada.py").write_text("x = 1")
    (tmp_path / "ada.ipynb").write_text(notebook("x = 1"))
    (tmp_path / "bob.py").write_text("x = 1")
    ada, bob = find_submissions(tmp_path, "04_tape_net.ipynb").submissions
    assert (ada.path.name, bob.path.name) == ("ada.ipynb", "bob.py")
    ada, bob = find_submissions(tmp_path).submissions
    assert bob.reason == ""
    with pytest.raises(Unreadable, match=r"found 2: ada\.ipynb, ada\.py"):
        text_of(ada)


@pytest.mark.parametrize(
    "files, line",
    [([], "nothing was handed in"), (["a.txt"], r"found a\.txt"), (["a.py", "b.ipynb"], r"found 2: a\.py, b\.ipynb")],
)
def test_folder_without_a_single_candidate(tmp_path, files, line):
    (tmp_path / "ada").mkdir()
    for name in files:
        (tmp_path / "ada" / name).write_text("x = 1")
    (only,) = find_submissions(tmp_path).submissions
    with pytest.raises(Unreadable, match=line):
        text_of(only)


def test_archive_of_another_kind_is_named(tmp_path):
    (tmp_path / "ada.rar").write_bytes(b"Rar!")
    (only,) = find_submissions(tmp_path).submissions
    assert only.student == "ada" and "ada.rar is an archive that cannot be read; hand in a .zip" in only.reason


def test_of_several_files_the_one_that_was_asked_for(tmp_path):
    (tmp_path / "ada").mkdir()
    for name in ("helpers.py", "04_tape_net.py"):
        (tmp_path / "ada" / name).write_text(f"name = {name!r}")
    (only,) = find_submissions(tmp_path, "04_tape_net.py").submissions
    assert only.path.name == "04_tape_net.py"
    (tmp_path / "ada" / "04_tape_net.ipynb").write_text(notebook("x = 1"))
    (only,) = find_submissions(tmp_path, "04_tape_net.py").submissions
    assert only.path.name == "04_tape_net.py"
    (tmp_path / "ada" / "04_tape_net.py").unlink()
    (only,) = find_submissions(tmp_path, "04_tape.py").submissions
    with pytest.raises(Unreadable, match=r"or one called 04_tape\.py, found 2: 04_tape_net\.ipynb, helpers\.py"):
        text_of(only)


def test_a_folder_is_read_like_an_archive(tmp_path):
    (tmp_path / "ada").mkdir()
    for name in ("Answer.PY", "._Answer.PY", "conftest.py", "__init__.py", ".hidden.py"):
        (tmp_path / "ada" / name).write_text("x = 1")
    (only,) = find_submissions(tmp_path).submissions
    assert only.path.name == "Answer.PY" and only.read().source.parts[0]["text"] == "x = 1"


def test_why_the_files_of_a_folder_are_not_graded(tmp_path):
    (tmp_path / "ada").mkdir()
    (tmp_path / "ada" / "homework.rar").write_bytes(b"")
    (tmp_path / "ada" / "a\nb.txt").write_text("")
    os.mkfifo(tmp_path / "ada" / "x.py")
    (only,) = find_submissions(tmp_path).submissions
    assert only.reason.endswith("found a␊b.txt, homework.rar (unpack it), x.py (not a regular file)")


def test_what_cannot_be_graded_is_not_opened_for_its_fingerprint(tmp_path):
    secret = tmp_path / "solution.py"
    folder = tmp_path / "class"
    folder.mkdir()
    (folder / "ada.py").symlink_to(secret)
    os.mkfifo(folder / "bob.py")
    prints = []
    for text in ("secret = 1", "secret = 2"):
        secret.write_text(text)
        prints.append([one.fingerprint for one in find_submissions(folder).submissions])
    assert prints[0] == prints[1]


def test_file_that_is_too_large_is_never_read(tmp_path):
    with (tmp_path / "ada.zip").open("wb") as file:
        file.truncate(2**40)
    (only,) = find_submissions(tmp_path).submissions
    first = only.fingerprint
    with pytest.raises(Unreadable, match="at most 40 MB"):
        text_of(only)
    (tmp_path / "ada.zip").write_bytes(b"")
    assert only.fingerprint != first


def test_links_and_pipes_are_not_followed(tmp_path):
    secret = tmp_path / "solution.py"
    secret.write_text("secret = 1")
    folder = tmp_path / "class"
    (folder / "ada").mkdir(parents=True)
    (folder / "ada" / "x.py").symlink_to(secret)
    (folder / "bob.py").symlink_to(secret)
    (folder / "cleo").symlink_to(tmp_path)
    os.mkfifo(folder / "dan.py")
    (folder / "notes.txt").symlink_to(secret)
    lines = [one.reason for one in find_submissions(folder).submissions]
    assert lines == [
        "expected a .py or .ipynb in the folder, found x.py (a link)",
        "bob.py is a symbolic link; hand in the file itself",
        "cleo is a symbolic link; hand in the file itself",
        "dan.py is not a regular file",
        "notes.txt is a symbolic link; hand in the file itself",
    ]


def test_no_folder_and_no_submission(tmp_path):
    with pytest.raises(UsageError, match="is missing"):
        find_submissions(tmp_path / "nowhere")
    with pytest.raises(UsageError, match="holds no submission"):
        find_submissions(tmp_path)
    (tmp_path / "file").write_text("")
    with pytest.raises(UsageError, match="is a file"):
        find_submissions(tmp_path / "file")


def test_fingerprint_follows_the_contents(tmp_path):
    path = tmp_path / "ada.py"
    path.write_text("x = 1")
    first = find_submissions(tmp_path).submissions[0].fingerprint
    path.write_text("x = 2")
    second = find_submissions(tmp_path).submissions[0].fingerprint
    path.write_text("x = 1")
    assert first == find_submissions(tmp_path).submissions[0].fingerprint != second


def test_a_file_that_is_gone(tmp_path):
    with pytest.raises(Unreadable, match="cannot be read"):
        graded(tmp_path / "gone.py")
