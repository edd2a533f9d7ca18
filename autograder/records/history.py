"""What was graded and what counted, ever: the tables of a gradebook from which nothing is removed.

A grading `counts` (it is the row's), was `replaced` by a later one, is `beaten` by another attempt, `proposed` (it
waits until the run ends, or until a trial run is applied) or `dropped` (a later proposal took its place).
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from autograder.facts.result import Result
from autograder.marks.changes import Counted
from autograder.records.keys import key_of
from autograder.words.marking import what_was_done


def now() -> str:
    """The time, in ISO 8601 with its time zone."""
    return datetime.now().astimezone().isoformat(timespec="seconds")


@dataclass(frozen=True)
class Grading:
    """One time that one submission was graded.

    Attributes:
        number: Its number; later ones have higher numbers.
        run: The run's number, or None where an early program kept none.
        graded: When, in ISO 8601, or "".
        file: What was graded.
        attempt: Which attempt it was.
        fingerprint: A hash of all that the row was made from: contents and tests.
        basis: A hash of the tests and settings.
        state: `counts`, `replaced`, `beaten`, `proposed` or `dropped`.
        score: Points earned.
        max_score: Points that could be earned.
    """

    number: int
    run: int | None
    graded: str
    file: str
    attempt: int
    fingerprint: str
    basis: str
    state: str
    score: float
    max_score: float


@dataclass(frozen=True)
class CountedMark:
    """A mark that a student had from a time on."""

    run: int | None
    counted: str  # when, in ISO 8601, or ""
    mark: float
    reasons: tuple[str, ...]  # why it is not the score, in sentences


@dataclass(frozen=True)
class Run:
    """One run of `autograder grade` that graded something."""

    number: int
    started: str  # in ISO 8601, or ""
    ended: str  # in ISO 8601, or "" where it was stopped
    tests: str  # a hash of tests, settings and libraries' versions
    gradings: int  # how many submissions it graded


_GRADING = "number, run, graded, file, attempt, fingerprint, basis, state, score, max_score"


def add_grading(connection: sqlite3.Connection, state: str, result: Result, cells: dict[str, object]) -> None:
    """Notes a grading, within the caller's transaction.

    Args:
        connection: The gradebook.
        state: `counts`, `replaced`, `beaten`, `proposed` or `dropped`.
        result: What came of it.
        cells: Its columns `file`, `attempt`, `fingerprint`, `basis` and `result`, its JSON.
    """
    key = key_of(result.student)
    if state in ("counts", "proposed"):
        _take_place(connection, key, state)
    (run,) = connection.execute("SELECT max(number) FROM runs").fetchone()
    row = {"student": key, "run": run, "graded": now(), "state": state} | cells
    row |= {"score": result.score, "max_score": result.max_score}
    blanks = ", ".join("?" * len(row))
    connection.execute(f"INSERT INTO gradings ({', '.join(row)}) VALUES ({blanks})", tuple(row.values()))


def _take_place(connection: sqlite3.Connection, key: str, state: str) -> None:
    """Makes place for a grading of the student that is proposed, or counts."""
    change = "UPDATE gradings SET state = ? WHERE student = ? AND state = ?"
    connection.execute(change, ("dropped", key, "proposed"))
    if state == "counts":
        connection.execute(change, ("replaced", key, "counts"))


def proposals(connection: sqlite3.Connection) -> dict[str, str]:
    """By key, the hash of what the proposal that waits was made from."""
    return dict(connection.execute("SELECT student, fingerprint FROM gradings WHERE state = 'proposed'"))


def accept(connection: sqlite3.Connection, key: str) -> tuple[str, int, str, str]:
    """Makes a student's proposal count, within the caller's transaction.

    Returns:
        The result's JSON, the attempt, and the hashes of all that it was made from, and of the tests.
    """
    columns = "number, result, attempt, fingerprint, basis"
    query = f"SELECT {columns} FROM gradings WHERE student = ? AND state = 'proposed'"
    number, *accepted = connection.execute(query, (key,)).fetchone()
    _take_place(connection, key, "counts")
    connection.execute("UPDATE gradings SET state = 'counts' WHERE number = ?", (number,))
    text, attempt, fingerprint, basis = accepted
    return text, attempt, fingerprint, basis


def attempts_of(connection: sqlite3.Connection, key: str, fingerprint: str) -> dict[int, tuple[int, str, str, str]]:
    """By attempt, the gradings of a row of several: the number, the result's JSON, the hash of the tests, the state."""
    query = """SELECT attempt, number, result, basis, state FROM gradings
        WHERE student = ? AND fingerprint = ? AND state IN ('counts', 'beaten') ORDER BY number"""
    return {attempt: tuple(rest) for attempt, *rest in connection.execute(query, (key, fingerprint))}


def let_count(connection: sqlite3.Connection, key: str, number: int) -> None:
    """Makes another attempt of a student count, within the caller's transaction."""
    change = "UPDATE gradings SET state = ? WHERE student = ? AND state = 'counts'"
    connection.execute(change, ("beaten", key))
    connection.execute("UPDATE gradings SET state = 'counts' WHERE number = ?", (number,))


def gradings_of(connection: sqlite3.Connection, key: str) -> list[Grading]:
    """All times that a student was graded, the first first."""
    rows = connection.execute(f"SELECT {_GRADING} FROM gradings WHERE student = ? ORDER BY number", (key,))
    return [Grading(*row) for row in rows]


def marks_of(connection: sqlite3.Connection, key: str) -> list[CountedMark]:
    """All marks that a student had, the first first."""
    query = "SELECT run, counted, mark, reasons FROM marks WHERE student = ? ORDER BY number"
    return [
        CountedMark(run, when, mark, tuple(json.loads(reasons)))
        for run, when, mark, reasons in connection.execute(query, (key,))
    ]


def counted(connection: sqlite3.Connection) -> Iterator[tuple[str, Counted]]:
    """By key, the mark that counts since the last run ended."""
    for key, mark, _ in _last_marks(connection):
        yield key, mark


def _last_marks(connection: sqlite3.Connection) -> Iterator[tuple[str, Counted, str]]:
    """By key, the mark that counts, and its reasons as JSON."""
    query = """SELECT student, mark, questions, reasons FROM marks
        WHERE number IN (SELECT max(number) FROM marks GROUP BY student)"""
    for student, mark, questions, reasons in connection.execute(query):
        yield student, Counted(mark, json.loads(questions)), reasons


def was(connection: sqlite3.Connection, key: str, mark: float) -> float | None:
    """The mark before it became this one, or None."""
    query = "SELECT mark FROM marks WHERE student = ? ORDER BY number DESC"
    return next((before for (before,) in connection.execute(query, (key,)) if before != mark), None)


def settle(connection: sqlite3.Connection, results: Iterable[Result]) -> None:
    """Notes the marks that count from now on, where they or their reasons differ from the last."""
    before = {key: (mark, reasons) for key, mark, reasons in _last_marks(connection)}
    (run,) = connection.execute("SELECT max(number) FROM runs").fetchone()
    for result in results:
        key, mark = key_of(result.student), Counted.of(result)
        reasons = json.dumps(what_was_done(result))
        if not result.has_marks or before.get(key) == (mark, reasons):
            continue
        cells = (key, run, now(), mark.mark, json.dumps(mark.questions), reasons)
        connection.execute(
            "INSERT INTO marks (student, run, counted, mark, questions, reasons) VALUES (?, ?, ?, ?, ?, ?)", cells
        )
        connection.execute("UPDATE submissions SET mark = ? WHERE student = ?", (mark.mark, key))


def runs(connection: sqlite3.Connection) -> list[Run]:
    """All runs, the first first."""
    query = """SELECT number, started, ended, tests,
        (SELECT count(*) FROM gradings WHERE run = runs.number) FROM runs ORDER BY number"""
    return [Run(*row) for row in connection.execute(query)]
