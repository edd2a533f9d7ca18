"""How saves are noticed: each once, when it is complete, whatever an editor does to save."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from autograder.cli import saves as module
from autograder.cli.saves import Saves
from autograder.errors import UsageError


class Clock:
    """Time that passes when somebody waits, and what happens meanwhile: steps by their second."""

    def __init__(self, steps: dict[float, Callable[[], object]]) -> None:
        self.now = 0.0
        self.steps = steps

    def pause(self, seconds: float) -> None:
        self.now += seconds
        if self.now > 30:
            raise TimeoutError
        for second in [second for second in self.steps if second <= self.now]:
            self.steps.pop(second)()


@pytest.fixture
def file(tmp_path: Path) -> Path:
    path = tmp_path / "net.py"
    path.write_text("x = 1\n")
    os.utime(path, ns=(5, 1_700_000_000_000_000_005))
    return path


def seen(monkeypatch: pytest.MonkeyPatch, paths: list[Path], steps: dict[float, Callable[[], object]]) -> list[tuple]:
    """What is noticed: the text, or that the file is gone, and in which tenth of a second."""
    clock = Clock(dict(steps))
    monkeypatch.setattr(module.time, "monotonic", lambda: clock.now)
    saves, found = Saves(paths, clock.pause), []
    try:
        while True:
            saved = saves.next()
            found.append(("gone" if saved.is_gone else saved.path.read_text(), saved.path.name, round(clock.now, 1)))
    except TimeoutError:
        return found


def renamed(path: Path, text: str) -> None:
    beside = path.with_name(".net.py.swp")
    beside.write_text(text)
    beside.replace(path)


def test_a_save_is_noticed_once_and_soon(monkeypatch, file):
    found = seen(monkeypatch, [file], {1.0: lambda: file.write_text("x = 2\n"), 3.0: lambda: renamed(file, "x = 3\n")})
    assert [one[0] for one in found] == ["x = 2\n", "x = 3\n"]
    assert found[0][2] <= 1.2 and found[1][2] <= 3.2


def test_what_is_half_written_is_waited_for(monkeypatch, file):
    steps = {1.0 + number / 33: (lambda number=number: file.write_text("x" * number)) for number in range(9)}
    found = seen(monkeypatch, [file], steps)
    assert [one[0] for one in found] == ["x" * 8]


def test_deleted_and_written_again_is_one_save(monkeypatch, file):
    found = seen(monkeypatch, [file], {1.0: file.unlink, 1.4: lambda: file.write_text("x = 2\n")})
    assert [one[0] for one in found] == ["x = 2\n"]


def test_a_file_that_goes_and_comes_back_later(monkeypatch, file):
    found = seen(monkeypatch, [file], {1.0: file.unlink, 9.0: lambda: file.write_text("x = 2\n")})
    assert [one[0] for one in found] == ["gone", "x = 2\n"]


def test_emptied_first_and_filled_a_moment_later_is_one_save(monkeypatch, file):
    steps = {1.0: lambda: file.write_text(""), 1.5: lambda: file.write_text("x = 2\n"), 5: lambda: file.write_text("")}
    found = seen(monkeypatch, [file], steps)
    assert [one[0] for one in found] == ["x = 2\n", ""]


def test_the_same_size_in_the_same_second_of_a_coarse_clock(monkeypatch, file):
    second = (1_700_000_000_000_000_000,) * 2
    os.utime(file, ns=second)

    def again() -> None:
        file.write_text("x = 7\n")
        os.utime(file, ns=second)

    # in place: nothing but the content tells
    assert [one[0] for one in seen(monkeypatch, [file], {1.0: again})] == ["x = 7\n"]


def test_another_number_on_disk_alone_is_no_save(monkeypatch, file):
    def moved() -> None:
        times = file.stat()
        renamed(file, file.read_text())
        os.utime(file, ns=(times.st_atime_ns, times.st_mtime_ns))

    assert seen(monkeypatch, [file], {1.0: moved}) == []


def test_of_two_the_one_that_was_saved(monkeypatch, file):
    other = file.with_suffix(".ipynb")
    found = seen(monkeypatch, [file, other], {1.0: lambda: other.write_text("{}"), 4.0: lambda: file.write_text("y")})
    assert [one[1] for one in found] == ["net.ipynb", "net.py"]


def test_a_folder_that_goes_is_one_line(monkeypatch, file):
    def gone() -> None:
        file.unlink()
        file.parent.rmdir()

    with pytest.raises(UsageError, match=r"is gone, and there is nothing to watch any more"):
        seen(monkeypatch, [file], {1.0: gone})
    file.parent.mkdir()


def test_a_drive_that_stumbles_is_waited_for(monkeypatch, file):
    away = file.parent.with_name("away")
    steps = {1.0: lambda: file.parent.rename(away), 2.4: lambda: away.rename(file.parent)}
    found = seen(monkeypatch, [file], steps)
    # the file was away for longer than a save takes, the folder not for good
    assert [one[0] for one in found][:1] == ["gone"] and found[-1][0] == "x = 1\n"
