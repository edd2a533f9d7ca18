"""What is swapped between being listed and being read is not followed, not waited for, and not taken for the old."""

from __future__ import annotations

import os
import socket
import threading
import time
from pathlib import Path

import pytest

from autograder.handin import safe_reading
from autograder.handin.safe_reading import modes_inside, read_inside
from autograder.handin.sources import Unreadable
from autograder.handin.submissions import find_submissions

SECRET = "secret = 40\n"


@pytest.fixture(params=["beside", "looked at"], autouse=True)
def system(request, monkeypatch):
    """A system that refuses links on opening, and one that cannot, such as Windows."""
    if request.param == "looked at":
        monkeypatch.setattr(safe_reading, "_OPENS_BESIDE", False)
        monkeypatch.setattr(safe_reading, "_FLAGS", os.O_RDONLY | os.O_CLOEXEC)
    return request.param


@pytest.fixture
def folder(tmp_path):
    """A class of `ada.py` and `bob/answer.py`, beside a folder with the solution."""
    (tmp_path / "private").mkdir()
    (tmp_path / "private" / "answer.py").write_text(SECRET)
    (tmp_path / "class" / "bob").mkdir(parents=True)
    (tmp_path / "class" / "ada.py").write_text("x = 1\n")
    (tmp_path / "class" / "bob" / "answer.py").write_text("x = 1\n")
    return tmp_path / "class"


def by_link(path, solution):
    path.unlink()
    path.symlink_to(solution)


def by_pipe(path, _):
    path.unlink()
    os.mkfifo(path)


def by_folder(path, _):
    path.unlink()
    path.mkdir()


def by_socket(path, _):
    path.unlink()
    with socket.socket(socket.AF_UNIX) as one:
        one.bind(os.path.relpath(path))


def by_linked_folder(path, solution):
    path.unlink()
    path.parent.rmdir()
    path.parent.symlink_to(solution.parent)


def by_nothing(path, _):
    path.unlink()


SWAPS = {
    by_link: "answer.py cannot be read: it is a symbolic link",
    by_pipe: "answer.py cannot be read: it is not a regular file",
    by_folder: "answer.py cannot be read: it is not a regular file",
    by_socket: "answer.py cannot be read: it is not a regular file",
    by_linked_folder: "answer.py cannot be read: ",
    by_nothing: "answer.py cannot be read: No such file or directory",
}


@pytest.mark.parametrize("swap", SWAPS)
def test_what_is_swapped_after_listing_is_not_read(folder, swap):
    _, bob = find_submissions(folder).submissions
    before = bob.fingerprint
    swap(bob.path, folder.parent / "private" / "answer.py")
    start = time.monotonic()
    reading = bob.read()
    assert time.monotonic() - start < 1
    assert reading.reason.startswith(SWAPS[swap])
    assert reading.text is None and reading.modified is None
    assert reading.fingerprint == bob.fingerprint != before
    with pytest.raises(Unreadable):
        _ = reading.source


def test_the_fingerprint_is_that_of_what_was_read(folder):
    ada, _ = find_submissions(folder).submissions
    listed = ada.fingerprint
    ada.path.write_text("x = 2\n")
    os.utime(ada.path, (0, 86_400))
    reading = ada.read()
    assert reading.source.parts[0]["text"] == "x = 2\n"
    assert reading.modified == 86_400
    assert reading.fingerprint != listed
    ada.path.write_text("x = 1\n")
    assert ada.read().fingerprint == listed


def test_a_file_that_is_swapped_all_the_time_is_never_the_solution(folder):
    ada, _ = find_submissions(folder).submissions
    link, file, stop = folder / ".link", folder / ".file", threading.Event()

    def swap():
        while not stop.is_set():
            link.symlink_to(folder.parent / "private" / "answer.py")
            link.replace(ada.path)
            file.write_text("x = 1\n")
            file.replace(ada.path)

    thread = threading.Thread(target=swap)
    thread.start()
    try:
        readings = [ada.read() for _ in range(500)]
    finally:
        stop.set()
        thread.join()
    assert {reading.text.parts[0]["text"] for reading in readings if reading.text} <= {"x = 1\n"}


def test_a_file_that_grows_while_it_is_read_is_cut(folder, monkeypatch):
    real = os.fstat

    def grown(descriptor):
        found = real(descriptor)
        with (folder / "ada.py").open("a") as file:
            file.write("y = 1\n" * 100)
        return found

    monkeypatch.setattr(os, "fstat", grown)
    contents = read_inside(folder, folder / "ada.py", 50)
    assert contents.data is None and contents.size > 50


def test_the_folder_of_the_class_may_be_a_link(folder):
    link = folder.parent / "link"
    link.symlink_to(folder)
    ada, bob = find_submissions(link).submissions
    assert ada.read().source == ada.read().source
    assert bob.read().reason == ""


def test_a_folder_that_was_swapped_is_not_listed(folder, system):
    path = folder / "bob" / "answer.py"
    by_linked_folder(path, folder.parent / "private" / "answer.py")
    with pytest.raises(OSError):
        modes_inside(folder, folder / "bob", 10)


def test_a_folder_of_very_many_files(folder):
    for number in range(1200):
        (folder / "bob" / f"{number}.txt").touch()
    assert len(modes_inside(folder, folder / "bob", 7)) == 7
    _, bob = find_submissions(folder).submissions
    assert bob.reason == "expected at most 1000 files in the folder; hand in what was asked for alone"


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="counts in /proc")
@pytest.mark.parametrize("swap", SWAPS)
def test_nothing_stays_open(folder, swap):
    ada, bob = find_submissions(folder).submissions
    before = open_files()
    swap(bob.path, folder.parent / "private" / "answer.py")
    for _ in range(3):
        find_submissions(folder)
        assert ada.read().text and bob.read().reason and bob.fingerprint
    assert open_files() == before
