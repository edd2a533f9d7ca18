"""The gradebook: one SQLite file that holds every graded submission and survives `kill -9`."""

from __future__ import annotations

import secrets
import sqlite3
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType

from autograder.facts.result import Diagnosis, QuestionResult, Result
from autograder.records.errors import GradebookError as GradebookError
from autograder.records.keys import key_of, student_of
from autograder.records.lock import FileLock, LockedError
from autograder.records.marks_alone import contained, marks_alone

SCHEMA_VERSION = 1
_APPLICATION_ID = 0x74666B67  # "tfkg": tells a gradebook from any other SQLite file

# what a class is graded on is drawn for each run, and nobody but the gradebook knows it
_RUNS = "CREATE TABLE IF NOT EXISTS runs (number INTEGER PRIMARY KEY, seed INTEGER NOT NULL, finished INTEGER NOT NULL)"
_MOST_SEED = 2**31

_SCHEMA = f"""
CREATE TABLE submissions (
    student TEXT PRIMARY KEY,
    assignment TEXT NOT NULL,
    status TEXT NOT NULL,
    score REAL NOT NULL,
    max_score REAL NOT NULL,
    late_days INTEGER NOT NULL,
    seconds REAL NOT NULL,
    fingerprint TEXT NOT NULL,
    result TEXT NOT NULL
);
CREATE TABLE questions (
    student TEXT NOT NULL REFERENCES submissions (student) ON DELETE CASCADE,
    position INTEGER NOT NULL,
    question TEXT NOT NULL,
    points REAL NOT NULL,
    max_points REAL NOT NULL,
    outcome TEXT NOT NULL,
    diagnosis TEXT,
    PRIMARY KEY (student, position)
) WITHOUT ROWID;
PRAGMA application_id = {_APPLICATION_ID};
PRAGMA user_version = {SCHEMA_VERSION};
"""


_UNREADABLE = "Only the marks of this submission are shown, because the rest of its record could not be read."


class Gradebook:
    """The record of a class, open for one grader or for any number of readers.

    Each submission is one transaction: a killed run loses at most the submission in flight, and its next run
    finds the others with `finished`. The file uses a rollback journal rather than a write-ahead log, because
    the gradebook then is one file that can be copied, also lies safely on the network drives of universities,
    and writes to it are rare (one every 0.1 s or so). Use it from the thread that opened it.

    Example:

    ```python
    with Gradebook("out/gradebook.sqlite") as gradebook:
        done = gradebook.finished(fingerprints)
        for submission in submissions:
            if submission.student not in done:
                gradebook.record(grade(submission), fingerprints[submission.student])
    ```

    Tables for your own queries: `submissions` (student, assignment, status, score, max_score, late_days,
    seconds, fingerprint, result: the JSON) and `questions` (student, position, question, points, max_points,
    outcome, diagnosis: its code).
    """

    def __init__(self, path: str | Path, read_only: bool = False):
        self.path = Path(path)
        self.read_only = read_only
        self._lock = FileLock(self.path.with_name(f".{self.path.name}.lock"))
        self._open: sqlite3.Connection | None = None

    def __enter__(self) -> Gradebook:
        if not self.read_only:
            self._take_lock()
        try:
            with self._explained("open"):
                self._connect()
        except BaseException:
            self.close()
            raise
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close the file and give up the lock; a second call does nothing."""
        if self._open is not None:
            self._open.close()
            self._open = None
        self._lock.release()

    def record(self, result: Result, fingerprint: str) -> None:
        """Store a result, replacing what the student had before, in one transaction.

        A result that holds something that cannot be stored, or that could not be read again, is stored as its marks
        alone.
        """
        contained(lambda one: self._store(one, fingerprint), result)

    def _store(self, result: Result, fingerprint: str) -> None:
        student = key_of(result.student)
        text = _storable(result.to_json())
        Result.from_json(text)
        row = (
            student,
            result.assignment,
            result.status,
            result.score,
            result.max_score,
            result.late_days,
            result.seconds,
            fingerprint,
            text,
        )
        questions = [
            (
                student,
                position,
                question.id,
                question.points,
                question.max_points,
                question.outcome,
                question.diagnosis.code if question.diagnosis else None,
            )
            for position, question in enumerate(result.questions)
        ]
        with self._explained("write"), self._transaction() as connection:
            connection.execute("DELETE FROM submissions WHERE student = ?", (student,))
            connection.execute("INSERT INTO submissions VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            connection.executemany("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?)", questions)

    def begin_run(self, students: Iterable[str]) -> int:
        """The seed of a run: drawn when it begins, and the same when it was stopped and goes on.

        No student is graded twice on one seed: a second attempt could be a table of answers to what the first was
        asked. So a run that has graded one of these already does not go on; another begins.
        """
        with self._explained("write"), self._transaction() as connection:
            query = "SELECT seed FROM runs WHERE NOT finished ORDER BY number DESC"
            (seed,) = connection.execute(query).fetchone() or (None,)
            if seed is None or any(self._seed_of(student) == seed for student in students):
                seed = secrets.randbelow(_MOST_SEED)
                connection.execute("UPDATE runs SET finished = 1")
                connection.execute("INSERT INTO runs (seed, finished) VALUES (?, 0)", (seed,))
        return seed

    def _seed_of(self, student: str) -> int | None:
        """The seed on which a student was last graded, as far as the record tells."""
        query = "SELECT result FROM submissions WHERE student = ? AND fingerprint != ''"
        row = self._connection.execute(query, (key_of(student),)).fetchone()
        try:
            return Result.from_json(row[0]).seed if row else None
        except Exception:
            return None

    def end_run(self) -> None:
        """Notes that all is graded: what is handed in from now on is graded on another seed."""
        with self._explained("write"), self._transaction() as connection:
            connection.execute("UPDATE runs SET finished = 1")

    def finished(self, fingerprint_by_student: Mapping[str, str]) -> set[str]:
        """The students whose stored result was made from exactly this submission and these settings."""
        with self._explained("read"):
            stored = dict(self._connection.execute("SELECT student, fingerprint FROM submissions"))
        return {
            student
            for student, fingerprint in fingerprint_by_student.items()
            if stored.get(key_of(student)) == fingerprint
        }

    def results(self) -> Iterator[Result]:
        """Every stored result, sorted by student; of a record that cannot be read, the marks."""
        with self._explained("read"):
            query = "SELECT student FROM submissions ORDER BY student"
            students = [student for (student,) in self._connection.execute(query)]
        for student in students:
            # one query each: a cursor left open while pages are written would hold up a running grader
            with self._explained("read"):
                query = "SELECT result FROM submissions WHERE student = ?"
                row = self._connection.execute(query, (student,)).fetchone()
            if row is not None:
                yield self._read(student, row[0])

    def _read(self, student: str, text: str) -> Result:
        try:
            result = Result.from_json(text)
            if student in (key_of(result.student), _storable(result.student)):
                return result
        except Exception:
            # a damaged record, or one that another program wrote: the columns have the marks
            pass
        return self._from_columns(student)

    def _from_columns(self, student: str) -> Result:
        """The marks that are in the columns, whatever became of the JSON."""
        with self._explained("read"):
            query = "SELECT assignment, status, late_days, seconds FROM submissions WHERE student = ?"
            assignment, status, late_days, seconds = self._connection.execute(query, (student,)).fetchone()
            query = "SELECT question, outcome, points, max_points, diagnosis FROM questions WHERE student = ?"
            rows = self._connection.execute(f"{query} ORDER BY position", (student,)).fetchall()
        questions = tuple(
            QuestionResult(id, "", outcome, points, most, diagnosis=Diagnosis(code, None, code) if code else None)
            for id, outcome, points, most, code in rows
        )
        result = Result(student_of(student), assignment, status, questions, late_days=late_days, seconds=seconds)
        return marks_alone(result, _UNREADABLE)

    def remove(self, students: Iterable[str]) -> None:
        """Forget these students' results; unknown names are ignored."""
        with self._explained("write"), self._transaction() as connection:
            rows = [(key_of(student),) for student in students]
            connection.executemany("DELETE FROM submissions WHERE student = ?", rows)

    def _take_lock(self) -> None:
        try:
            self.path.parent.mkdir(parents=True, exist_ok=True)
            self._lock.acquire()
        except LockedError as error:
            raise GradebookError(
                f"expected to be the only grader of {self.path}, but {error.holder} is using it; "
                "wait for it to end or choose another --output"
            ) from error
        except OSError as error:
            raise GradebookError(
                f"expected a folder that can be written and locked for the gradebook {self.path}, received: "
                f"{error.strerror}; change its permissions or choose another --output"
            ) from error

    def _connect(self) -> None:
        if self.read_only and not self.path.is_file():
            raise GradebookError(
                f"expected a gradebook at {self.path}, found none; run `autograder grade` with this --output first"
            )
        # a reader opens for writing too: after a kill, reading begins with rolling back the journal
        mode = "rw" if self.read_only else "rwc"
        self._open = sqlite3.connect(
            f"{self.path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=30
        )
        connection = self._open
        # bytes that are no text cost one result its words, not the class its run
        connection.text_factory = lambda data: data.decode("utf-8", "replace")
        application, version, tables = (
            connection.execute(query).fetchone()[0]
            for query in (
                "PRAGMA application_id",
                "PRAGMA user_version",
                "SELECT count(*) FROM sqlite_master",
            )
        )
        if application != _APPLICATION_ID and (tables or version or self.read_only):
            raise GradebookError(
                f"expected a gradebook at {self.path}, received an SQLite file of something else; "
                "move it away or choose another --output"
            )
        if version > SCHEMA_VERSION:
            raise GradebookError(
                f"expected version {SCHEMA_VERSION} of the gradebook {self.path}, "
                f"received version {version}; upgrade autograder or choose another --output"
            )
        damage = connection.execute("PRAGMA quick_check(1)").fetchone()[0]
        if damage != "ok":
            raise sqlite3.DatabaseError(damage)
        if self.read_only:
            connection.execute("PRAGMA query_only = ON")
            return
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        with self._transaction():
            if not tables:
                # executescript would commit, and a kill could leave half a schema
                for statement in _SCHEMA.split(";"):
                    connection.execute(statement)
            connection.execute(_RUNS)  # for one of an earlier version
            # a write that changes nothing: a file that cannot be written shows now, not an hour later
            connection.execute(f"PRAGMA user_version = {SCHEMA_VERSION}")
            self._rename_old_keys(connection)

    def _rename_old_keys(self, connection: sqlite3.Connection) -> None:
        r"""Gives keys of today to rows of earlier versions, which spelled lone surrogates `\udcff` and no more."""
        query = r"SELECT student, result FROM submissions WHERE instr(student, '\ud')"
        for old, text in connection.execute(query).fetchall():
            try:
                new = key_of(Result.from_json(text).student)
            except Exception:
                continue  # a record that cannot be read keeps the key it has
            if new != old and old == _storable(student_of(new)):
                rest = "assignment, status, score, max_score, late_days, seconds, fingerprint, result"
                copied = f"INSERT OR REPLACE INTO submissions SELECT ?, {rest} FROM submissions WHERE student = ?"
                connection.execute(copied, (new, old))
                connection.execute("UPDATE questions SET student = ? WHERE student = ?", (new, old))
                connection.execute("DELETE FROM submissions WHERE student = ?", (old,))

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            raise GradebookError(f"expected an open gradebook, {self.path} is closed; use it in a `with` block")
        return self._open

    @contextmanager
    def _transaction(self) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise

    @contextmanager
    def _explained(self, action: str) -> Iterator[None]:
        try:
            yield
        except (sqlite3.DataError, sqlite3.IntegrityError, sqlite3.InterfaceError, sqlite3.ProgrammingError) as error:
            # what was to be stored is to blame, not the file
            raise ValueError(str(error)) from error
        except sqlite3.Error as error:
            reason = " ".join(str(error).split())
            raise GradebookError(
                f"expected to {action} the gradebook {self.path}, received: {reason}; "
                "check the disk and its permissions, or move the file away and grade again"
            ) from error


def _storable(text: str) -> str:
    r"""The text with lone surrogates, which SQLite refuses, spelled `\udc80`: the same string in JSON."""
    return text.encode("utf-8", "backslashreplace").decode()
