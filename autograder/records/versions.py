"""The gradebook's tables, version by version: a new one is made by going through all of them."""

from __future__ import annotations

import sqlite3

from autograder.facts.result import Result
from autograder.records.keys import key_of, student_of

SCHEMA_VERSION = 4
APPLICATION_ID = 0x74666B67  # "tfkg": tells a gradebook from any other SQLite file

_VERSION_1 = (
    """CREATE TABLE submissions (
        student TEXT PRIMARY KEY,
        assignment TEXT NOT NULL,
        status TEXT NOT NULL,
        score REAL NOT NULL,
        max_score REAL NOT NULL,
        late_days INTEGER NOT NULL,
        seconds REAL NOT NULL,
        fingerprint TEXT NOT NULL,
        result TEXT NOT NULL
    )""",
    """CREATE TABLE questions (
        student TEXT NOT NULL REFERENCES submissions (student) ON DELETE CASCADE,
        position INTEGER NOT NULL,
        question TEXT NOT NULL,
        points REAL NOT NULL,
        max_points REAL NOT NULL,
        outcome TEXT NOT NULL,
        diagnosis TEXT,
        PRIMARY KEY (student, position)
    ) WITHOUT ROWID""",
    f"PRAGMA application_id = {APPLICATION_ID}",
)
# whose a row is, when it was handed in, and what it was graded with; and what the last run found
_VERSION_2 = (
    *(
        f"ALTER TABLE submissions ADD COLUMN {column}"
        for column in (
            *(f"{name} TEXT NOT NULL DEFAULT ''" for name in ("name", "id", "email", '"group"', "file")),
            "attempt INTEGER NOT NULL DEFAULT 1",
            "attempts INTEGER NOT NULL DEFAULT 1",
            "submitted TEXT",
            "is_late INTEGER",
            "modified REAL",
            "extension INTEGER NOT NULL DEFAULT 0",
            "basis TEXT NOT NULL DEFAULT ''",
        )
    ),
    "CREATE TABLE about (key TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    # what a class is graded on is drawn for each run, and nobody but the gradebook knows it; some of version 1 have it
    "CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY, seed INTEGER NOT NULL, finished INTEGER NOT NULL)",
)

# of the points, those for what is right on the student's own groundwork
_VERSION_3 = (
    "ALTER TABLE submissions ADD COLUMN without_carrying REAL",
    "UPDATE submissions SET without_carrying = score",
    "ALTER TABLE questions ADD COLUMN carried REAL NOT NULL DEFAULT 0",
)

# what was graded and what counted, ever: no row of these two is changed or removed
_VERSION_4 = (
    *(f"ALTER TABLE runs ADD COLUMN {column} TEXT NOT NULL DEFAULT ''" for column in ("started", "ended", "tests")),
    """CREATE TABLE gradings (
        number INTEGER PRIMARY KEY,
        student TEXT NOT NULL,
        run INTEGER,
        graded TEXT NOT NULL,
        file TEXT NOT NULL,
        attempt INTEGER NOT NULL,
        fingerprint TEXT NOT NULL,
        basis TEXT NOT NULL,
        state TEXT NOT NULL,
        score REAL NOT NULL,
        max_score REAL NOT NULL,
        result TEXT NOT NULL
    )""",
    "CREATE INDEX gradings_of_a_student ON gradings (student)",
    """CREATE TABLE marks (
        number INTEGER PRIMARY KEY,
        student TEXT NOT NULL,
        run INTEGER,
        counted TEXT NOT NULL,
        mark REAL NOT NULL,
        questions TEXT NOT NULL,
        reasons TEXT NOT NULL
    )""",
    "CREATE INDEX marks_of_a_student ON marks (student)",
    """INSERT INTO gradings
        (student, graded, file, attempt, fingerprint, basis, state, score, max_score, result)
        SELECT student, '', file, attempt, fingerprint, basis, 'counts', score, max_score, result
        FROM submissions ORDER BY student""",
    """INSERT INTO marks (student, counted, mark, questions, reasons)
        SELECT student, '', score, coalesce(
            (SELECT json_group_object(question, points) FROM questions WHERE questions.student = submissions.student),
            '{}'), '[]'
        FROM submissions ORDER BY student""",
    "ALTER TABLE submissions ADD COLUMN mark REAL",
    "UPDATE submissions SET mark = score",
)


def bring_up_to_date(connection: sqlite3.Connection, version: int) -> None:
    """Makes the tables of today from those of a version, 0 for none; within the caller's transaction."""
    if version < 1:
        _go_through(connection, _VERSION_1)
    if version < 2:
        _rename_old_keys(connection)
        _go_through(connection, _VERSION_2)
    if version < 3:
        _go_through(connection, _VERSION_3)
    if version < 4:
        _go_through(connection, _VERSION_4)
    # a write also where nothing changes: a file that cannot be written shows now, not an hour later
    connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")


def storable(text: str) -> str:
    r"""The text with lone surrogates, which SQLite refuses, spelled `\udc80`: the same string in JSON."""
    return text.encode("utf-8", "backslashreplace").decode()


def _go_through(connection: sqlite3.Connection, statements: tuple[str, ...]) -> None:
    # executescript would commit, and a kill could leave half a schema
    for statement in statements:
        connection.execute(statement)


def _rename_old_keys(connection: sqlite3.Connection) -> None:
    r"""Gives keys of today to rows of early programs, which spelled lone surrogates `\udcff` and no more."""
    query = r"SELECT student, result FROM submissions WHERE instr(student, '\ud')"
    for old, text in connection.execute(query).fetchall():
        try:
            new = key_of(Result.from_json(text).student)
        except Exception:
            continue  # a record that cannot be read keeps the key it has
        if new != old and old == storable(student_of(new)):
            rest = "assignment, status, score, max_score, late_days, seconds, fingerprint, result"
            copied = f"INSERT OR REPLACE INTO submissions SELECT ?, {rest} FROM submissions WHERE student = ?"
            connection.execute(copied, (new, old))
            connection.execute("UPDATE questions SET student = ? WHERE student = ?", (new, old))
            connection.execute("DELETE FROM submissions WHERE student = ?", (old,))
