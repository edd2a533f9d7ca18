"""Long work says how far it has come, also where there is no terminal."""

from __future__ import annotations

import io
import re
import time

import pytest
from rich.console import Console

from autograder.cli import following, progress
from autograder.errors import Stopped, UsageError
from autograder.facts.result import Result


def test_a_line_a_minute_where_there_is_no_terminal(capsys, monkeypatch):
    monkeypatch.setattr(progress, "_SECONDS", 0.2)
    progress.console.cache_clear()
    with progress.progress(100, "grading") as advance:
        advance()
        advance("1 timed out")
        # one that takes long is no reason for silence
        time.sleep(0.7)
    progress.console.cache_clear()
    first, *others = capsys.readouterr().err.splitlines()
    assert re.fullmatch(r"grading: 2 of 100 after 0 s, about \d+ s left; 1 timed out", first)
    assert others and all(re.fullmatch(r"grading: 2 of 100 after \d s; 1 timed out", line) for line in others)


def test_quick_work_says_nothing_where_there_is_no_terminal(capsys):
    progress.console.cache_clear()
    with progress.progress(2, "grading") as advance:
        advance()
        advance()
    progress.console.cache_clear()
    assert capsys.readouterr().err == ""


def test_work_that_nobody_asked_for_says_at_once_what_it_is(capsys):
    progress.console.cache_clear()
    for total in (4, 0):
        with progress.progress(total, "mistakes tried", f"learning: {total} mistakes are tried"):
            pass
    progress.console.cache_clear()
    assert capsys.readouterr().err == "learning: 4 mistakes are tried\n"


@pytest.mark.parametrize("columns", [60, 80, 100])
def test_no_word_is_cut_in_a_narrow_terminal(monkeypatch, columns):
    screen = Console(force_terminal=True, width=columns, file=io.StringIO(), record=True)
    monkeypatch.setattr(progress, "console", lambda: screen)
    with progress.progress(1000, "grading mistakes with carrying, kinds tried") as advance:
        advance("11 timed out, 2 unreadable")
    shown = screen.export_text()
    assert "…" not in shown and "1/1000" in shown and "unreadable" in shown


def test_table_and_pages_grow_with_the_run_and_not_too_often(tmp_path, monkeypatch, capsys):
    written = []
    monkeypatch.setattr(following, "_SECONDS", 0.05)
    with following.following(40, tmp_path, lambda: written.append(time.sleep(0.01))) as follow:
        began = time.monotonic()
        for _ in range(40):
            time.sleep(0.05)
            follow(Result("ada", "03", "graded"))
        seconds = time.monotonic() - began
    # each writing takes a hundredth of a second, so half a second passes before the next
    assert 1 <= len(written) <= 1 + seconds / 0.5


def test_a_disk_that_is_full_during_the_run_is_told_once_and_ends_nothing(tmp_path, monkeypatch, capsys):
    def write():
        raise UsageError("cannot write the table")

    monkeypatch.setattr(following, "_SECONDS", 0.0)
    monkeypatch.setattr(following, "_TIMES", 0.0)
    progress.console.cache_clear()
    with following.following(3, tmp_path, write) as follow:
        for _ in range(3):
            follow(Result("ada", "03", "graded"))
    progress.console.cache_clear()
    assert capsys.readouterr().err == "warning: cannot write the table\n"


@pytest.mark.parametrize(
    ("before", "told"), [(0, "2 of 9 graded"), (17, "19 of 26 graded, 2 of them by this run")], ids=["first", "resumed"]
)
def test_ctrl_c_says_where_things_are_and_how_to_go_on(tmp_path, before, told):
    written = []
    with (
        pytest.raises(Stopped, match=rf"^stopped: {told}; the marks are safe in .*; start the same command again"),
        following.following(9, tmp_path, lambda: written.append(1), before) as follow,
    ):
        follow(Result("ada", "03", "graded"))
        follow(Result("bob", "03", "timeout"))
        raise KeyboardInterrupt
    assert written == [1]
