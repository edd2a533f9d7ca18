"""What `autograder check` prints around its questions: the file it read, what is graded later, and Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import time
from datetime import datetime
from pathlib import Path

import pytest
from rich.text import Text

from autograder.assignment.definition import Assignment, find_assignment
from autograder.authoring.starter import notebook_of
from autograder.cli.folding import folded
from autograder.cli.saved import saved_line
from autograder.engine.later import find_later
from autograder.engine.open_questions import untouched
from tests.course import ASSIGNMENTS

pytestmark = pytest.mark.turns(4)
ROOT = Path(__file__).parents[2]
NAME = "03_numpy_net"
CLOSING = r"29.75 of 29.75 public points; 10.25 of 40 are graded after you hand in \(\d+\.\d s\)"


@pytest.fixture
def copy(tmp_path):
    """A student's copy: without the solution and the hidden tests."""
    kit = tmp_path / NAME
    shutil.copytree(ROOT / "assignments" / NAME, kit)
    shutil.copytree(ROOT / "assignments" / "common", tmp_path / "common")
    shutil.move(kit / "solution.py", tmp_path / f"{NAME}.py")
    (kit / "tests" / "test_hidden.py").unlink()
    return kit


def started(folder: Path, *arguments: object) -> subprocess.Popen[str]:
    """The program in a process group of its own, which hears Ctrl-C whatever started these tests."""
    pipe, environment = subprocess.PIPE, os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "autograder", "check", *map(str, arguments)],
        stdout=pipe,
        stderr=pipe,
        text=True,
        env=environment,
        cwd=folder,
        start_new_session=True,
        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL),
    )


def checked(folder: Path, *arguments: object) -> str:
    process = started(folder, *arguments)
    out, error = process.communicate(timeout=120)
    assert process.returncode == 0, error
    return out


def test_students_copy_is_told_the_file_and_what_is_graded_later(copy):
    file = copy.parent / f"{NAME}.py"
    os.utime(file, (0, datetime(2025, 3, 4, 14, 2).timestamp()))
    first, *rows, last = checked(copy.parent, copy).splitlines()
    assert first == f"{NAME}.py, saved on 4 March 2025 at 14:02"
    assert re.fullmatch(CLOSING, last), last
    told = next(row for row in rows if row.startswith("✓ 03.8"))
    assert told.endswith("Softmax of each row.  (+0.25 later)")
    assert not any("later" in row for row in rows if row.startswith("✓ 03.2"))
    assert rows[-1] == "Check one question alone to read what is graded later."
    in_words = (
        "Softmax of each row.  (0.25 more points: other large inputs and sizes, in float32 as well; graded later)"
    )
    for words in (("-v",), ("-q", "03.8")):
        out = checked(copy.parent, copy, *words)
        assert in_words in out and "alone" not in out
    # of some questions, the points of these alone
    assert " of 4 are graded after you hand in" in checked(copy.parent, copy, "-q", "03.1", "-q", "03.8")


def test_the_file_that_was_saved_last_is_checked(copy):
    old = copy.parent / f"{NAME}.py"
    os.utime(old, (0, datetime(2025, 3, 4, 14, 2).timestamp()))
    notebook = copy.parent / f"{NAME}.ipynb"
    notebook.write_text(notebook_of(old.read_text("utf-8")), "utf-8")
    assert checked(copy.parent, copy, "-q", "03.4").startswith(f"{NAME}.ipynb, saved today")
    os.utime(notebook, (0, datetime(2024, 3, 4).timestamp()))
    assert checked(copy.parent, copy, "-q", "03.4").startswith(f"{NAME}.py, saved on 4 March 2025")


def test_an_id_stands_for_its_question(copy):
    rows = [checked(copy.parent, *words).splitlines()[1:] for words in ((copy, "03.4"), (copy, "-q", "03.4"), ("3.4",))]
    assert all(len(found) == 2 and found[0].startswith("✓ 03.4") for found in rows)
    several = checked(copy.parent, copy, "03.4", "03.1").splitlines()[1:]
    assert [row.split()[1] for row in several if row[0] == "✓"] == ["03.1", "03.4"]
    process = started(copy.parent, "03.44")
    assert "03_numpy_net has no question 03.44; did you mean 03.4?" in process.communicate(timeout=120)[1]


def test_a_question_is_not_blamed_for_what_it_builds_on(copy):
    file = copy.parent / f"{NAME}.py"
    file.write_text(
        file.read_text("utf-8").replace('(cache["Y_hat"] - Y) / len(Y)', '(cache["Y_hat"] - Y)', 1), "utf-8"
    )
    process = started(copy.parent, copy, "-q", "03.7")
    out = process.communicate(timeout=120)[0]
    assert "– 03.7" in out and "This builds on 03.5. Fix that first." in out and "✗" not in out and "03.5 " not in out
    # its own mistake is its own
    file.write_text(file.read_text("utf-8").replace("losses.append(mse_loss", "losses.append(2 * mse_loss"), "utf-8")
    file.write_text(
        file.read_text("utf-8").replace('(cache["Y_hat"] - Y)\n', '(cache["Y_hat"] - Y) / len(Y)\n', 1), "utf-8"
    )
    out = started(copy.parent, copy, "-q", "03.7").communicate(timeout=120)[0]
    assert "✗ 03.7" in out and "losses is 2 times too large" in out


def test_copy_without_a_record_says_nothing_of_what_is_graded_later(copy):
    path = copy / "expected" / "public.json"
    record = json.loads(path.read_text("utf-8"))
    del record["later"]
    path.write_text(json.dumps(record), "utf-8")
    out = checked(copy.parent, copy)
    assert "later" not in out and "hand in" not in out
    assert out.splitlines()[-1].startswith("29.75 of 29.75 public points (")


def left_open(copy: Path, *functions: str) -> None:
    """Leaves functions of the student's file as the starter has them."""
    file, starter = copy.parent / f"{NAME}.py", (copy / "starter.py").read_text("utf-8")
    text = file.read_text("utf-8")
    for name in functions:
        function = re.compile(rf"^def {name}\(.*?(?=^# %%)", re.DOTALL | re.MULTILINE)
        text = text.replace(function.search(text)[0], function.search(starter)[0])
    file.write_text(text, "utf-8")


def told(copy: Path, *words: object) -> list[str]:
    """The lines of a check of which not all is right, without the first and the last."""
    process = started(copy.parent, copy, *words)
    out, error = process.communicate(timeout=120)
    assert process.returncode == 1, error
    return out.splitlines()[1:-1]


def test_what_is_not_begun_is_one_line_and_what_waits_for_it_is_no_error(copy):
    left_open(copy, "sigmoid", "backward", "cross_entropy")
    lines = told(copy)
    assert lines[-4:-1] == [
        "Not begun: 03.1, 03.5 and 03.9.",
        "03.3 and 03.10 wait for 03.1, which you have not begun.",
        "03.7 waits for 03.5, which you have not begun.",
    ]
    assert all(line.startswith("✓") for line in lines[:-4])
    assert told(copy, "03.7") == ["03.7 waits for 03.5, which you have not begun."]
    assert told(copy, "03.5") == ["Not begun: 03.5."]


def test_the_starter_is_one_line(copy):
    shutil.copy(copy / "starter.py", copy.parent / f"{NAME}.py")
    assert told(copy) == ["Not begun: 03.1 to 03.12."]


def test_what_is_wrong_is_told_although_others_are_not_begun(copy):
    left_open(copy, "train")
    file = copy.parent / f"{NAME}.py"
    file.write_text(file.read_text("utf-8").replace('(cache["Y_hat"] - Y) / len(Y)', '(cache["Y_hat"] - Y)', 1))
    lines = told(copy)
    assert [line[:7] for line in lines if line.startswith("✗")] == ["✗ 03.5 "]
    # that it waits for what is wrong is no news to somebody who has not begun it
    assert "Not begun: 03.7." in lines and not any("Fix that first" in line for line in lines)


@pytest.mark.parametrize("left", [("and_weights", "or_weights"), ("and_weights",), ("or_weights",)])
def test_half_of_a_question_is_begun(tmp_path, left):
    kit = find_assignment("02_neuron").folder
    text = (kit / "solution.py").read_text("utf-8")
    for name in left:
        inside = re.compile(rf"(def {name}\(.*?)# BEGIN SOLUTION 02\.2\n.*?# END SOLUTION", re.DOTALL)
        text = inside.sub(rf'\1raise NotImplementedError("02.2 {name}")', text, count=1)
    (tmp_path / "02_neuron.py").write_text(text, "utf-8")
    out = started(tmp_path, kit, "02.2").communicate(timeout=120)[0]
    begun = f"{left[0]} is not implemented yet." in out and " 02.2 " in out
    assert begun == (len(left) == 1) == ("Not begun: 02.2." not in out)


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_every_starter_is_known_to_be_untouched(name):
    assignment = find_assignment(name)
    text = (assignment.folder / "starter.py").read_text("utf-8")
    assert untouched(text, assignment.functions) == set(assignment.questions)
    assert untouched((assignment.folder / "solution.py").read_text("utf-8"), assignment.functions) == set()


def test_json_tells_the_same_of_what_is_not_begun(copy):
    left_open(copy, "backward")
    out = started(copy.parent, copy, "--json", "03.5", "03.7").communicate(timeout=120)[0]
    rows = json.loads(out)["questions"]
    assert [(row["outcome"], row["points"], row["max_points"]) for row in rows] == [
        ("skipped", 0, 5.5),
        ("skipped", 0, 4),
    ]
    assert [row["message"] for row in rows] == ["Not begun: 03.5.", "03.7 waits for 03.5, which you have not begun."]


def test_a_warning_is_told_once_with_its_line_and_how_often(copy):
    file = copy.parent / f"{NAME}.py"
    text = file.read_text("utf-8") + "\n\ndef sigmoid(Z):\n    print('mine')\n    return 1 / (1 + np.exp(-Z))\n"
    file.write_text(text, "utf-8")
    lines = told(copy, "03.1")
    number = text.count("\n")
    (warning,) = [line for line in lines if "RuntimeWarning" in line]
    assert re.fullmatch(rf" +RuntimeWarning: overflow encountered in exp \(line {number}, \d+ times\)", warning)
    printed = lines[lines.index("      it printed:") + 1 :]
    assert {line.strip() for line in printed} == {"mine"}
    assert any(line.endswith("but NumPy warns: overflow encountered in exp") for line in lines)


def test_json_has_the_same(copy):
    record = json.loads(checked(copy.parent, copy, "-q", "03.8", "--json"))
    assert record["file"] == f"{NAME}.py" and datetime.fromisoformat(record["saved"]).year >= 2026
    (later,) = record["later"]
    assert later["question"] == "03.8" and later["points"] == record["max_later"] == 0.25
    assert later["looks_at"] == "other large inputs and sizes, in float32 as well"


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_what_is_recorded_is_what_the_hidden_tests_say(name, tmp_path):
    assignment = find_assignment(name)
    kit = tmp_path / name
    shutil.copytree(assignment.folder, kit)
    shutil.copytree(assignment.folder.parent / "common", tmp_path / "common")
    (kit / "tests" / "test_hidden.py").unlink()
    later = find_later(assignment)
    assert later == find_later(Assignment.load(kit)) != ()
    for one in later:
        assert one.points > 0 and not one.looks_at.endswith(".") and one.looks_at[0].islower()


def test_question_with_hidden_tests_alone_is_listed(copy):
    path = copy / "expected" / "public.json"
    record = json.loads(path.read_text("utf-8"))
    record["later"].append({"question": "03.13", "points": 3, "looks_at": "the whole network on new houses"})
    path.write_text(json.dumps(record), "utf-8")
    lines = checked(copy.parent, copy).splitlines()
    (line,) = [line for line in lines if "03.13" in line]
    assert re.fullmatch(r"· 03\.13 +\(3 points: the whole network on new houses; graded later\)", line)
    assert "13.25 of 43 are graded" in lines[-1]


@pytest.mark.parametrize("group", [True, False], ids=["terminal", "kill"])
@pytest.mark.parametrize("assignment, seconds", [("03_numpy_net", 0.5), ("03_numpy_net", 0.9), ("04_tape_net", 1.5)])
def test_ctrl_c_stops_a_check(tmp_path, assignment, seconds, group):
    (tmp_path / "mine.py").write_text(
        "import time\n\n\ndef sigmoid(Z):\n    time.sleep(9)\n\n\n" + "def forward(X, params):\n    time.sleep(9)\n"
    )
    # Python loses an interrupt that comes inside of a callback of its own import system: rare, and nobody's fault here
    for last in (False, False, True):
        process = started(tmp_path, assignment, "mine.py")
        time.sleep(seconds)
        if group:
            os.killpg(process.pid, signal.SIGINT)
        else:
            process.send_signal(signal.SIGINT)
        try:
            _, error = process.communicate(timeout=30)
            break
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            _, error = process.communicate()
            assert not last and "Exception ignored in: <function _get_module_lock" in error
    assert error.endswith("stopped\n") and "Traceback" not in error and "assignment" not in error
    # where a text was being compiled, Python itself ends by the signal afterwards: to a shell that is 130 as well
    assert process.returncode in (130, -signal.SIGINT)


def test_ctrl_c_while_the_tests_are_collected_does_not_blame_them(tmp_path):
    kit = tmp_path / "90_slow"
    (kit / "tests").mkdir(parents=True)
    (kit / "assignment.toml").write_text('title = "Slow"\nframework = "numpy"\n')
    (kit / "tests" / "test_public.py").write_text("import time\n\ntime.sleep(20)\n")
    (tmp_path / "90_slow.py").write_text("x = 1\n")
    process = started(tmp_path, kit)
    time.sleep(1.5)
    process.send_signal(signal.SIGINT)
    _, error = process.communicate(timeout=30)
    assert error == "stopped\n" and process.returncode in (130, -signal.SIGINT)


@pytest.mark.parametrize(
    "then, told",
    [
        ((2026, 3, 5, 14, 2), "today at 14:02"),
        ((2026, 3, 4, 23, 59), "yesterday at 23:59"),
        ((2026, 1, 31, 7, 5), "on 31 January at 07:05"),
        ((2025, 12, 31, 7, 5), "on 31 December 2025 at 07:05"),
    ],
)
def test_when_a_file_was_saved(then, told):
    now = datetime(2026, 3, 5, 15)
    assert saved_line(Path("my\nnet.py"), datetime(*then).timestamp(), now) == f"my␊net.py, saved {told}"


@pytest.mark.parametrize("width", [40, 80])
def test_long_lines_stay_to_the_right_of_the_points(width):
    head = Text("✓ 03.8  1.75/1.75  ")
    lines = folded(
        head, "Softmax of each row, " * 3, "(1 more point: exact and finite for large inputs; graded later)", width
    )
    assert all(line.cell_len <= max(width, head.cell_len + 24) for line in lines)
    assert all(line.plain.startswith(" " * head.cell_len) for line in lines[1:])
    assert len(folded(head, "Softmax.", "(1)", width)) == 1
