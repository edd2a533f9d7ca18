"""Student processes: who they are, what they see, and that nothing of them stays, at every level of isolation."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from itertools import chain
from pathlib import Path

import psutil
import pytest

from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.errors import UsageError
from autograder.handin.sources import Source
from autograder.handin.submissions import Submission, find_submissions
from autograder.isolation.host.devices import resolve_device
from autograder.isolation.host.spare import SpareTemplate
from autograder.isolation.host.users import student_user
from autograder.isolation.sandbox.cgroups import Group, own_folder
from autograder.isolation.sandbox.scratch import new_scratch, remove_scratch
from autograder.isolation.sandbox.view import View
from autograder.isolation.settings import LAYERS, Limits, SandboxPolicy
from tests.attacks.arena import become_ordinary
from tfkit.data import data_folder

ROOT = Path(__file__).parents[2]
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

OPENED: list[Session] = []


def session(spawner, text=LOOK, **options):
    source = Source([{"name": "look.py", "text": text}])
    opened = Session(Setup(spawner, source, **{"limits": Limits(5.0, 30.0, 300), **options}))
    opened.begin("x")
    OPENED.append(opened)
    return opened


def call(opened, name):
    return opened.request("call", name=name, arguments=(), options={})["value"]


@pytest.fixture
def line(templates):
    control = templates("numpy").control()
    yield control
    # those of a test that failed: what they leave open would be held against the next one
    for opened in OPENED:
        opened.close()
    OPENED.clear()
    control.close()


NAMESPACES = tuple(layer for layer in LAYERS if layer not in ("Landlock", "seccomp"))
LEVELS = {"all layers": LAYERS, "namespaces": NAMESPACES, "no layer": ()}


@pytest.fixture(params=LEVELS)
def level(request):
    """What is asked of the sandbox, and as which user: without mounts none but root may read what is in /root."""
    layers = LEVELS[request.param]
    return {"policy": SandboxPolicy(layers), "user": student_user() if "mount" in layers else None}


def test_private_process(line, level):
    opened = session(line, **level)
    seen = call(opened, "who")
    scratch = seen["cwd"]
    assert seen["home"] == scratch and Path(scratch).is_dir()
    # standard streams, the conversation, and the listing itself
    assert seen["descriptors"] <= 6
    assert "PYTHONPATH" not in seen["environment"] and "VIRTUAL_ENV" not in seen["environment"]
    if level["user"]:
        assert student_user() <= seen["uid"] < student_user() + 184
    if not opened.connection.sandbox["PID"]:
        assert seen["pid"] == 1 and seen["processes"] <= 2
    opened.close()
    assert not Path(scratch).exists() and not Path(scratch).parent.exists()


def test_no_process_outlives_the_verdict(line, templates, level):
    template = psutil.Process(templates("numpy")._process.pid)
    opened = session(line, **level)
    scratch = call(opened, "who")["cwd"]
    before = len(template.children(recursive=True))
    assert call(opened, "orphan") == "left"
    assert len(template.children(recursive=True)) == before + 1
    opened.close()
    deadline = time.monotonic() + 5
    while template.children(recursive=True) and time.monotonic() < deadline:
        time.sleep(0.05)
    assert not template.children(recursive=True) and not Path(scratch).exists()


def test_memory_is_bounded(line, level):
    opened = session(line, **level)
    start = time.monotonic()
    # the kernel refuses what is far too much, the keeper's watch ends what grows: whichever comes first
    try:
        answer = opened.request("call", name="balloon", arguments=(), options={})
    except AssertionError as error:
        answer = {"raised": {"error": str(error)}}
    assert re.search("MemoryError|used more than the 300 MB of memory", answer["raised"]["error"])
    assert time.monotonic() - start < 6
    opened.close()


def test_strict_refuses_what_the_machine_lacks(line):
    opened = session(line, policy=SandboxPolicy(NAMESPACES, strict=True), user=student_user())
    with pytest.raises(UsageError, match=r"strict needs every layer, this machine lacks Landlock \(not asked"):
        call(opened, "who")
    opened.close()


def test_course_is_not_seen(line, tmp_path):
    looking = """
import os
def look(paths):
    return [path for path in paths if os.path.lexists(path)]
def write(paths):
    done = []
    for path in paths:
        try:
            open(path, "a").close()
            done.append(path)
        except OSError:
            pass
    return done
"""
    data = tmp_path / "numbers.csv"
    data.write_text("1\n")
    opened = session(line, looking, user=student_user(), data=(str(data),))
    assignments = ROOT / "assignments" / "03_numpy_net"
    secret = [
        str(assignments / "solution.py"),
        str(assignments / "tests"),
        str(ROOT / "tests"),
        str(Path.home() / ".profile"),
    ]
    shown = [str(data), sys.prefix, str(ROOT / "tfkit"), "/dev/null"]
    seen = opened.request("call", name="look", arguments=([*secret, *shown],), options={})["value"]
    assert seen == shown
    places = [
        str(data),
        f"{sys.prefix}/x",
        str(ROOT / "tfkit" / "x.py"),
        "/x",
        "/etc/passwd",
        "/proc/sys/kernel/core_pattern",
    ]
    home = call_with(opened, "write", [*places, "mine.txt", "/tmp/mine.txt"])
    assert home == ["mine.txt", "/tmp/mine.txt"]
    opened.close()
    assert not Path("/tmp/mine.txt").exists()


def call_with(opened, name, *arguments):
    return opened.request("call", name=name, arguments=arguments, options={})["value"]


def test_hidden_folder_inside_a_shown_one(line, tmp_path):
    (tmp_path / "shown" / "course").mkdir(parents=True)
    (tmp_path / "shown" / "course" / "solution.py").write_text("secret")
    (tmp_path / "shown" / "library.py").write_text("public")
    looking = "import os\ndef names(folder):\n    return sorted(os.listdir(folder))\n"
    policy = SandboxPolicy(hidden=(str(tmp_path / "shown" / "course"),))
    opened = session(line, looking, user=student_user(), policy=policy, data=(str(tmp_path / "shown"),))
    assert call_with(opened, "names", str(tmp_path / "shown")) == ["course", "library.py"]
    assert call_with(opened, "names", str(tmp_path / "shown" / "course")) == []
    opened.close()


def test_allow_list_names_the_neighbours_of_what_is_covered(tmp_path):
    for name in ("a/b/secret/x", "a/b/open", "a/c", "d"):
        (tmp_path / name).mkdir(parents=True)
    view = View((str(tmp_path),), (str(tmp_path / "a/b/secret"),), (), "/tmp/none")
    assert sorted(Path(path).relative_to(tmp_path).as_posix() for path in view.allowed()) == ["a/b/open", "a/c", "d"]


def test_control_group_is_made_joined_and_removed():
    """Without a controller, since this machine may not have been given one: what it limits is not tested here."""
    folder = own_folder()
    if folder is None or not os.access(folder / "cgroup.procs", os.W_OK):
        pytest.skip("no control group of version 2 may be made here")
    group = Group(str(folder), 100, 10)
    pid = os.fork()
    if pid == 0:
        group.join()
        os._exit(0 if "autograder-student-" in Path("/proc/self/cgroup").read_text() else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0
    assert not group.ran_out_of_memory()
    group.remove()
    assert not list(folder.glob(f"autograder-student-{os.getpid()}"))


FILL = """
import time
def fill(files, megabytes):
    for number in range(files):
        with open(str(number), "wb") as file:
            file.write(bytes(megabytes * 2**20))
    time.sleep(1)
    return "filled"
"""


@pytest.mark.parametrize("layers", [LAYERS, ()], ids=["in memory", "on disk"])
@pytest.mark.parametrize("files, megabytes", [(1, 1), (1, 30), (9, 5)], ids=["little", "one large", "many"])
def test_scratch_is_bounded(line, layers, files, megabytes):
    user = student_user() if layers else None
    limits = Limits(9.0, 30.0, 300, scratch_mb=20)
    source = Source([{"name": "x.py", "text": FILL}])
    opened = Session(Setup(line, source, limits, user=user, policy=SandboxPolicy(layers)))
    opened.begin("x")
    try:
        answer = opened.request("call", name="fill", arguments=(files, megabytes), options={})
    except AssertionError as error:
        answer = {"raised": {"error": str(error)}}
    if megabytes == 1:
        assert answer["value"] == "filled"
    else:
        assert re.search("OSError|wrote more than the 20 MB of files", answer["raised"]["error"])
    opened.close()


def test_folder_that_resists_is_removed(tmp_path, monkeypatch):
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    folder = Path(new_scratch(None))
    here = Path.cwd()
    os.chdir(folder)
    for _ in range(1500):
        Path("d").mkdir()
        os.chdir("d")
    os.chdir(here)
    (folder / "locked").mkdir(mode=0)
    remove_scratch(str(folder))
    assert not list(tmp_path.iterdir())


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
        grader = Grader(room.assignment, template, versions=template.versions)
        result = grader.grade(Submission("solution", room.assignment.solution)).result
        grader.close()
    finally:
        template.close()
    assert result.questions == expected.questions and result.is_perfect
    assert result.sandbox == "none"


def test_spare_worker_ends_a_loop_and_goes_on(room03):
    template = SpareTemplate("numpy")
    try:
        text = "def loop():\n    while True:\n        pass\ndef one():\n    print('said')\n    return 1\n"
        opened = session(template, text, limits=Limits(1.0, 30.0, 300))
        opened.begin("a")
        with pytest.raises(AssertionError, match="It took longer than the time limit of 1 s"):
            call(opened, "loop")
        opened.begin("b")
        for _ in range(2):
            assert call(opened, "one") == 1
            assert opened.printed() == "said\n"
        opened.close()
        assert opened.record.status == "timeout"
    finally:
        template.close()


@pytest.mark.skipif(os.geteuid() != 0, reason="already run as an ordinary user")
@pytest.mark.parametrize("assignment", ["03_numpy_net", pytest.param("04_tape_net", marks=pytest.mark.slow)])
def test_as_an_ordinary_user(assignment):
    with tempfile.TemporaryDirectory(dir="/tmp") as home:
        Path(home).chmod(0o777)
        solution = Path(home) / "answer.py"
        solution.write_bytes((ROOT / "assignments" / assignment / "solution.py").read_bytes())
        solution.chmod(0o644)
        command = [sys.executable, "-m", "autograder", "check", assignment, str(solution), "--json"]
        done = subprocess.run(
            command,
            preexec_fn=become_ordinary,
            cwd=str(ROOT),
            env={"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "HOME": home, "TMPDIR": home},
            capture_output=True,
            text=True,
            timeout=120,
        )
        assert done.returncode == 0, done.stdout + done.stderr


PEEK = """
def sigmoid(Z):
    seen = []
    for path in PATHS:
        try:
            seen.append(open(path).read())
        except OSError as error:
            seen.append(type(error).__name__)
    raise ValueError(" ".join(seen))
"""


def test_the_class_and_the_bank_are_hidden_inside_a_shown_folder(room03, tmp_path, monkeypatch):
    monkeypatch.setenv("AUTOGRADER_CACHE", str(tmp_path / "cache"))
    paths = [tmp_path / name for name in ("data.csv", "class/bob.py", "class/cy/answer.py", "cache/bank.json")]
    for path in paths:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text("content")
    # shown, and open to the unprivileged user that submissions run as
    tmp_path.chmod(0o755)
    (tmp_path / "class" / "ada").mkdir()
    (tmp_path / "class" / "ada" / "answer.py").write_text(PEEK.replace("PATHS", repr([str(path) for path in paths])))
    (ada,) = [one for one in find_submissions(tmp_path / "class").submissions if one.student == "ada"]
    assignment = replace(room03.assignment, data=(str(tmp_path),))
    store = room03.store(DEFAULT_SEED)
    grader = Grader(assignment, room03.spawner, only=("03.1",), user=student_user(), store=store)
    (row,) = grader.grade(ada).result.questions
    seen = row.message.partition("ValueError: ")[2].split()[:4]
    assert seen[0] == "content" and all(one.endswith("Error") for one in seen[1:]), row.message


LOADS = """
def load():
    import tfkit
    return tfkit.load_indian_liver()
"""


def test_a_data_set_that_would_have_to_be_downloaded_is_refused_at_once(line):
    data = (str(data_folder() / "index.toml"),)
    opened = session(line, LOADS, data=data, policy=SandboxPolicy(LAYERS), user=student_user())
    start = time.monotonic()
    said = opened.request("call", name="load", arguments=(), options={})["raised"]["text"]
    assert time.monotonic() - start < 5
    assert re.fullmatch(r"expected the data set 'indian_liver' in .+, received no answer from .+; call again .+", said)
    opened.close()


PLAINLY = """
import tensorflow as tf
def refused():
    try:
        return tf.matmul(tf.ones((2, 3)), tf.ones((2, 3))).shape
    except tf.errors.InvalidArgumentError as error:
        return str(error)
def batches():
    data = tf.data.Dataset.range(7).shuffle(7, seed=3).batch(3)
    return [[batch.numpy().tolist() for batch in data] for _ in range(2)]
"""


def test_operations_run_as_they_are_and_data_sets_give_what_they_should(templates):
    control = templates("tensorflow").control()
    try:
        opened = session(control, PLAINLY)
        told, (one, two) = call(opened, "refused"), call(opened, "batches")
        opened.close()
    finally:
        control.close()
    # of a function that TensorFlow had made of the operation, the message would tell first
    assert "Matrix size-incompatible" in told and "function_node" not in told
    assert one != two and all(sorted(chain(*epoch)) == list(range(7)) for epoch in (one, two))
    assert [len(batch) for batch in one] == [3, 3, 1]
