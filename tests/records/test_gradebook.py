"""The gradebook keeps what it was given, whatever happens to the process or the file."""

import os
import signal
import sqlite3
import subprocess
import sys
import tempfile
import time
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import datetime, timezone
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from autograder.assignment.definition import find_assignment
from autograder.marks.rules import Rules
from autograder.records.errors import GradebookError
from autograder.records.gradebook import Gradebook
from autograder.records.keys import key_of, student_of
from autograder.records.origin import Origin
from autograder.records.versions import SCHEMA_VERSION

REPOSITORY = Path(__file__).parents[2]

# Records one student after another and says so after each; with an argument the process kills itself, for
# real, at that many steps of SQLite's virtual machine within the third write.
WRITER = """
import os, signal, sys
from autograder.facts.result import QuestionResult, Result
from autograder.records.gradebook import Gradebook
path, steps = sys.argv[1], int(sys.argv[2])
with Gradebook(path) as gradebook:
    gradebook._connection.execute("PRAGMA cache_size = 1")  # pages reach the file before the commit
    for number in range(100000):
        if steps and number == 3:
            gradebook._connection.set_progress_handler(lambda: os.kill(os.getpid(), signal.SIGKILL), steps)
        rows = tuple(QuestionResult(f"03.{i}", "n", "passed", 1.0, 1.0, "m" * 2000) for i in range(20))
        student = f"student{number:05d}" if not steps or number != 3 else "student00001"
        result = Result(student, "03_numpy_net", "graded", rows, output="x" * 20000)
        gradebook.record(result, f"print{number}")
        print(student, flush=True)
"""
HOLDER = """
import sys
from autograder.records.gradebook import Gradebook
with Gradebook(sys.argv[1]):
    print("open", flush=True)
    sys.stdin.read()
"""

posix = pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="needs kill -9")


def start(script, *arguments):
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": str(REPOSITORY)},
    )


@contextmanager
def ended(process):
    """Kills the process at the end and closes its pipes."""
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.fixture
def path(tmp_path):
    return tmp_path / "out" / "gradebook.sqlite"


def check_whole(path, said):
    """Every student that the writer reported is there with all questions; at most one more is."""
    with Gradebook(path) as gradebook:
        found = list(gradebook.results())
    students = [result.student for result in found]
    assert students == sorted(students)
    assert set(said) <= set(students)
    assert len(students) <= len(set(said)) + 1
    assert all(len(result.questions) == 20 and result.score == 20 for result in found)
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []
        assert connection.execute("SELECT count(*) FROM questions").fetchone() == (20 * len(students),)


def test_results_come_back_equal_and_sorted(path, make_result):
    results = [make_result(name) for name in ("zoë", "ada", "Bob", "")]
    with Gradebook(path) as gradebook:
        for result in results:
            gradebook.record(result, "print")
        assert list(gradebook.results()) == sorted(results, key=lambda result: result.student)
    with Gradebook(path, read_only=True) as gradebook:
        assert list(gradebook.results()) == sorted(results, key=lambda result: result.student)


def test_hostile_text_comes_back_equal(path, hostile):
    with Gradebook(path) as gradebook:
        for result in hostile:
            gradebook.record(result, "print")
        assert {result.student: result for result in gradebook.results()} == {
            result.student: result for result in hostile
        }
        assert gradebook.finished({result.student: "print" for result in hostile}) == {
            result.student for result in hostile
        }


def test_finished_means_the_same_fingerprint(path, make_result):
    with Gradebook(path) as gradebook:
        gradebook.record(make_result("ada"), "first")
        gradebook.record(make_result("bob", status="timeout"), "first")
        assert gradebook.finished({"ada": "first", "bob": "second", "cy": "first"}) == {"ada"}


def test_a_second_record_replaces_the_first(path, make_result):
    with Gradebook(path) as gradebook:
        gradebook.record(make_result("ada"), "first")
        better = make_result("ada", points=(2.0, 4.0))
        gradebook.record(better, "second")
        assert list(gradebook.results()) == [better]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT count(*) FROM questions").fetchone() == (2,)


def test_instructors_can_query_with_sql(path, make_result):
    with Gradebook(path) as gradebook:
        gradebook.record(make_result("ada"), "print")
    with closing(sqlite3.connect(path)) as connection:
        query = "SELECT student, status, score, max_score, late_days, seconds, fingerprint FROM submissions"
        assert connection.execute(query).fetchall() == [("ada", "graded", 7.0, 14.0, 0, 0.25, "print")]
        query = "SELECT question, points, max_points, outcome, diagnosis FROM questions ORDER BY position"
        assert connection.execute(query).fetchall() == [
            ("03.2", 2.0, 2.0, "passed", None),
            ("03.9", 4.0, 4.0, "passed", None),
            ("03.10", 1.0, 3.0, "failed", "missing-mean"),
            ("03.11", 0.0, 5.0, "failed", "missing-mean"),
        ]


def test_remove_forgets_students_and_their_questions(path, make_result):
    with Gradebook(path) as gradebook:
        for name in ("ada", "bob", "cy"):
            gradebook.record(make_result(name), "print")
        gradebook.remove(["ada", "cy", "nobody"])
        assert [result.student for result in gradebook.results()] == ["bob"]
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT DISTINCT student FROM questions").fetchall() == [("bob",)]


def test_a_number_that_is_not_finite_costs_that_question_its_points_and_the_class_nothing(path, make_result):
    with Gradebook(path) as gradebook:
        gradebook.record(make_result("ada"), "print")
        gradebook.record(make_result("bob", points=(2.0, float("nan"))), "print")
        gradebook.record(replace(make_result("cy"), seconds=float("nan")), "print")
        ada, bob, cy = gradebook.results()
        assert gradebook.finished({"ada": "print", "bob": "print", "cy": "print"}) == {"ada", "bob", "cy"}
    assert ada == make_result("ada")
    assert bob.score == 2.0 and bob.message.startswith("Only the marks of this submission are shown")
    assert (cy.score, cy.seconds, cy.message) == (7.0, 0.0, bob.message)


@pytest.mark.parametrize(
    "text",
    ["{", "null", "[1]", '{"student": "bob"}', "", "[" * 100_000, '{"student": 3}', b"\xff\xfe", "1" * 5000],
    ids=lambda text: str(text[:20]),
)
def test_a_record_that_cannot_be_read_is_made_from_its_columns(path, make_result, text):
    with Gradebook(path) as gradebook:
        for name in ("ada", "bob", "cy"):
            gradebook.record(make_result(name, late_days=2, status="timeout"), "print")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("UPDATE submissions SET result = CAST(? AS TEXT) WHERE student = 'bob'", (text,))
        connection.commit()
    with Gradebook(path, read_only=True) as gradebook:
        ada, bob, cy = gradebook.results()
    assert (ada.student, cy) == ("ada", make_result("cy", late_days=2, status="timeout"))
    assert (
        bob.message == "Only the marks of this submission are shown, because the rest of its record could not be read."
    )
    kept = [(row.id, row.outcome, row.points, row.max_points) for row in bob.questions]
    assert kept == [(row.id, row.outcome, row.points, row.max_points) for row in ada.questions]
    assert (bob.student, bob.status, bob.late_days, bob.seconds, bob.score) == ("bob", "timeout", 2, 0.25, 7.0)


def test_a_record_of_somebody_else_is_not_read(path, make_result):
    with Gradebook(path) as gradebook:
        gradebook.record(make_result("ada", points=(2.0, 4.0)), "print")
        gradebook.record(make_result("bob", points=(0.0, 0.0)), "print")
    with closing(sqlite3.connect(path)) as connection:
        query = "UPDATE submissions SET result = (SELECT result FROM submissions WHERE student = 'ada')"
        connection.execute(f"{query} WHERE student = 'bob'")
        connection.commit()
    with Gradebook(path) as gradebook:
        assert [(result.student, result.score) for result in gradebook.results()] == [("ada", 6.0), ("bob", 0.0)]


ESCAPES = ["\udcff", "\\udcff", "not UTF-8: \\udcff", "not UTF-8: ", "\udcff\\udcff", "\\\udcff", "a\udc80b\\\\"]


def test_names_that_look_like_one_anothers_escapes_have_rows_of_their_own(path, make_result):
    with Gradebook(path) as gradebook:
        for number, name in enumerate(ESCAPES):
            gradebook.record(make_result(name, points=(number / 10,)), f"print{number}")
        assert {result.student: result.score for result in gradebook.results()} == {
            name: number / 10 for number, name in enumerate(ESCAPES)
        }
        prints = {name: f"print{number}" for number, name in enumerate(ESCAPES)}
        assert gradebook.finished(prints) == set(ESCAPES)
        gradebook.remove(["\udcff"])
        assert "\\udcff" in {result.student for result in gradebook.results()}


@given(st.text(st.characters(codec=None, exclude_categories=()), max_size=8))
def test_the_key_is_text_and_tells_the_student(student):
    key_of(student).encode("utf-8")
    assert student_of(key_of(student)) == student


@given(st.text(st.sampled_from("\\u dcf\udcff"), max_size=12), st.text(st.sampled_from("\\u dcf\udcff"), max_size=12))
def test_different_students_have_different_keys(one, other):
    assert (key_of(one) == key_of(other)) == (one == other)
    marked = [f"not UTF-8: {name}" for name in (one, other)]
    assert len({key_of(name) for name in (one, other, *marked)}) == len({one, other, *marked})


@pytest.fixture
def old(path):
    """A gradebook that the program of version 1 wrote."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as connection:
        connection.executescript(Path(__file__).with_name("gradebook_version_1.sql").read_text("utf-8"))
    return path


@pytest.mark.parametrize("read_only", [True, False])
def test_a_gradebook_of_version_1_keeps_its_rows(old, read_only):
    before = old.read_bytes()
    for _ in range(2):
        with Gradebook(old, read_only) as gradebook:
            assert gradebook.assignment == "03_numpy_net"
            rows = [(row.student, row.status, row.score, row.late_days, row.message) for row in gradebook.results()]
            # with a due date, too: of when they were handed in nothing is known
            assert gradebook.origin is None
            assert [row.late_days for row in gradebook.results(Rules(datetime(2020, 1, 1)))] == [0, 2, 0]
            prints = {"ada": "print of ada", "bob": "another", "\udcff": "print of another alphabet"}
            # early programs spelled such a name otherwise
            assert gradebook.finished(prints) == {"ada", "\udcff"}
            ada, *_ = gradebook.results()
        assert rows == [
            ("ada", "graded", 3.0, 0, ""),
            ("bob", "timeout", 3.0, 2, "Stopped in 03.9."),
            ("\udcff", "graded", 3.0, 0, ""),
        ]
        assert (ada.questions[1].diagnosis.text, ada.seed, ada.left_out) == ("The division by M is missing.", 7, "")
    assert (old.read_bytes() == before) == read_only


def test_a_gradebook_of_version_1_is_written_on(old, make_result):
    with Gradebook(old) as gradebook:
        assert gradebook.begin_run(["dan"]) == 4711  # its run was stopped
        gradebook.record(make_result("bob", points=(2.0,)), "print")
        assert [row.score for row in gradebook.results()] == [3.0, 2.0, 3.0]
    with closing(sqlite3.connect(old)) as connection:
        assert connection.execute("PRAGMA user_version").fetchone() == (SCHEMA_VERSION,)
        assert connection.execute("SELECT count(*) FROM questions").fetchone() == (5,)
        assert connection.execute("PRAGMA foreign_key_check").fetchall() == []


def test_a_kill_while_it_is_brought_up_to_date_leaves_version_1(old):
    before = old.read_bytes()
    script = """
import os, signal, sqlite3, sys
from autograder.records import gradebook, gradebook_file
whole = gradebook_file.bring_up_to_date
def killed(connection, version):
    whole(connection, version)
    os.kill(os.getpid(), signal.SIGKILL)
gradebook_file.bring_up_to_date = killed
gradebook.Gradebook(sys.argv[1]).__enter__()
"""
    with ended(start(script, old)) as process:
        assert process.wait(30) == -signal.SIGKILL
    with Gradebook(old, read_only=True) as gradebook:
        assert len(list(gradebook.results())) == 3
    assert old.read_bytes() == before


def tables(path):
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


@pytest.mark.parametrize(
    ("folder", "place"), [("grades", "grades/04"), ("03", "04"), ("03_numpy_net", "04"), ("04", "04/04")]
)
def test_another_assignment_is_refused_and_nothing_is_changed(tmp_path, make_result, folder, place):
    path = tmp_path / folder / "gradebook.sqlite"
    with Gradebook(path) as gradebook:
        gradebook.claim(find_assignment("03"))
        gradebook.record(make_result(), "print")
        gradebook.claim(find_assignment("03"))
    before = tables(path)
    with Gradebook(path) as gradebook, pytest.raises(GradebookError) as caught:
        gradebook.claim(find_assignment("04"))
    assert str(caught.value) == (
        f"{tmp_path / folder}/ holds the marks of 03_numpy_net; expected 04_tape_net or an empty folder: "
        f"choose another --output, such as {tmp_path / place}"
    )
    assert tables(path) == before


def test_a_gradebook_without_rows_is_anybodys(path):
    for name in ("03_numpy_net", "04_tape_net"):
        with Gradebook(path) as gradebook:
            gradebook.claim(find_assignment(name))
            assert gradebook.assignment == name


@pytest.mark.parametrize("due", [None, datetime(2026, 3, 1, 23, 59, 59), datetime(2026, 3, 1, tzinfo=timezone.utc)])
def test_a_gradebook_keeps_which_assignment_it_is_of(path, due):
    elsewhere = replace(find_assignment("03"), folder=Path("/elsewhere/\udcff"), title="Mine \udcff", due=due)
    with Gradebook(path) as gradebook:
        assert gradebook.origin is None
        gradebook.claim(elsewhere)
        kept = gradebook.origin
    assert (kept, kept.now()) == (Origin(Path("/elsewhere/\\udcff"), "Mine \\udcff", due, has_hidden=False), kept)


@pytest.mark.parametrize("damage", ["UPDATE about SET value = 'soon'", "DELETE FROM about"])
def test_a_damaged_date_is_none(path, damage):
    with Gradebook(path) as gradebook:
        gradebook.claim(find_assignment("03"))
    with closing(sqlite3.connect(path)) as connection:
        connection.execute(f"{damage} WHERE key = 'due'")
        connection.commit()
    with Gradebook(path, read_only=True) as gradebook:
        assert (gradebook.origin, gradebook.assignment) == (None, "03_numpy_net")


def test_another_assignment_is_refused_by_a_gradebook_of_version_1(old):
    with Gradebook(old) as gradebook:
        with pytest.raises(GradebookError, match="holds the marks of 03_numpy_net"):
            gradebook.claim(find_assignment("04"))
        gradebook.claim(find_assignment("03"))


def test_a_gradebook_that_another_program_has_locked(path, make_result, monkeypatch):
    monkeypatch.setattr("autograder.records.gradebook_file._PATIENCE", 0.05)
    with Gradebook(path) as gradebook:
        gradebook.record(make_result(), "print")
    with closing(sqlite3.connect(path)) as other:
        other.execute("BEGIN EXCLUSIVE")
        assert "database is locked; close the program that has it open" in refused(path)
        assert "database is locked; close the program that has it open" in refused(path, read_only=True)


def test_a_full_disk_is_not_a_results_doing(path, make_result):
    with Gradebook(path) as gradebook:
        gradebook._connection.execute("PRAGMA max_page_count = 12")
        with pytest.raises(GradebookError, match=r"full; make room there, and start the same command again"):
            gradebook.record(make_result("ada", text="x" * 10**6), "print")
        assert list(gradebook.results()) == []


@posix
@pytest.mark.parametrize("steps", [1, 20, 60, 100, 150, 200, 250, 300])
def test_kill_inside_a_write_keeps_the_record_before_it(path, steps):
    with ended(start(WRITER, path, steps)) as process:
        said = process.stdout.read().split()
        assert process.wait(30) == -signal.SIGKILL
    assert said == ["student00000", "student00001", "student00002"]
    check_whole(path, said)
    with Gradebook(path) as gradebook:  # the write that was killed would have replaced student00001
        prints = {"student00000": "print0", "student00001": "print1", "student00002": "print2"}
        assert gradebook.finished(prints) == set(said)


@posix
@pytest.mark.parametrize("delay", [0.0, 0.013, 0.05, 0.11])
def test_kill_at_any_time_loses_at_most_the_submission_in_flight(path, delay):
    with ended(start(WRITER, path, 0)) as process:
        first = process.stdout.readline()
        time.sleep(delay)
        process.kill()
        rest = process.stdout.read()
    said = [line for line in (first + rest).split("\n") if len(line) == len("student00000")]
    assert said
    check_whole(path, said)


@posix
def test_a_reader_rolls_a_killed_write_back(path):
    with ended(start(WRITER, path, 150)) as process:
        process.wait(30)
    assert path.with_name("gradebook.sqlite-journal").exists()
    with Gradebook(path, read_only=True) as gradebook:
        assert len(list(gradebook.results())) == 3


def test_a_second_grader_gets_one_clear_error(path, make_result):
    with ended(start(HOLDER, path)) as process:
        assert process.stdout.readline() == "open\n"
        holder = f"process {process.pid} on host .*choose another --output"
        with pytest.raises(GradebookError, match=holder) as caught, Gradebook(path):
            pass
        assert "\n" not in str(caught.value)
        with Gradebook(path, read_only=True) as reader:  # `report` beside a running grader
            assert list(reader.results()) == []
    with Gradebook(path) as gradebook:  # the lock went with its process
        gradebook.record(make_result(), "print")


def test_a_second_gradebook_in_one_process_is_refused_and_the_first_stays_locked(path):
    with Gradebook(path):
        for _ in range(2):
            with pytest.raises(GradebookError, match="this one"), Gradebook(path):
                pass
        with ended(start(HOLDER, path)) as process:
            assert process.stdout.readline() == ""
    with Gradebook(path):
        pass


@pytest.mark.skipif(not hasattr(os, "fork"), reason="needs fork")
def test_an_orphaned_child_does_not_keep_the_lock(path):
    with Gradebook(path):
        child = os.fork()
        if child == 0:
            time.sleep(30)
            os._exit(0)
    try:
        with ended(start(HOLDER, path)) as process:
            assert process.stdout.readline() == "open\n"
    finally:
        os.kill(child, signal.SIGKILL)
        os.waitpid(child, 0)


def refused(path, read_only=False):
    """The one line with which a gradebook cannot be opened."""
    with pytest.raises(GradebookError) as caught, Gradebook(path, read_only):
        pass
    message = str(caught.value)
    assert "expected" in message
    assert "\n" not in message
    assert str(path) in message
    return message


@pytest.mark.parametrize("read_only", [False, True])
def test_a_file_that_is_no_database(tmp_path, read_only):
    path = tmp_path / "gradebook.sqlite"
    path.write_bytes(b"student,score\nada,3\n" * 100)
    assert "not a database" in refused(path, read_only)
    assert path.read_bytes().startswith(b"student,score")


def test_a_database_of_something_else_is_left_alone(tmp_path):
    path = tmp_path / "photos.sqlite"
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE photos (name TEXT)")
    before = path.read_bytes()
    assert "something else" in refused(path)
    assert path.read_bytes() == before


def test_a_damaged_database(path, make_result):
    with Gradebook(path) as gradebook:
        for number in range(40):
            gradebook.record(make_result(f"student{number}", text="x" * 3000), "print")
    content = bytearray(path.read_bytes())
    content[4096:16384] = b"\xa5" * 12288
    path.write_bytes(content)
    assert "move the file away" in refused(path)


def test_a_newer_schema(path):
    with Gradebook(path):
        pass
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("PRAGMA user_version = 99")
    assert "received version 99; upgrade autograder" in refused(path)


def test_a_folder_in_place_of_the_file(tmp_path):
    (tmp_path / "gradebook.sqlite").mkdir()
    refused(tmp_path / "gradebook.sqlite")


def test_a_file_in_place_of_the_folder(tmp_path):
    (tmp_path / "out").write_text("")
    assert "choose another --output" in refused(tmp_path / "out" / "gradebook.sqlite")


def test_a_reader_of_nothing_makes_nothing(path):
    assert "run `autograder grade`" in refused(path, read_only=True)
    assert not path.parent.exists()


def test_a_closed_gradebook_says_so(path):
    gradebook = Gradebook(path)
    with pytest.raises(GradebookError, match="`with` block"):
        gradebook.finished({})


@pytest.fixture
def unprivileged_folder():
    """A folder while this process may not overrule permissions: root becomes nobody for the test."""
    if not hasattr(os, "geteuid"):
        pytest.skip("needs POSIX permissions")
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        was_root = os.geteuid() == 0
        if was_root:
            os.chown(folder, 65534, 65534)
            try:
                os.seteuid(65534)
            except OSError:
                pytest.skip("cannot give up root's rights here")
        try:
            yield folder
        finally:
            folder.chmod(0o700)
            if was_root:
                os.seteuid(0)


def test_a_read_only_folder(unprivileged_folder):
    unprivileged_folder.chmod(0o500)
    message = refused(unprivileged_folder / "gradebook.sqlite")
    assert "Permission denied; change its permissions or choose another --output" in message


def test_a_read_only_file(unprivileged_folder, make_result):
    path = unprivileged_folder / "gradebook.sqlite"
    with Gradebook(path) as gradebook:
        gradebook.record(make_result(), "print")
    path.chmod(0o400)
    assert "readonly" in refused(path)
    unprivileged_folder.chmod(0o500)  # an archive of last year: reading still works
    with Gradebook(path, read_only=True) as gradebook:
        assert list(gradebook.results()) == [make_result()]
