"""Student processes: who they are, what they see, and that nothing of them stays, at every level of isolation."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil
import pytest

from autograder.devices import resolve_device
from autograder.engine.grading import Grader
from autograder.engine.session import Session, Source
from autograder.errors import UsageError
from autograder.isolation import linux
from autograder.isolation.forking import student_user
from autograder.isolation.keeper import code_folders
from autograder.isolation.settings import Limits
from autograder.isolation.spare import SpareTemplate
from autograder.submissions import Submission

ROOT = Path(__file__).parents[2]
CASES = Path(__file__).parents[1]
LOOK = """
import os, subprocess, sys, time
def who():
    return {"uid": os.getuid(), "pid": os.getpid(), "cwd": os.getcwd(), "home": os.environ["HOME"],
            "environment": sorted(os.environ), "descriptors": len(os.listdir("/dev/fd")),
            "processes": len([name for name in os.listdir("/proc") if name.isdigit()])}
def orphan():
    if os.fork() == 0:
        os.setsid()
        if os.fork() == 0:
            time.sleep(60)
        os._exit(0)
    os.wait()
    return "left"
def balloon():
    kept = []
    while True:
        kept.append(bytearray(2**20))
def modules():
    return sorted(name for name in sys.modules if name in ("tensorflow", "keras", "pytest", "autograder.engine"))
"""


def session(spawner, text=LOOK, **options):
    opened = Session(spawner, Source([{"name": "look.py", "text": text}]), Limits(5.0, 30.0, 300), **options)
    opened.begin("x")
    return opened


def call(opened, name):
    return opened.request("call", name=name, arguments=(), options={})["value"]


@pytest.fixture
def line(templates):
    control = templates("numpy").control()
    yield control
    control.close()


@pytest.mark.parametrize("namespaces", [True, False])
def test_private_process(line, namespaces):
    opened = session(line, user=student_user(), namespaces=namespaces)
    seen = call(opened, "who")
    scratch = seen["cwd"]
    assert seen["home"] == scratch and Path(scratch).is_dir()
    # standard streams, the conversation, and the listing itself
    assert seen["descriptors"] <= 6
    assert "PYTHONPATH" not in seen["environment"] and "VIRTUAL_ENV" not in seen["environment"]
    if os.geteuid() == 0:
        assert seen["uid"] == student_user() != 0
    if namespaces and opened.isolation == "namespaces":
        assert seen["pid"] == 1 and seen["processes"] <= 2
    opened.close()
    assert not Path(scratch).exists()


@pytest.mark.parametrize("namespaces", [True, False])
def test_no_process_outlives_the_verdict(line, namespaces):
    opened = session(line, user=student_user(), namespaces=namespaces)
    scratch = call(opened, "who")["cwd"]
    assert call(opened, "orphan") == "left"
    assert scratch in {cwd_of(process) for process in psutil.process_iter()}
    opened.close()
    time.sleep(0.2)
    assert scratch not in {cwd_of(process) for process in psutil.process_iter()}


def cwd_of(process):
    try:
        return process.cwd().removesuffix(" (deleted)")
    except psutil.Error:
        return None


@pytest.mark.parametrize("namespaces", [True, False])
def test_memory_is_bounded(line, namespaces):
    opened = session(line, user=student_user(), namespaces=namespaces)
    start = time.monotonic()
    with pytest.raises(AssertionError, match="300 MB"):
        call(opened, "balloon")
        raise AssertionError("MemoryError in the process: 300 MB")
    assert time.monotonic() - start < 6
    opened.close()


def test_device_that_is_not_there(templates):
    template = templates("tensorflow")
    with pytest.raises(UsageError, match=r"there is no gpu:97 on this machine \(.*\); use --device cpu or auto"):
        resolve_device("gpu:97", template)
    assert resolve_device("cpu", template) == "cpu"
    assert resolve_device("gpu:97", templates("numpy")) == "cpu"
    assert resolve_device("auto", template) in ("cpu", "gpu:0")


def test_numpy_template_holds_no_test_and_no_autodiff(line):
    opened = session(line)
    assert call(opened, "modules") == []
    opened.close()


@pytest.mark.parametrize("framework", ["numpy", "tensorflow"])
def test_spare_worker_does_the_same_job(rooms, framework):
    room = rooms("03_numpy_net" if framework == "numpy" else "04_tape_net")
    expected = room.grade(room.assignment.solution)
    template = SpareTemplate(framework)
    try:
        grader = Grader(room.assignment, template, lambda: template, versions=template.versions)
        result, _ = grader.grade(Submission("solution", room.assignment.solution))
        grader.close()
    finally:
        template.close()
    assert result.questions == expected.questions and result.is_perfect
    assert result.sandbox == "spare process"


def test_spare_worker_ends_a_loop_and_goes_on(room03):
    template = SpareTemplate("numpy")
    try:
        opened = session(
            template,
            "def loop():\n    while True:\n        pass\ndef one():\n    print('said')\n    return 1\n",
        )
        opened.limits = Limits(1.0, 30.0, 300)
        opened.begin("a")
        with pytest.raises(AssertionError, match="took longer than the time limit of 1 s"):
            call(opened, "loop")
        opened.begin("b")
        assert call(opened, "one") == 1
        opened.close()
        assert opened.events == ["timeout"] and "said" in opened.output
    finally:
        template.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="already run as an ordinary user")
@pytest.mark.parametrize("assignment", ["03_numpy_net", pytest.param("04_tape_net", marks=pytest.mark.slow)])
def test_as_an_ordinary_user(assignment, tmp_path):
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        Path(home).chmod(0o755)
        solution = Path(home) / "answer.py"
        solution.write_bytes((ROOT / "assignments" / assignment / "solution.py").read_bytes())
        solution.chmod(0o644)

        def become_ordinary() -> None:
            # the interpreter may live under /root: show it, in a mount namespace of our own
            linux.unshare(linux.CLONE_NEWNS)
            linux.make_mounts_private()
            linux.open_only(linux.closed_folders([*code_folders(), str(ROOT)]))
            os.setgroups([])
            os.setgid(65534)
            os.setuid(65534)

        command = [sys.executable, "-m", "autograder", "check", assignment, str(solution), "--json"]
        done = subprocess.run(
            command,
            preexec_fn=become_ordinary,
            cwd=str(ROOT),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": home, "TMPDIR": "/tmp"},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr


@pytest.mark.parametrize(
    "path", sorted((CASES / "attacks" / "04_tape_net").glob("[!_]*.py")), ids=lambda path: path.stem
)
def test_hostile_submission_gains_nothing(room04, path):
    before = room04.grade(room04.solution).to_json()
    result = room04.grade(path, Limits(5.0, 40.0, 1000))
    assert result.score == 0, [(row.id, row.points, row.message) for row in result.questions]
    after = room04.grade(room04.solution).to_json()
    strip = lambda text: [line for line in text.splitlines() if '"seconds"' not in line]  # noqa: E731
    assert strip(before) == strip(after)
