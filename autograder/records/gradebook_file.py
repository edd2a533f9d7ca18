"""The file of a gradebook: opened by one grader or any number of readers, in transactions, with errors in one line."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from autograder.records.errors import GradebookError
from autograder.records.lock import FileLock, LockedError
from autograder.records.versions import APPLICATION_ID, SCHEMA_VERSION, bring_up_to_date

# seconds that another program's lock is waited for
_PATIENCE = 30.0
_Opened = TypeVar("_Opened", bound="GradebookFile")


class GradebookFile:
    """The SQLite file, and the lock that lets one grader write it."""

    def __init__(self, path: str | Path, read_only: bool = False):
        self.path = Path(path)
        self.read_only = read_only
        self._lock = FileLock(self.path.with_name(f".{self.path.name}.lock"))
        self._open: sqlite3.Connection | None = None

    def __enter__(self: _Opened) -> _Opened:
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
            f"{self.path.absolute().as_uri()}?mode={mode}", uri=True, isolation_level=None, timeout=_PATIENCE
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
        if application != APPLICATION_ID and (tables or version or self.read_only):
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
            if version < SCHEMA_VERSION:
                self._open = _brought_up_to_date(connection, version)
            self._open.execute("PRAGMA query_only = ON")
            return
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute("PRAGMA journal_mode = DELETE")
        connection.execute("PRAGMA synchronous = FULL")
        with self._transaction():
            bring_up_to_date(connection, version)

    @property
    def _connection(self) -> sqlite3.Connection:
        if self._open is None:
            raise GradebookError(f"expected an open gradebook, {self.path} is closed; use it in a `with` block")
        return self._open

    @contextmanager
    def _transaction(self, keep: bool = True) -> Iterator[sqlite3.Connection]:
        connection = self._connection
        connection.execute("BEGIN IMMEDIATE")
        try:
            yield connection
            connection.execute("COMMIT" if keep else "ROLLBACK")
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
            if "full" in reason:
                help = "make room there, and start the same command again: what is graded is kept"
            elif "locked" in reason:
                help = "close the program that has it open, or move the file away and grade again"
            else:
                help = "check the disk and its permissions, or move the file away and grade again"
            raise GradebookError(
                f"expected to {action} the gradebook {self.path}, received: {reason}; {help}"
            ) from error


def _brought_up_to_date(connection: sqlite3.Connection, version: int) -> sqlite3.Connection:
    """A copy in memory with the tables of today: what is only read, such as last year's archive, stays as it is."""
    copy = sqlite3.connect(":memory:", isolation_level=None)
    copy.text_factory = connection.text_factory
    connection.backup(copy)
    connection.close()
    bring_up_to_date(copy, version)
    return copy
