"""A class through the real program: resuming, interruptions, two at once, bad usage, nothing left behind."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import signal
import sqlite3
import subprocess
import time
from contextlib import closing
from datetime import datetime
from pathlib import Path

import psutil
import pytest

from autograder.assignment.definition import find_assignment
from autograder.cli.commands.grade import grade_folder
from autograder.engine import classes
from autograder.handin.students import Student
from autograder.handin.submissions import HandedIn, Submission
from autograder.records.gradebook import Gradebook
from tests.grading.program import ROOT, SIGMOID, SLOW, Program, graded, wait_for

pytestmark = pytest.mark.turns(4)


@pytest.fixture
def program(tmp_path: Path, bank03: None) -> Program:
    return Program(tmp_path)


@pytest.fixture
def class_of_six(tmp_path: Path) -> Path:
    folder = tmp_path / "handed_in"
    folder.mkdir()
    for number in range(6):
        (folder / f"student{number}.py").write_text(SLOW + SIGMOID)
    return folder


def child_of(process: subprocess.Popen[str], words: str) -> psutil.Process:
    (found,) = [one for one in psutil.Process(process.pid).children() if words in " ".join(one.cmdline())]
    return found


def test_grade_writes_everything(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    status, out, _ = program.run("grade", "03", class_of_six, "--output", output, "--workers", "2")
    assert status == 0
    assert re.search(r"6 submissions: 6 graded", out)
    with (output / "gradebook.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    assert [row["student"] for row in rows] == [f"student{number}" for number in range(6)]
    assert rows[0]["03.1"] == "2" and rows[0]["score"] == "2"
    result = json.loads((output / "results" / "student0.json").read_text("utf-8"))
    assert result["score"] == 2.0 and result["max_score"] == 40.0
    assert (output / "report" / "student5.html").is_file()
    program.assert_nothing_left()


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGINT], ids=["kill -9", "Ctrl-C"])
def test_stopped_run_resumes(program, class_of_six, tmp_path, how):
    output = tmp_path / "out"
    process = program.start("grade", "03", class_of_six, "--output", output, "--workers", "1")
    wait_for(output, 2)
    if how == signal.SIGINT:
        os.killpg(process.pid, how)  # as a terminal does: to the whole group
    else:
        process.send_signal(how)
    _, error = process.communicate(timeout=30)
    if how == signal.SIGINT:
        assert process.returncode == 130
        told = r"stopped: \d of 6 graded; the marks are safe in .*gradebook.sqlite, and .*index.html shows them; start"
        assert re.search(told, error)
        assert "not graded yet" in (output / "report" / "index.html").read_text("utf-8")
    assert "Traceback" not in error
    program.assert_nothing_left()
    done = graded(output)
    assert 2 <= done < 6
    status, out, _ = program.run("grade", "03", class_of_six, "--output", output, "--workers", "1")
    assert status == 0
    assert f"{done} of 6 are graded already and unchanged" in out
    assert graded(output) == 6


def test_worker_that_dies_is_replaced(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    process = program.start("grade", "03", class_of_six, "--output", output, "--workers", "1")
    wait_for(output, 1)
    worker = child_of(process, "multiprocessing.spawn")
    worker.kill()
    process.communicate(timeout=60)
    assert process.returncode == 0 and graded(output) == 6
    assert {json.loads(path.read_text("utf-8"))["score"] for path in (output / "results").iterdir()} == {2.0}
    program.assert_nothing_left()


def test_nobody_loses_points_when_the_template_dies(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    process = program.start("grade", "03", class_of_six, "--output", output, "--workers", "1")
    wait_for(output, 2)
    template = child_of(process, "autograder.isolation.inside.template")
    template.kill()
    _, error = process.communicate(timeout=60)
    assert process.returncode == 2
    assert "the template has ended" in error and "Traceback" not in error
    with sqlite3.connect(output / "gradebook.sqlite") as database:
        assert {score for (score,) in database.execute("SELECT score FROM submissions")} == {2.0}
    program.assert_nothing_left()


def test_changed_submission_is_graded_again(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    program.run("grade", "03", class_of_six, "--output", output)
    (class_of_six / "student3.py").write_text("def sigmoid(Z):\n    return Z\n")
    _, out, _ = program.run("grade", "03", class_of_six, "--output", output)
    assert "5 of 6 are graded already" in out
    assert json.loads((output / "results" / "student3.json").read_text("utf-8"))["score"] == 0


def test_two_graders_on_one_gradebook(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    first = program.start("grade", "03", class_of_six, "--output", output, "--workers", "1")
    wait_for(output, 1)
    status, _, error = program.run("grade", "03", class_of_six, "--output", output)
    assert status == 2 and len(error.strip().splitlines()) == 1
    first.communicate(timeout=60)
    assert first.returncode == 0 and graded(output) == 6


def test_results_do_not_depend_on_workers_order_or_company(program, class_of_six, tmp_path):
    (class_of_six / "hostile.py").write_text(
        "import os, numpy\nnumpy.random.seed(1)\nos.environ.clear()\nos._exit(3)\n"
    )
    alone = tmp_path / "alone"
    alone.mkdir()
    (alone / "student2.py").write_bytes((class_of_six / "student2.py").read_bytes())
    texts = []
    for name, folder, workers in (("a", class_of_six, 1), ("b", class_of_six, 2), ("c", alone, 1)):
        status, _, _ = program.run(
            "grade", "03", folder, "--output", tmp_path / name, "--workers", workers, "--seed", 7
        )
        assert status == 0
        text = (tmp_path / name / "results" / "student2.json").read_text("utf-8")
        texts.append(re.sub(r'"seconds": [\d.]+', "", text))
    assert texts[0] == texts[1] == texts[2]


def test_report_is_made_from_the_gradebook_alone(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    program.run("grade", "03", class_of_six, "--output", output)
    before = (output / "gradebook.csv").read_bytes()
    (output / "gradebook.csv").unlink()
    status, _, _ = program.run("report", output)
    assert status == 0 and (output / "gradebook.csv").read_bytes() == before


def rows_of(output: Path) -> dict[str, dict[str, str]]:
    with (output / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        return {row["student"]: row for row in csv.DictReader(file)}


def test_another_assignment_is_refused_before_anything_is_graded(program, class_of_six, tmp_path):
    output = tmp_path / "grades"
    program.run("grade", "03", class_of_six, "--output", output)
    before = {path: path.read_bytes() for path in output.rglob("*") if path.suffix in (".csv", ".json", ".html")}
    status, out, error = program.run("grade", "04", class_of_six, "--output", output)
    assert (status, out) == (2, "")
    assert error == (
        f"autograder: {output}/ holds the marks of 03_numpy_net; expected 04_tape_net or an empty folder: choose "
        f"another --output, such as {output}/04\n"
    )
    assert {path: path.read_bytes() for path in before} == before
    _, out, _ = program.run("grade", "03", class_of_six, "--output", output)
    assert "6 of 6 are graded already" in out


def test_late_days_are_computed_again_without_grading(program, class_of_six, tmp_path):
    # the same assignment with a due date of its own, where both commands find it
    kit = tmp_path / "assignments" / "03_numpy_net"
    shutil.copytree(ROOT / "assignments" / "03_numpy_net", kit)
    shutil.copytree(ROOT / "assignments" / "common", kit.parent / "common")
    settings, output, file = kit / "assignment.toml", tmp_path / "out", class_of_six / "student3.py"
    without_due = settings.read_text("utf-8")

    def late(command: str, due: str) -> str:
        settings.write_text(f"due = {due}\n{without_due}", "utf-8")
        arguments = ("report", output) if command == "report" else ("grade", "03", class_of_six, "--output", output)
        status, out, error = program.run(*arguments)
        assert status == 0, error
        assert command == "grade first" or "6 of 6 are graded already" in out or command == "report"
        return rows_of(output)["student3"]["late_days"]

    for path in class_of_six.iterdir():
        os.utime(path, (0, datetime(2026, 3, 1, 22).timestamp()))
    os.utime(file, (0, datetime(2026, 3, 3, 12).timestamp()))
    assert late("grade first", "2026-03-01") == "2"
    assert late("grade", "2026-03-02") == "1"
    assert late("report", "2026-02-01") == "30"
    os.utime(file, (0, datetime(2026, 3, 4).timestamp()))
    assert late("grade", "2026-03-02T23:00:00") == "2"
    assert late("report", "2026-03-04") == "0"


def test_a_report_is_of_the_assignment_that_was_graded_and_of_no_other_of_its_name(program, class_of_six, tmp_path):
    # `03_numpy_net` is also the kit's own, which has another title and no due date
    mine, output = tmp_path / "mine" / "03_numpy_net", tmp_path / "out"
    shutil.copytree(ROOT / "assignments" / "03_numpy_net", mine)
    shutil.copytree(ROOT / "assignments" / "common", mine.parent / "common")
    settings = mine / "assignment.toml"
    without_title = re.sub("(?m)^title.*\n", "", settings.read_text("utf-8"))
    for path in class_of_six.iterdir():
        os.utime(path, (0, datetime(2026, 3, 3, 12).timestamp()))

    def set_due(day: int) -> None:
        settings.write_text(f"title = 'My net'\ndue = 2026-03-{day:02}T10:00:00\n{without_title}", "utf-8")

    def reported() -> tuple[int, str, bool, set[str]]:
        status, _, error = program.run("report", output)
        page = (output / "report" / "index.html").read_text("utf-8")
        return status, error, "My net" in page, {row["late_days"] for row in rows_of(output).values()}

    set_due(2)
    status, _, error = program.run("grade", Path("mine") / "03_numpy_net", class_of_six, "--output", output)
    assert status == 0, error
    assert {row["late_days"] for row in rows_of(output).values()} == {"2"}
    assert reported() == (0, "", True, {"2"})
    set_due(1)  # another day, in the same folder
    assert reported() == (0, "", True, {"3"})
    settings.write_text("due = 'soon'\n", "utf-8")
    status, error, *_ = reported()
    assert status == 2 and "assignment.toml:1: expected due to be " in error
    # gone, and then another assignment's: as it was graded
    mine.rename(tmp_path / "moved")
    assert reported() == (0, "", True, {"2"})
    mine.symlink_to(ROOT / "assignments" / "04_tape_net")
    assert reported() == (0, "", True, {"2"})


def test_who_is_gone_is_not_counted_and_counts_again_when_back(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    program.run("grade", "03", class_of_six, "--output", output)
    (class_of_six / "student0.py").rename(tmp_path / "student0.py")
    _, out, _ = program.run("grade", "03", class_of_six, "--output", output)
    assert "5 of 5 are graded already" in out and "5 submissions: 5 graded" in out
    assert "1 not counted, no longer in the folder: student0" in out
    assert rows_of(output)["student0"]["left_out"] == "no longer in the folder"
    _, again, _ = program.run("report", output)
    assert "1 not counted, no longer in the folder: student0" in again
    assert "no longer in the folder" in (output / "report" / "index.html").read_text("utf-8")
    (tmp_path / "student0.py").rename(class_of_six / "student0.py")
    _, out, _ = program.run("grade", "03", class_of_six, "--output", output)
    assert "6 of 6 are graded already" in out and "6 submissions: 6 graded" in out and "not counted" not in out
    assert rows_of(output)["student0"]["left_out"] == ""


def test_a_report_of_a_killed_run_names_who_is_not_graded_yet(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    process = program.start("grade", "03", class_of_six, "--output", output, "--workers", "1")
    wait_for(output, 2)
    process.kill()
    process.communicate(timeout=30)
    done = graded(output)
    status, out, _ = program.run("report", output)
    assert status == 0 and f"{done} submissions: {done} graded" in out
    names = "; ".join(f"student{number}" for number in range(done, 6))
    assert f"{6 - done} not counted, not graded yet, because the run has not finished: {names}" in out
    rows = rows_of(output)
    assert len(rows) == 6 and rows["student5"]["status"] == "waiting" and rows["student5"]["score"] == ""


def test_a_download_of_canvas_with_a_roster(program, tmp_path):
    folder, output = tmp_path / "canvas", tmp_path / "out"
    folder.mkdir()
    for name in ("lovelaceada_12345_67890_net.py", "boolegeorge_LATE_12346_67891_net-1.py", "notes.pdf"):
        (folder / name).write_text(SIGMOID)
    roster = tmp_path / "roster.csv"
    students = ['"Lovelace, Ada",12345', '"Boole, George",12346', '"Hopper, Grace",12347']
    roster.write_text("\n".join(["Student,ID", *students]))
    arguments = ("grade", "03", folder, "--output", output, "--roster", roster)
    _, out, _ = program.run(*arguments)
    lines = out.splitlines()
    assert lines[0] == "Canvas download: 2 students, 2 files, 1 late, 1 not looked at, 1 missing"
    assert lines[1].startswith("  not looked at: notes.pdf: ")
    assert re.search(r"Boole, George +│ graded +│ +1 d │", out)
    summary = lines.index("2 submissions: 2 graded; mean 5 %, median 5 %, 0 perfect")
    assert lines[summary + 1 : summary + 3] == ["1 handed nothing in: Hopper, Grace", "1 not looked at"]
    rows = rows_of(output)
    assert (rows["boolegeorge"]["late_days"], rows["boolegeorge"]["name"]) == ("1", "Boole, George")
    assert (rows["Hopper, Grace"]["status"], rows["Hopper, Grace"]["id"]) == ("missing", "12347")
    # handed in again, late: the platform gives the file another name and another number, and the row is the same
    (folder / "lovelaceada_12345_67890_net.py").unlink()
    (folder / "lovelaceada_LATE_12345_67999_net-1.py").write_text(SIGMOID)
    # and who had been granted a day is not late
    roster.write_text("\n".join(["Student,ID,extension", f"{students[0]},0", f"{students[1]},1"]))
    _, out, _ = program.run(*arguments)
    assert "2 of 2 are graded already and unchanged" in out
    rows = rows_of(output)
    assert {name: row["late_days"] for name, row in rows.items()} == {"boolegeorge": "0", "lovelaceada": "1"}
    result = json.loads((output / "results" / "lovelaceada.json").read_text("utf-8"))
    assert result["file"] == "lovelaceada_LATE_12345_67999_net-1.py"


def test_best_attempts_and_groups(class_of_six, tmp_path, bank03, capsys):
    texts = ["def sigmoid(Z):\n    return Z\n", SIGMOID, SIGMOID + "# again\n", "def sigmoid(Z):\n    return -Z\n"]
    for number, text in enumerate(texts):
        (class_of_six / f"student{number}.py").write_text(text)
    attempts = [
        Submission("ada", class_of_six / f"student{number}.py", attempt=number + 1, attempts=4) for number in range(4)
    ]
    team = Submission(
        "bob", class_of_six / "student5.py", person=Student("Bob", group="blue"), others=(("cy", Student("Cy")),)
    )
    handed_in = HandedIn("folder", [*attempts, team], 5)

    def run() -> dict[str, tuple[float, str, str]]:
        rows = grade_folder(find_assignment("03"), handed_in, tmp_path / "out", 2, "cpu")
        return {row.student: (row.score, row.which_attempt, row.file) for row in rows}

    expected = {"ada": (2.0, "3 of 4", "student2.py"), "bob": (2.0, "", "student5.py"), "cy": (2.0, "", "student5.py")}
    assert run() == expected
    assert re.search(r"ada +│ graded +│ +3 of 4 │ +2/40", capsys.readouterr().out)
    assert run() == expected
    assert "3 of 3 are graded already and unchanged" in capsys.readouterr().out
    # one more attempt: all of them are graded, alike
    (class_of_six / "student3.py").write_text(SIGMOID + "# the last\n")
    assert run()["ada"] == (2.0, "4 of 4", "student3.py")
    assert "2 of 3 are graded already and unchanged" in capsys.readouterr().out
    with Gradebook(tmp_path / "out" / "gradebook.sqlite", read_only=True) as gradebook:
        assert [row.group for row in gradebook.results()] == ["", "blue", ""]


def test_what_the_machine_could_not_grade_is_no_mark_and_is_graded_by_the_next_run(
    class_of_six, tmp_path, bank03, monkeypatch, capsys
):
    submissions = [Submission(name, class_of_six / f"student{number}.py") for number, name in enumerate(("ada", "bob"))]
    for submission in submissions:
        submission.path.write_text(SIGMOID)
    handed_in = HandedIn("folder", submissions, 2)
    real = classes.work_through

    def without_bob(*arguments):
        for submission, found, reason in real(*arguments):
            is_bob = submission.student == "bob"
            yield submission, None if is_bob else found, "its process ended, twice" if is_bob else reason

    def run():
        rows = grade_folder(find_assignment("03"), handed_in, tmp_path / "out", 2, "cpu")
        return {row.student: (row.status, row.score, row.counts) for row in rows}

    monkeypatch.setattr(classes, "work_through", without_bob)
    assert run() == {"ada": ("graded", 2.0, True), "bob": ("waiting", 0, False)}
    told = capsys.readouterr().out
    assert "1 submission: 1 graded; mean 5 %" in told and "1 not graded yet: bob" in told
    assert "(its process ended, twice), so it has no mark yet." in (tmp_path / "out/results/bob.json").read_text()
    monkeypatch.undo()
    assert run() == {"ada": ("graded", 2.0, True), "bob": ("graded", 2.0, True)}
    assert "1 of 2 are graded already and unchanged" in capsys.readouterr().out


def test_files_swapped_during_the_run_are_neither_followed_nor_waited_for(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    originals = {name: (class_of_six / f"{name}.py").read_bytes() for name in ("student4", "student5")}
    process = program.start("grade", "03", class_of_six, "--output", output, "--workers", "1")
    wait_for(output, 1)
    for name in originals:
        (class_of_six / f"{name}.py").unlink()
    os.mkfifo(class_of_six / "student4.py")
    (class_of_six / "student5.py").symlink_to(ROOT / "assignments" / "03_numpy_net" / "solution.py")
    process.communicate(timeout=60)
    assert process.returncode == 0
    for name, reason in (("student4", "it is not a regular file"), ("student5", "it is a symbolic link")):
        result = json.loads((output / "results" / f"{name}.json").read_text("utf-8"))
        assert (result["status"], result["score"]) == ("unreadable", 0.0)
        assert result["message"] == f"{name}.py cannot be read: {reason}"
    # what was graded is not what was listed: once it is back it is graded
    for name, content in originals.items():
        (class_of_six / f"{name}.py").unlink()
        (class_of_six / f"{name}.py").write_bytes(content)
    _, out, _ = program.run("grade", "03", class_of_six, "--output", output)
    assert "4 of 6 are graded already" in out
    assert {json.loads(path.read_text("utf-8"))["score"] for path in (output / "results").iterdir()} == {2.0}


HOSTILE = {
    "huge.py": "import numpy as np\ndef sigmoid(Z):\n    return np.full_like(Z, 1.7976931348623157e308)\n",
    "surrogates.py": "print('\\ud800')\ndef sigmoid(Z):\n    raise ValueError('\\udcff' * 9000)\n",
    "eve\nada  │ graded │ 40 of 40.py": SIGMOID,
    "student0-0123456789abcdef.py": SIGMOID,
    "STUDENT1.py": SIGMOID,
    os.fsdecode(b"\xff.py"): SIGMOID,
    "\\udcff.py": SIGMOID,
    "bomb.ipynb": '{"cells": [' + "[]," * 1_000_000 + "0]}",
}


def test_hostile_files_and_answers_end_no_run(program, class_of_six, tmp_path):
    output = tmp_path / "out"
    for number in range(6):
        (class_of_six / f"student{number}.py").write_text(SIGMOID)
    for name, text in HOSTILE.items():
        (class_of_six / name).write_text(text)
    status, out, error = program.run("grade", "03", class_of_six, "--output", output, "--workers", "2")
    assert status == 0, error
    assert "14 submissions: 13 graded, 1 unreadable" in out
    assert sum("│" in line for line in out.splitlines()) == 14
    with (output / "gradebook.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = {row["student"]: row for row in csv.DictReader(file)}
    assert len(rows) == 14 and all(rows[f"student{number}"]["score"] == "2" for number in range(6))
    records = [json.loads(path.read_text("utf-8")) for path in (output / "results").iterdir()]
    assert len(records) == 14 and len(list((output / "report").glob("*.html"))) == 15
    _, out, _ = program.run("grade", "03", class_of_six, "--output", output)
    assert "14 of 14 are graded already" in out
    program.assert_nothing_left()


@pytest.mark.parametrize(
    "arguments, line",
    [
        (
            ["grade", "03_numpy_nett", ".", "--output", "out"],
            r"no assignment '03_numpy_nett'; did you mean 03_numpy_net",
        ),
        (
            ["grade", "03", "missing", "--output", "out"],
            r"expected a folder of submissions, missing is missing",
        ),
        (["grade", "03", "tmp", "--output", "out"], r"tmp holds no submission"),
        (["grade", "03", "handed_in", "--output", "/proc/nowhere"], r"/proc/nowhere"),
        (
            ["grade", "03", "handed_in", "--output", "out", "--workers", "0"],
            r"--workers.*expected a whole number of at least 1, received .0.;",
        ),
        (["grade", "03", "handed_in", "--output", "out", "--device", "tpu"], r"expected auto, cpu or gpu:N"),
        (["chekc", "03"], r"no command 'chekc'; did you mean check\?"),
        (["check", "03", "nothing.py"], r"no file nothing\.py"),
        (["check", "03", "handed_in/student0.py", "-q", "03.99"], r"has no question 03\.99"),
        (
            ["grade", "03", "handed_in", "--output", "out", "--roster", "no.csv"],
            r"cannot read the roster no\.csv: No such",
        ),
        (
            ["grade", "03", "handed_in", "--output", "out", "--layout", "sakai"],
            r"expected names like .* for --layout sakai",
        ),
        (["report", "tmp"], r"there is no tmp/gradebook\.sqlite"),
        (
            ["grade", "03", "handed_in", "--output", "out", "--attempt", "first"],
            r"'first' is not one of 'last', 'best'",
        ),
    ],
)
def test_bad_usage_is_one_line_and_status_two(program, class_of_six, arguments, line):
    status, _, error = program.run(*arguments)
    assert status == 2
    assert re.search(line, " ".join(error.split())), error
    assert error.startswith("autograder: ") and len(error.strip().splitlines()) == 1


def test_check_says_what_is_right_and_wrong(program, class_of_six):
    status, out, _ = program.run("check", "03", class_of_six / "student0.py")
    assert status == 1
    assert re.search(r"✓ 03\.1 +1\.75/1\.75 +Sigmoid", out)
    assert re.search(r"! 03\.3 +0/3 +Forward", out)
    assert "forward is not defined in your submission" in out
    status, out, _ = program.run("check", "03", class_of_six / "student0.py", "-q", "03.1")
    assert status == 0 and "03.3" not in out


def test_check_needs_no_solution_with_recorded_values(program, tmp_path):
    kit = tmp_path / "03_numpy_net"
    (kit / "tests").mkdir(parents=True)
    source = ROOT / "assignments" / "03_numpy_net"
    for name in ("assignment.toml", "tests/test_public.py", "tests/problems.py", "expected/public.json"):
        (kit / name).parent.mkdir(exist_ok=True)
        (kit / name).write_bytes((source / name).read_bytes())
    shutil.copytree(source.parent / "common", tmp_path / "common")
    (tmp_path / "mine.py").write_bytes((source / "solution.py").read_bytes())
    status, out, _ = program.run("check", kit, "mine.py")
    assert status == 0, out
    status, _, error = program.run("check", kit, "mine.py", "--seed", "5")
    assert status == 2 and "no recorded value for this call and no solution.py" in error


def test_no_bar_and_no_colour_when_piped(program, class_of_six, tmp_path):
    _, out, error = program.run("grade", "03", class_of_six, "--output", tmp_path / "out")
    assert "\x1b" not in out + error
    # on a slow machine a line a minute says how far it is
    assert all(re.fullmatch(r".+: \d+ of \d+ after \d+ min, about .* left", line) for line in error.splitlines())


def test_a_machine_reads_the_figures_and_a_quiet_run_says_nothing(program, class_of_six, tmp_path):
    (class_of_six / "student0.py").write_text("def sigmoid(Z): return 1 / (1 + np.exp(-Z))")
    output = tmp_path / "out"
    status, out, _ = program.run("grade", "03", class_of_six, "--output", output, "--json")
    record = json.loads(out)
    assert status == 0 and len(out.splitlines()) == 1
    assert record["submissions"] == 6 and record["statuses"] == {"graded": 6}
    assert record["questions"][0] | {"share": 0} == {
        **{"id": "03.1", "share": 0, "full": 5, "part": 0, "none": 1, "not_begun": 0, "max_points": 2.0}
    }
    (mistake,) = [one for one in record["mistakes"] if "`np` is not defined" in one["text"]]
    assert mistake["students"] == ["student0"]
    assert all(Path(record[name]).is_file() for name in ("gradebook", "table", "report"))
    assert program.run("grade", "03", class_of_six, "--output", output, "--quiet") == (0, "", "")
    status, out, error = program.run("report", output, "--json", "--quiet")
    assert (status, error) == (0, "") and json.loads(out) == record
    _, out, _ = program.run("report", output)
    assert "To paste into a mail:\n\nA two-layer network in NumPy, 40 points: 6 submissions, mean " in out
    # and what goes wrong is still told
    status, out, error = program.run("report", tmp_path / "nowhere", "--quiet")
    assert (status, out) == (2, "") and len(error.splitlines()) == 1


def begun(output):
    try:
        with closing(sqlite3.connect(f"file:{output / 'gradebook.sqlite'}?mode=ro", uri=True)) as connection:
            return connection.execute("SELECT count(*) FROM runs").fetchone()[0]
    except sqlite3.Error:
        return 0


def test_killed_run_takes_along_what_it_was_grading(program, tmp_path):
    # endless loops: whatever went on after the kill would go on for the minute that a submission has
    folder = tmp_path / "loops"
    folder.mkdir()
    for name in ("ada", "bob"):
        (folder / f"{name}.py").write_text("def sigmoid(Z):\n    while True:\n        pass\n")
    process = program.start("grade", "03", folder, "--output", tmp_path / "out", "--workers", "2")
    deadline = time.monotonic() + 90
    while len(list(program.scratch.glob("autograder-*"))) < 2 or not begun(tmp_path / "out"):
        assert time.monotonic() < deadline
        time.sleep(0.1)
    # by now both loops have begun, or are about to
    time.sleep(1)
    process.kill()
    process.communicate(timeout=30)
    program.assert_nothing_left()


@pytest.fixture
def my_03(tmp_path):
    """The settings of an assignment of one's own, which hands in by 1 March."""
    folder = tmp_path / "mine" / "03_numpy_net"
    shutil.copytree(ROOT / "assignments" / "03_numpy_net", folder)
    shutil.copytree(ROOT / "assignments" / "common", folder.parent / "common")
    settings = folder / "assignment.toml"
    text = settings.read_text("utf-8")
    late = "[late]\npercent_per_day = 10\nby_file_time = true\n"
    settings.write_text(f"due = 2026-03-01T10:00:00\n{text}\n{late}", "utf-8")
    return settings


def test_what_changes_a_mark_is_said_before_it_counts(program, class_of_six, my_03, tmp_path):
    output = tmp_path / "out"
    for path in class_of_six.iterdir():
        os.utime(path, (0, datetime(2026, 2, 28).timestamp()))
    grade = ("grade", my_03.parent, class_of_six, "--output", output)

    def marks():
        return {row["student"]: row["mark"] for row in rows_of(output).values()}

    status, _, error = program.run(*grade)
    assert status == 0, error
    before, written = marks(), (output / "gradebook.csv").read_bytes()
    full = before["student3"]
    # what cannot be meant is said before anything is graded, and changes nothing
    adjust = output / "adjust.toml"
    decided = 'reason = "ill"\nby = "M. Weber"\non = 2026-03-02\n'
    adjust.write_text(f'[[bonus]]\nstudent = "student33"\npoints = 2\n{decided}', "utf-8")
    for command in (grade, ("report", output)):
        status, _, error = program.run(*command)
        assert (status, error.count("\n")) == (2, 1)
        assert "adjust.toml:1: there is no student student33; did you mean student3?" in error
    assert (output / "gradebook.csv").read_bytes() == written
    # one is late, one has a bonus
    adjust.write_text(adjust.read_text("utf-8").replace("student33", "student2"), "utf-8")
    os.utime(class_of_six / "student3.py", (0, datetime(2026, 3, 2, 11).timestamp()))
    status, out, error = program.run(*grade, "--dry-run")
    assert status == 0, error
    assert "6 of 6 are graded already" in out and "2 marks would change" in out and "lateness or decision +2" in out
    assert "the same command without --dry-run applies this" in out
    assert (output / "gradebook.csv").read_bytes() == written
    status, out, error = program.run(*grade)
    assert status == 0 and "2 marks change" in out
    after = marks()
    most = float(rows_of(output)["student3"]["max_score"])
    assert float(after["student3"]) == max(0, float(full) - 0.2 * most)
    assert float(after["student2"]) == float(before["student2"]) + 2
    assert {name for name in before if before[name] != after[name]} == {"student2", "student3"}
    page = (output / "report" / "student3.html").read_text("utf-8")
    assert "which costs" in page and f"was {full}" in page
    status, out, error = program.run("history", output, "student2")
    assert status == 0 and "2 points more: ill (M. Weber, 2026-03-02)." in out
    status, out, error = program.run(*grade, "--only", "student2", "--fresh")
    assert status == 0 and "mark" in out
