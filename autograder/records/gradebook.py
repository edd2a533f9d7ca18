"""The gradebook: one SQLite file that holds every graded submission and survives `kill -9`."""

from __future__ import annotations

import contextlib
import secrets
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from autograder.assignment.definition import Assignment
from autograder.facts.result import Diagnosis, QuestionResult, Result
from autograder.handin.lateness import Times
from autograder.marks.changes import Counted
from autograder.marks.rules import Rules
from autograder.records import history
from autograder.records.errors import GradebookError as GradebookError
from autograder.records.gradebook_file import GradebookFile
from autograder.records.keys import key_of, student_of
from autograder.records.last_run import LastRun
from autograder.records.listing import Entry, Listing
from autograder.records.marks_alone import contained, marks_alone
from autograder.records.origin import Origin
from autograder.records.packed import Packed
from autograder.records.versions import storable

_MOST_SEED = 2**31
# of an entry, as `_cells` and `_entry` have them
_COLUMNS = (
    *("name", "id", "email", '"group"', "file", "attempt", "attempts"),
    *("submitted", "is_late", "modified", "extension"),
)
_UNREADABLE = "Only the marks of this submission are shown, because the rest of its record could not be read."


class Gradebook(GradebookFile):
    """The record of a class, open for one grader or for any number of readers.

    Each submission is one transaction: a killed run loses at most the submission in flight, and its next run
    finds the others with `finished`. The file uses a rollback journal rather than a write-ahead log, because
    the gradebook then is one file that can be copied, also lies safely on the network drives of universities,
    and writes to it are rare (one every 0.1 s or so). Use it from the thread that opened it.

    Example:

    ```python
    with Gradebook("out/gradebook.sqlite") as gradebook:
        gradebook.claim(assignment)
        for submission in listing.waiting(gradebook.begin(listing)):
            for done in listing.done(grader.grade(submission)):
                gradebook.record(done.result, done.print, done.entry)
        results = gradebook.conclude(listing, rules)
    ```

    No grading and no mark is ever lost: `gradings` has each time that something was graded, and `marks` each mark that
    counted when a run ended. A result that is to take another's place waits as a proposal until the run ends, so that
    it is known whose mark changes before anything does.

    Tables for your own queries: `submissions` (student, assignment, status, score, max_score, late_days, seconds,
    fingerprint, result: the JSON; then name, id, email, "group", file, attempt, attempts, submitted, is_late,
    modified, extension, basis, without_carrying, mark), `questions` (student, position, question, points, max_points,
    outcome, diagnosis: its code, carried: what of the points was earned on the student's own groundwork) and `about`
    (key, value: the assignment, its folder, title and due date, and what the last run found).
    """

    def __init__(self, path: str | Path, read_only: bool = False):
        super().__init__(path, read_only)
        self._basis = ""
        self._proposed_now: set[str] = set()

    def claim(self, assignment: Assignment, trial: bool = False) -> None:
        """Makes it this assignment's gradebook; a trial looks only whether that can be.

        Raises:
            GradebookError: When it holds the marks of another; nothing is changed then.
        """
        with self._explained("write"), self._transaction():
            held = self._assignments()
            name = assignment.name
            if held and name not in held:
                raise GradebookError(
                    f"{self.path.parent}/ holds the marks of {held[0]}; expected {name} or an empty folder: "
                    f"choose another --output, such as {self._place_for(name, held[0])}"
                )
            if not trial:
                self._note({"assignment": name} | Origin.of(assignment).rows)

    def _place_for(self, assignment: str, held: str) -> Path:
        """A folder for another assignment: beside this one if it is called as its own assignment, or else inside."""
        number, folder = assignment.partition("_")[0], self.path.parent
        return folder.parent / number if folder.name in (held, held.partition("_")[0]) else folder / number

    @property
    def assignment(self) -> str:
        """The assignment whose marks it holds, or ""."""
        with self._explained("read"):
            return self._last_run().assignment or next(iter(self._assignments()), "")

    @property
    def origin(self) -> Origin | None:
        """What it keeps of its assignment; None when an early program wrote it."""
        with self._explained("read"):
            return Origin.read(self._about())

    def _assignments(self) -> list[str]:
        """Those that have rows: the one that claimed it, or all of a gradebook of before there were claims."""
        query = "SELECT DISTINCT assignment FROM submissions ORDER BY assignment"
        names = [name for (name,) in self._connection.execute(query)]
        claimed = self._last_run().assignment
        return [claimed] if claimed in names else names

    def begin(self, listing: Listing, trial: bool = False) -> set[str]:
        """Notes what is handed in now, and brings rows that need no grading up to date with it; a trial does not.

        Returns:
            The students whose stored result was made from exactly what they handed in, with these settings.
        """
        self._basis = listing.basis
        if not trial:
            with self._explained("write"), self._transaction():
                self._refresh(listing)
                self._note(LastRun.begun(listing))
        return self.finished(listing.prints)

    def _refresh(self, listing: Listing) -> None:
        """Brings the rows of those who are graded up to date with what is known of them, within a transaction."""
        connection = self._connection
        attempts = dict(connection.execute("SELECT student, attempt FROM submissions"))
        columns = ", ".join(f"{column} = ?" for column in (*_COLUMNS, "late_days"))
        for student in self.finished(listing.prints):
            entry = listing.entry(student, attempts[key_of(student)])
            cells = (*_cells(entry), listing.late_days(entry), key_of(student))
            connection.execute(f"UPDATE submissions SET {columns} WHERE student = ?", cells)

    def record(self, result: Result, fingerprint: str, entry: Entry | None = None, state: str = "counts") -> None:
        """Keep a result, in one transaction.

        A result that holds something that cannot be stored, or that could not be read again, is stored as its marks
        alone. What the entry says of the student is stored beside it, where it can be changed without grading again.

        Args:
            result: The result.
            fingerprint: A hash of all that it was made from; "" lets the next run grade it again.
            entry: What is known of its row.
            state: `counts`: it takes the place of what the student had before. `proposed`: it waits for `conclude`.
                `beaten`: another attempt of the student is better. `dropped`: it never counts.
        """
        contained(lambda one: self._keep(one, fingerprint, entry or Entry(result.student), state), result)

    def _keep(self, result: Result, fingerprint: str, entry: Entry, state: str) -> None:
        text = storable(result.to_json())
        Result.from_json(text)
        cells = {"file": storable(entry.file), "attempt": entry.attempt, "fingerprint": fingerprint}
        cells |= {"basis": self._basis, "result": text}
        with self._explained("write"), self._transaction() as connection:
            history.add_grading(connection, state, result, cells)
            if state == "proposed":
                self._proposed_now.add(result.student)
            if state == "counts":
                self._store(result, text, fingerprint, entry, self._basis)

    def _store(self, result: Result, text: str, fingerprint: str, entry: Entry, basis: str) -> None:
        """Makes it the student's row, within a transaction."""
        student = key_of(result.student)
        row = {
            "student": student,
            "assignment": result.assignment,
            "status": result.status,
            "score": result.score,
            "max_score": result.max_score,
            "without_carrying": result.without_carrying,
            "mark": result.mark,
            "late_days": result.late_days,
            "seconds": result.seconds,
            "fingerprint": fingerprint,
            "result": text,
            "basis": basis,
        } | dict(zip(_COLUMNS, _cells(entry), strict=True))
        questions = [
            (
                student,
                position,
                question.id,
                question.points,
                question.max_points,
                question.outcome,
                question.diagnosis.code if question.diagnosis else None,
                question.carried,
            )
            for position, question in enumerate(result.questions)
        ]
        connection = self._connection
        connection.execute("DELETE FROM submissions WHERE student = ?", (student,))
        blanks = ", ".join("?" * len(row))
        connection.execute(f"INSERT INTO submissions ({', '.join(row)}) VALUES ({blanks})", tuple(row.values()))
        connection.executemany("INSERT INTO questions VALUES (?, ?, ?, ?, ?, ?, ?, ?)", questions)

    def begin_run(self, students: Iterable[str]) -> int:
        """The seed of a run: drawn when it begins, and the same when it was stopped and goes on.

        No student is graded twice on one seed: a second attempt could be a table of answers to what the first was
        asked. So a run that has graded one of these already does not go on; another begins.
        """
        with self._explained("write"), self._transaction() as connection:
            query = "SELECT seed FROM runs WHERE NOT finished ORDER BY number DESC"
            (seed,) = connection.execute(query).fetchone() or (None,)
            if seed is None or any(seed in self._seeds_of(student) for student in students):
                seed = secrets.randbelow(_MOST_SEED)
                connection.execute("UPDATE runs SET finished = 1")
                cells = (seed, history.now(), self._basis)
                connection.execute("INSERT INTO runs (seed, finished, started, tests) VALUES (?, 0, ?, ?)", cells)
        return seed

    def _seeds_of(self, student: str) -> set[int]:
        """The seeds on which a student was graded, as far as the record tells."""
        query = "SELECT result FROM gradings WHERE student = ? AND fingerprint != '' AND state != 'beaten'"
        found = set()
        for (text,) in self._connection.execute(query, (key_of(student),)):
            with contextlib.suppress(Exception):  # a damaged record says nothing
                found.add(Result.from_json(text).seed)
        return found

    def conclude(
        self,
        listing: Listing,
        rules: Rules,
        complete: bool = True,
        trial: bool = False,
        only: Collection[str] | None = None,
        tell: Callable[[Sequence[Result]], object] = lambda results: None,
    ) -> Sequence[Result]:
        """Makes what waited as a proposal count, and notes the marks that count from now on: all of it, or nothing.

        Args:
            listing: What is handed in.
            rules: What decides about a mark besides grading.
            complete: Whether all of it is graded.
            trial: Whether it is only asked what would be; nothing is changed then.
            only: The students whose proposals count now; everybody's where it is None.
            tell: Is told of the results before they count, while `counted` still gives the marks of before.

        Returns:
            A result for every student, as `results` gives them.
        """
        with self._explained("write"), self._transaction(keep=not trial) as connection:
            proposed = self.proposed(listing.prints) | self._proposed_now
            for student in sorted(proposed if only is None else proposed & set(only)):
                text, attempt, fingerprint, basis = history.accept(connection, key_of(student))
                self._store(Result.from_json(text), text, fingerprint, listing.entry(student, attempt), basis)
            self._choose_again(listing)
            self._refresh(listing)
            self._note(LastRun.begun(listing) | {"finished": "yes" if complete else "no"})
            results = Packed(self.results(rules))
            tell(results)
            history.settle(connection, (result for result in results if not result.left_out))
            # what is handed in from now on is graded on another seed
            connection.execute("UPDATE runs SET finished = 1, ended = ? WHERE NOT finished", (history.now(),))
        if not trial:
            self._proposed_now.clear()
        return results

    def _choose_again(self, listing: Listing) -> None:
        """Of several attempts that are graded, lets the best by the rules of today count, within a transaction."""
        for student in sorted(self.finished(listing.prints)):
            key, fingerprint = key_of(student), listing.prints[student]
            attempts = history.attempts_of(self._connection, key, fingerprint)
            if len(attempts) < 2:
                continue
            results = {attempt: self._read(key, text) for attempt, (_, text, _, _) in attempts.items()}
            best = listing.best(student, results)
            number, text, basis, state = attempts[best]
            if state != "counts":
                history.let_count(self._connection, key, number)
                self._store(results[best], text, fingerprint, listing.entry(student, best), basis)

    def proposed(self, fingerprint_by_student: Mapping[str, str]) -> set[str]:
        """The students of whom a proposal waits that was made from exactly this submission and these settings."""
        with self._explained("read"):
            waiting = history.proposals(self._connection)
        return {
            student
            for student, fingerprint in fingerprint_by_student.items()
            if fingerprint and waiting.get(key_of(student)) == fingerprint
        }

    def counted(self) -> dict[str, Counted]:
        """By the name of the student's row, the mark that counts since the last run ended."""
        with self._explained("read"):
            return {student_of(key): mark for key, mark in history.counted(self._connection)}

    @property
    def prints(self) -> dict[str, tuple[str, str]]:
        """By the name of the student's row, the hash of what was graded, and of what it was graded with."""
        with self._explained("read"):
            rows = self._connection.execute("SELECT student, fingerprint, basis FROM submissions").fetchall()
        return {student_of(key): (print, basis) for key, print, basis in rows}

    @property
    def most_points(self) -> dict[str, float]:
        """The points of each question, and of all of them as `""`; empty where nothing is graded yet."""
        with self._explained("read"):
            query = "SELECT question, max(max_points) FROM questions GROUP BY question"
            most = dict(self._connection.execute(query))
            (whole,) = self._connection.execute("SELECT max(max_score) FROM submissions").fetchone()
        return most | {"": whole} if most else {}

    @property
    def people(self) -> dict[str, tuple[str, ...]]:
        """By the name of the student's row, everything that the student is called."""
        with self._explained("read"):
            rows = self._connection.execute("SELECT student, name, id, email FROM submissions").fetchall()
            listed = [entry for entry, _ in self._last_run().listed.values()]
        found = {one.student: one.called for one in listed}
        return found | {student_of(key): (student_of(key), *called) for key, *called in rows}

    @property
    def with_marks(self) -> set[str]:
        """The students who have a row."""
        with self._explained("read"):
            return {student_of(key) for (key,) in self._connection.execute("SELECT student FROM submissions")}

    def ended(self, statuses: Iterable[str]) -> set[str]:
        """The students whose row has one of these statuses."""
        wanted = set(statuses)
        with self._explained("read"):
            rows = self._connection.execute("SELECT student, status FROM submissions").fetchall()
        return {student_of(key) for key, status in rows if status in wanted}

    def runs(self) -> list[history.Run]:
        """All runs, the first first."""
        with self._explained("read"):
            return history.runs(self._connection)

    def gradings(self, student: str) -> list[history.Grading]:
        """All times that a student was graded, the first first."""
        with self._explained("read"):
            return history.gradings_of(self._connection, key_of(student))

    def marks(self, student: str) -> list[history.CountedMark]:
        """All marks that a student had, the first first."""
        with self._explained("read"):
            return history.marks_of(self._connection, key_of(student))

    def finished(self, fingerprint_by_student: Mapping[str, str]) -> set[str]:
        """The students whose stored result was made from exactly this submission and these settings."""
        with self._explained("read"):
            stored = dict(self._connection.execute("SELECT student, fingerprint FROM submissions"))
        return {
            student
            for student, fingerprint in fingerprint_by_student.items()
            if stored.get(key_of(student)) == fingerprint
        }

    def results(self, rules: Rules | None = None) -> Iterator[Result]:
        """A result for every student, sorted by student; of a record that cannot be read, the marks.

        Args:
            rules: What decides about a mark besides grading; without them, all is as it was when it was last graded.
        """
        with self._explained("read"):
            last_run = self._last_run()
            stored = {student for (student,) in self._connection.execute("SELECT student FROM submissions")}
        for student in sorted(stored | last_run.listed.keys()):
            # one query each: a cursor left open while pages are written would hold up a running grader
            with self._explained("read"):
                columns = ", ".join(("result", "late_days", "assignment", "basis", "fingerprint", *_COLUMNS))
                query = f"SELECT {columns} FROM submissions WHERE student = ?"
                row = self._connection.execute(query, (student,)).fetchone()
            if row is None:
                if student in last_run.listed:
                    result = last_run.without_marks(student)
                    yield rules.applied(result, Times()) if rules else result
                continue
            text, late_days, *graded_with = row[:5]
            entry = _entry(student, row[5:])
            result = replace(entry.on(self._read(student, text)), late_days=late_days)
            result = replace(result, left_out=last_run.left_out(student, *graded_with))
            result = rules.applied(result, entry.times) if rules else result
            with self._explained("read"):
                yield replace(result, was=history.was(self._connection, student, result.mark))

    def _last_run(self) -> LastRun:
        return LastRun.read(self._about())

    def _about(self) -> dict[str, str]:
        return dict(self._connection.execute("SELECT key, value FROM about"))

    def _note(self, about: Mapping[str, str]) -> None:
        rows = [(key, storable(value)) for key, value in about.items()]
        self._connection.executemany("INSERT OR REPLACE INTO about VALUES (?, ?)", rows)

    def _read(self, student: str, text: str) -> Result:
        try:
            result = Result.from_json(text)
            if student == key_of(result.student):
                return result
        except Exception:
            # a damaged record, or one that another program wrote: the columns have the marks
            pass
        return self._from_columns(student)

    def _from_columns(self, student: str) -> Result:
        """The marks that are in the columns, whatever became of the JSON."""
        with self._explained("read"):
            query = "SELECT assignment, status, seconds FROM submissions WHERE student = ?"
            assignment, status, seconds = self._connection.execute(query, (student,)).fetchone()
            query = "SELECT question, outcome, points, max_points, diagnosis FROM questions WHERE student = ?"
            rows = self._connection.execute(f"{query} ORDER BY position", (student,)).fetchall()
        questions = tuple(
            QuestionResult(id, "", outcome, points, most, diagnosis=Diagnosis(code, None, code) if code else None)
            for id, outcome, points, most, code in rows
        )
        return marks_alone(Result(student_of(student), assignment, status, questions, seconds=seconds), _UNREADABLE)

    def remove(self, students: Iterable[str]) -> None:
        """Forget these students' results; unknown names are ignored."""
        with self._explained("write"), self._transaction() as connection:
            rows = [(key_of(student),) for student in students]
            connection.executemany("DELETE FROM submissions WHERE student = ?", rows)


def _cells(entry: Entry) -> tuple[str | int | float | None, ...]:
    """What is in the columns of an entry."""
    times = entry.times
    submitted = times.submitted.isoformat() if times.submitted is not None else None
    names = (entry.name, entry.id, entry.email, entry.group, entry.file)
    return (*names, entry.attempt, entry.attempts, submitted, times.is_late, times.modified, times.extension)


def _entry(key: str, cells: tuple[Any, ...]) -> Entry:
    """The entry that these columns hold."""
    name, id, email, group, file, attempt, attempts, submitted, late, modified, extension = cells
    when = datetime.fromisoformat(submitted) if submitted else None
    times = Times(when, None if late is None else bool(late), modified, extension)
    return Entry(student_of(key), name, id, email, group, file, attempt, attempts, times)
