"""Long work says how far it has come, also where there is no terminal."""

from __future__ import annotations

from autograder.cli import progress


def test_a_line_a_minute_where_there_is_no_terminal(capsys, monkeypatch):
    now = [0.0]
    monkeypatch.setattr(progress.time, "monotonic", lambda: now[0])
    progress.console.cache_clear()
    with progress.progress(100, "grading") as advance:
        for _ in range(10):
            now[0] += 25.0
            advance()
    progress.console.cache_clear()
    assert capsys.readouterr().err.splitlines() == [
        "grading: 3 of 100 after 1 min",
        "grading: 6 of 100 after 2 min",
        "grading: 9 of 100 after 4 min",
    ]
