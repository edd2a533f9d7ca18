"""Gradescope takes what is written: `results.json` by its documented form, and the archive in its layout of files."""

from __future__ import annotations

import json
import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

from autograder.assignment.definition import find_assignment
from autograder.exporting.at_gradescope.packing import gradescope_archive
from autograder.exporting.gradescope import results_json
from autograder.facts.result import QuestionResult, Result
from tests.exporting.conftest import decided, result

pytestmark = pytest.mark.turns(3)
FORMAT = {"enum": ["text", "html", "simple_format", "md", "ansi"]}
SEEN = {"enum": ["hidden", "after_due_date", "after_published", "visible"]}
# https://gradescope-autograders.readthedocs.io/en/latest/specs/, "Output format", field by field
SPECIFIED = {
    "type": "object",
    "additionalProperties": False,
    "required": ["score"],
    "properties": {
        "score": {"type": "number", "minimum": 0},
        "execution_time": {"type": "number"},
        "output": {"type": "string"},
        "output_format": FORMAT,
        "test_output_format": FORMAT,
        "test_name_format": FORMAT,
        "visibility": SEEN,
        "stdout_visibility": SEEN,
        "extra_data": {"type": "object"},
        "tests": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "properties": {
                    "score": {"type": "number", "minimum": 0},
                    "max_score": {"type": "number"},
                    "status": {"enum": ["passed", "failed"]},
                    "name": {"type": "string"},
                    "name_format": FORMAT,
                    "number": {"type": "string"},
                    "output": {"type": "string"},
                    "output_format": FORMAT,
                    "tags": {"type": "array", "items": {"type": "string"}},
                    "visibility": SEEN,
                    "extra_data": {"type": "object"},
                },
            },
        },
        "leaderboard": {
            "type": "array",
            "items": {
                "type": "object",
                "additionalProperties": False,
                "required": ["name", "value"],
                "properties": {
                    "name": {"type": "string"},
                    "value": {"type": ["number", "string"]},
                    "order": {"enum": ["asc", "desc"]},
                },
            },
        },
    },
}
VALID = Draft202012Validator(SPECIFIED)


def read(text: str) -> dict:
    record = json.loads(text)
    VALID.validate(record)
    return record


def test_each_test_is_one_and_hidden_ones_are_seen_when_that_is_said():
    one = result("ada", (2, 0.5), (3, 1), adjustments=(decided("bonus", points=1.0),))
    record = read(results_json(one, "after_due_date", has_leaderboard=True))
    assert record["score"] == 7.5 and record["stdout_visibility"] == "hidden"
    assert record["output"] == "1 point more: illness (M. Weber, 2026-11-20)."
    assert record["leaderboard"] == [{"name": "Points", "value": 7.5, "order": "desc"}]
    tests = [(one["number"], one["score"], one["status"], one["visibility"], one["tags"]) for one in record["tests"]]
    assert tests == [
        ("03.1.1", 2, "failed", "visible", ["03.1", "public"]),
        ("03.1.2", 0.5, "failed", "after_due_date", ["03.1", "hidden"]),
        ("03.2.1", 3, "passed", "visible", ["03.2", "public"]),
        ("03.2.2", 1, "passed", "after_due_date", ["03.2", "hidden"]),
    ]
    visible = json.dumps([one for one in record["tests"] if one["visibility"] == "visible"])
    assert "public" in visible and "hidden" not in visible


@pytest.mark.parametrize("text", ["\x1b[2J", "<script>", "\udc80", "\u202e", "a" * 5000])
def test_hostile_results_are_valid(text):
    row = QuestionResult("03.1", text, "error", 0.0, 2.0, text)
    record = read(results_json(Result(text, "03", "crashed", (row,), message=text)))
    assert "\x1b" not in json.dumps(record, ensure_ascii=False)


def test_a_class_is_an_archive_of_results(tmp_path, autograder, gradebook):
    rows = [
        result("ada", (3, 1), file="submission_17/net.py"),
        result("bob", (3, 1), file="submission_17/net.py"),
        result("cy", (0, 0), adjustments=(decided("excuse"),)),
    ]
    status, out, _ = autograder("export", gradebook(rows), "--to", "gradescope", "--output", tmp_path / "r.zip")
    with zipfile.ZipFile(tmp_path / "r.zip") as archive:
        assert archive.namelist() == ["bob/results.json", "submission_17/results.json"]
        assert all(read(archive.read(name).decode("utf-8"))["score"] == 4 for name in archive.namelist())
    assert status == 0 and "no mark for 1 (excused): cy\n" in out


# reads what it must not, in a function that is called, and hands it over as what was printed and as an answer's type
THIEF = """\
import glob, os
ROOT = {root!r}
def sigmoid(Z):
    found = []
    for path in ("source/assignments/03_numpy_net/solution.py", "source/assignments/03_numpy_net/tests/test_hidden.py",
                 "source/assignments/03_numpy_net/expected/public.json", "source/cache/README", "source/settings.json"):
        try:
            with open(os.path.join(ROOT, path)) as file:
                found.append(path.rpartition("/")[2].partition(".")[0].upper() + str(len(file.read())))
        except OSError as error:
            pass
    try:
        with open(os.path.join(ROOT, "results", "results.json"), "w") as file:
            file.write('{{"score": 40}}')
        found.append("WROTE")
    except OSError:
        pass
    raise ValueError("STOLEN " + " ".join(found))
"""


# a container as most are: no namespace can be made, and the kernel knows no Landlock
CONTAINER = """\
import errno, os, sys
import pyseccomp as calls
known = calls.SyscallFilter(calls.ALLOW)
for name in ("unshare", "mount", "umount2", "setns", "pivot_root"):
    known.add_rule(calls.ERRNO(errno.EPERM), name)
for flag in (0x10000000, 0x20000000, 0x40000000, 0x00020000):
    known.add_rule(calls.ERRNO(errno.EPERM), "clone", calls.Arg(0, calls.MASKED_EQ, flag, flag))
for name in ("clone3", "landlock_create_ruleset"):
    known.add_rule(calls.ERRNO(errno.ENOSYS), name)
known.load()
os.execv(sys.argv[1], sys.argv[1:])
"""


def is_readable_by_all(path: Path) -> bool:
    """Whether another user can use what lies there."""
    return all(one.stat().st_mode & stat.S_IXOTH for one in (path, *path.parents))


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory):
    """The archive of an assignment, in the folders that Gradescope makes."""
    root = tmp_path_factory.mktemp("gradescope") / "autograder"
    for name in ("source", "submission", "results"):
        (root / name).mkdir(parents=True)
    archive = root.parent / "autograder.zip"
    archive.write_bytes(gradescope_archive(find_assignment("03_numpy_net"), "after_published", has_leaderboard=True))
    # as Gradescope does, with permissions
    subprocess.run([sys.executable, "-m", "zipfile", "-e", archive, root / "source"], check=True)
    with zipfile.ZipFile(archive) as opened:
        for entry in opened.infolist():
            (root / "source" / entry.filename).chmod(stat.S_IMODE(entry.external_attr >> 16))
    return root


def graded(root: Path, name: str, text: str, *launcher: str) -> subprocess.CompletedProcess[str]:
    """What `run_autograder` does with a submission."""
    shutil.rmtree(root / "submission")
    (root / "submission").mkdir()
    (root / "submission" / name).write_text(text, "utf-8")
    (root / "results" / "results.json").unlink(missing_ok=True)
    environment = {name: value for name, value in os.environ.items() if name not in ("PYTHONPATH", "AUTOGRADER_CACHE")}
    environment |= {"AUTOGRADER_ROOT": str(root), "AUTOGRADER_PYTHON": sys.executable}
    return subprocess.run(
        [*launcher, root / "source" / "run_autograder"],
        env=environment,
        cwd=root,
        capture_output=True,
        text=True,
        timeout=300,
    )


def test_the_archive_holds_what_gradescope_asks_for(unpacked):
    for name in ("setup.sh", "run_autograder"):
        assert os.access(unpacked / "source" / name, os.X_OK)
        subprocess.run(["bash", "-n", unpacked / "source" / name], check=True)
    required = (unpacked / "source" / "requirements.txt").read_text("utf-8")
    assert "numpy" in required and "msgspec" in required and "#" not in required
    assert not list((unpacked / "source").rglob("__pycache__"))


@pytest.mark.skipif(os.name == "nt", reason="Gradescope runs Linux")
def test_the_same_assignment_grades_there(unpacked):
    solution = find_assignment("03_numpy_net").solution.read_text("utf-8")
    wrong = f"{solution}\n\ndef mse_loss(Y_hat, Y):\n    return float(np.mean((Y_hat - Y) ** 2))\n"
    done = graded(unpacked, "my_answer.py", wrong)
    assert (done.returncode, done.stderr) == (0, "")
    record = read((unpacked / "results" / "results.json").read_text("utf-8"))
    assert record["score"] == sum(one["score"] for one in record["tests"]) == record["leaderboard"][0]["value"] < 40
    lost = [one for one in record["tests"] if one["status"] == "failed"]
    assert {one["tags"][0] for one in lost} == {"03.4"}
    assert {one["visibility"] for one in lost} == {"visible", "after_published"}
    # of hidden tests no number is told
    hidden = [one["output"] for one in lost if one["visibility"] != "visible"]
    assert all("its numbers are not shown" in text or text == "This builds on 03.4. Fix that first." for text in hidden)
    assert sum(one["max_score"] for one in record["tests"]) == 40


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="Gradescope runs it as root")
@pytest.mark.parametrize("container", [False, True], ids=["all layers", "a container"])
def test_a_submission_sees_neither_solution_nor_tests_and_writes_no_result(unpacked, container):
    if container and not is_readable_by_all(Path(sys.base_prefix).resolve()):
        pytest.skip("no other user can use this Python, so submissions are not run without a mount namespace")
    for folder in (unpacked, *unpacked.parents[:3]):
        folder.chmod(0o755)  # pytest's are its user's own
    launcher = (sys.executable, "-c", CONTAINER) if container else ()
    done = graded(unpacked, "03_numpy_net.py", THIEF.format(root=str(unpacked)), *launcher)
    assert (done.returncode, done.stderr) == (0, "")
    record = read((unpacked / "results" / "results.json").read_text("utf-8"))
    told = [one["output"] for one in record["tests"] if "STOLEN" in one["output"]]
    assert told and record["score"] == 0
    assert not [
        text for text in told if "SOLUTION" in text or "TEST_HIDDEN" in text or "PUBLIC" in text or "WROTE" in text
    ]
    # also where the sandbox can hide nothing, another user cannot look into these
    for name in ("assignments", "cache"):
        paths = [*(unpacked / "source" / name).rglob("*")]
        assert not [path for path in paths if path.stat().st_mode & 0o077]


@pytest.mark.skipif(os.name == "nt", reason="Gradescope runs Linux")
def test_what_is_empty_is_graded_and_what_is_broken_writes_nothing(unpacked):
    assert graded(unpacked, "03_numpy_net.py", "").returncode == 0
    record = read((unpacked / "results" / "results.json").read_text("utf-8"))
    assert record["score"] == 0 and "is empty" in record["output"]
    settings = unpacked / "source" / "settings.json"
    text = settings.read_text("utf-8")
    settings.write_text(text.replace("03_numpy_net", "99_nothing"), "utf-8")
    try:
        done = graded(unpacked, "03_numpy_net.py", "x = 1")
    finally:
        settings.write_text(text, "utf-8")
    assert done.returncode == 2 and done.stderr.startswith("autograder: there is no assignment '99_nothing'")
    assert not (unpacked / "results" / "results.json").exists()
