"""Whoever guards submissions: what a keeper counts, what happens when it is lost, and a machine that has no room."""

from __future__ import annotations

import os
import resource
import signal
import subprocess
import threading
import time
from dataclasses import dataclass, field, replace
from pathlib import Path

import psutil
import pytest

from autograder.assertions.failure import CheckFailed
from autograder.engine.classes import LocalGraders, Plan, grade_class
from autograder.engine.grader import Grader
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.engine.workers import TaskBounds, work_through
from autograder.errors import UsageError
from autograder.handin.sources import Source
from autograder.handin.submissions import Submission, find_submissions
from autograder.isolation.host import starting
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.errors import NoProcess
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import Limits, SandboxPolicy

TEXT = """
import ctypes, mmap, os, socket, sys, threading, time
libc = ctypes.CDLL(None)

def odd_name():
    libc.prctl(15, b"\\xff\\xfe)\\rRssAnon:\\t1 kB", 0, 0, 0)
    time.sleep(0.4)
    return len(open("/proc/self/comm", "rb").read())

def page_tables():
    # one page read in each 2 MB: no memory of its own, and 4 KB of page table for each
    size, kept = 2**37, []
    for _ in range(4):
        kept.append(mmap.mmap(-1, size, mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | 0x4000, mmap.PROT_READ))
        kept[-1].madvise(mmap.MADV_NOHUGEPAGE)
        for start in range(0, size, 2**21):
            kept[-1][start]
    time.sleep(1)
    return "held"

def forgotten_memory():
    kept = mmap.mmap(-1, 2**30, flags=mmap.MAP_SHARED | mmap.MAP_ANONYMOUS)
    return "held"

def sockets():
    kept = [socket.socketpair() for _ in range(60)]
    time.sleep(2)
    return len(kept)

def own_output():
    def drain():
        with open("/proc/self/fd/1", "rb", 0) as mine:
            while True:
                mine.read(100)
    threading.Thread(target=drain, daemon=True).start()
    for _ in range(200):
        print("something to be stolen", flush=True)
        time.sleep(0.002)
    return "told"

def name_of_another(what):
    pid = os.getppid() or 1
    attempts = {
        "prlimit": lambda: libc.prlimit64(os.getpid() + 1, 7, None, None),
        "setpriority": lambda: libc.setpriority(0, os.getpid() + 1, 19),
        "affinity": lambda: libc.sched_setaffinity(os.getpid() + 1, 8, b"\\1" + bytes(7)),
        "lease": lambda: libc.fcntl(os.open("own file", os.O_RDONLY | os.O_CREAT, 0o600), 1024, 0),
        "inotify": lambda: libc.inotify_init1(0),
        "death signal": lambda: libc.prctl(1, 0, 0, 0, 0),
    }
    return attempts[what]()

def processes():
    if os.fork() == 0:
        time.sleep(60)
        os._exit(0)
    return os.getpid()
"""

pytestmark = [pytest.mark.turns(2), pytest.mark.skipif(not hasattr(signal, "pidfd_send_signal"), reason="needs Linux")]


@pytest.fixture
def line(templates):
    control = templates("numpy").control()
    yield control
    control.close()


@pytest.fixture
def opened(line):
    limits = Limits(6.0, 30.0, 300)
    source = Source([{"name": "x.py", "text": TEXT}])
    session = Session(Setup(line, source, limits, user=student_user(), policy=SandboxPolicy()))
    session.begin("x")
    yield session
    session.close()


def call(session, name, *arguments):
    return session.request("call", name=name, arguments=arguments, options={})


def test_name_that_is_no_text_and_forges_lines_hides_nothing(opened):
    assert call(opened, "odd_name")["value"] == 16
    # the keeper is there still, and counts
    with pytest.raises(CheckFailed, match="300 MB of memory"):
        call(opened, "page_tables")


def test_memory_that_is_let_go_and_held_all_the_same_is_refused(opened):
    assert "Cannot allocate memory" in call(opened, "forgotten_memory")["raised"]["text"]


def test_sockets_are_counted(opened):
    with pytest.raises(CheckFailed, match="64 sockets"):
        call(opened, "sockets")


def test_reading_from_ones_own_output_keeps_nobody_waiting(opened):
    assert call(opened, "own_output")["value"] == "told"
    start = time.monotonic()
    opened.close()
    assert time.monotonic() - start < 2


@pytest.mark.parametrize("what", ["prlimit", "setpriority", "affinity", "lease", "inotify", "death signal"])
def test_calls_about_others_are_refused(opened, what):
    assert call(opened, "name_of_another", what)["value"] == -1


def test_lost_keeper_takes_the_submission_along(opened, templates):
    template = psutil.Process(templates("numpy")._process.pid)
    assert call(opened, "processes")["value"] == 1
    (keeper,) = template.children()
    below = keeper.children(recursive=True)
    assert len(below) == 2
    keeper.kill()
    # on a busy machine the submission may answer once more before it ends
    _, alive = psutil.wait_procs(below, timeout=5)
    assert not alive
    with pytest.raises(CheckFailed, match="The process that watches over a submission was ended"):
        call(opened, "processes")
    assert opened.connection.left == 0


def test_two_processes_of_a_worker_have_users_of_their_own(line):
    if os.geteuid() != 0:
        pytest.skip("only root can give users")
    text = "import os, time\ndef who():\n    return os.getuid()\n"
    sessions = [
        Session(Setup(line, Source([{"name": "x.py", "text": text}]), Limits(), user=student_user())) for _ in range(3)
    ]
    try:
        users = []
        for session in sessions:
            session.begin("x")
            users.append(call(session, "who")["value"])
    finally:
        for session in sessions:
            session.close()
    assert len(set(users)) == 3 and 0 not in users


def test_what_a_user_runs_elsewhere_does_not_count(line, monkeypatch):
    # another container's grader may have given the same number away: its processes are counted by the same kernel
    if os.geteuid() != 0:
        pytest.skip("only root can give users")
    first = student_user()
    monkeypatch.setattr(starting, "free_user", lambda _: first)
    crowd = [subprocess.Popen(["sleep", "60"], user=first, group=first) for _ in range(Limits().tasks + 10)]
    text = "import threading\ndef start():\n    [threading.Timer(0.1, id).start() for _ in range(8)]\n    return 8\n"
    session = Session(
        Setup(line, Source([{"name": "x.py", "text": text}]), Limits(), user=first, policy=SandboxPolicy())
    )
    try:
        session.begin("x")
        assert call(session, "start")["value"] == 8
    finally:
        session.close()
        for process in crowd:
            process.kill()
            process.wait()


# a machine without room


def test_room_for_a_process_is_waited_for(opened):
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    # descriptors are handed out from the lowest: soon none is left below this
    highest = max(int(path.name) for path in Path("/proc/self/fd").iterdir())
    resource.setrlimit(resource.RLIMIT_NOFILE, (highest + 1, hard))
    timer = threading.Timer(0.7, lambda: resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard)))
    filler = _all_descriptors()
    timer.start()
    try:
        assert call(opened, "processes")["value"] == 1
    finally:
        timer.join()
        for descriptor in filler:
            os.close(descriptor)


def test_no_room_costs_one_submission_and_it_is_graded_again(room03, monkeypatch):
    monkeypatch.setattr(starting, "_PATIENCE", 0.3)
    assignment = replace(room03.assignment)
    versions, store = room03.versions, room03.store(20260101)
    grader = Grader(assignment, room03.spawner, user=student_user(), versions=versions, store=store)
    submission = Submission("solution", assignment.solution)
    monkeypatch.setattr(type(room03.spawner), "spawn", _out_of_processes)
    graded = grader.grade(submission)
    assert graded.result.status == "crashed" and not graded.final
    assert "No process could be started" in graded.result.message
    monkeypatch.undo()
    graded = grader.grade(submission)
    assert graded.result.is_perfect and graded.final


def _out_of_processes(self, settings):
    raise NoProcess("Resource temporarily unavailable")


def _all_descriptors():
    found = []
    try:
        while True:
            found.append(os.open(os.devnull, os.O_RDONLY))
    except OSError:
        return found


# workers


@dataclass(frozen=True)
class Errands:
    """A job whose tasks say what to do."""

    framework: str = "numpy"
    bounds: TaskBounds = field(default_factory=lambda: TaskBounds(seconds=4.0, memory_mb=100))

    def begin(self, spawner, versions, number):
        return self

    def do(self, task):
        if task == "hang":
            time.sleep(600)
        if task == "fill":
            return len(bytearray(300 * 2**20))
        if task == "fail":
            raise ZeroDivisionError
        if task == "broken":
            raise UsageError("the assignment is broken")
        return f"{task} done"

    def close(self):
        pass


def test_task_that_takes_too_much_costs_no_other(templates):
    tasks = ["one", "hang", "two", "fill", "three", "fail", "four"]
    found = {task: (answer, reason) for task, answer, reason in work_through(Errands(), tasks, templates("numpy"), 2)}
    assert found.pop("hang") == (None, "it took longer than 4 s")
    assert found.pop("fill") == (None, "MemoryError")
    assert found.pop("fail") == (None, "ZeroDivisionError")
    assert found == {task: (f"{task} done", "") for task in ("one", "two", "three", "four")}


def test_broken_assignment_ends_the_run(templates):
    with pytest.raises(UsageError, match="the assignment is broken"):
        list(work_through(Errands(), ["one", "broken"], templates("numpy"), 1))


def test_what_times_out_beside_others_is_graded_again_alone(room03, tmp_path, templates):
    slow = "import time\ndef sigmoid(Z):\n    time.sleep(60)\n"
    for name, text in (("a-slow", slow), ("b-quick", "def sigmoid(Z):\n    return Z\n"), ("c-quick", "x = 1\n")):
        (tmp_path / f"{name}.py").write_text(text)
    plan = Plan(replace(room03.assignment, limits=Limits(2.0, 2.0, 400)), 1, "cpu")
    found = find_submissions(tmp_path).submissions

    def graded(submissions):
        start = time.monotonic()
        students = [one.result.student for one in grade_class(plan, submissions, LocalGraders(templates("numpy"), 2))]
        return students, time.monotonic() - start

    alone, seconds = graded(found[:1])
    together, seconds_together = graded(found)
    assert alone == ["a-slow"] and together[-1] == "a-slow" and len(together) == 3
    # two runs into a limit of 2 s, one after the other
    assert seconds_together > 4.0 > seconds - 2.0


def test_temporary_folder_of_the_grader_is_not_the_submissions(tmp_path, monkeypatch):
    # a course's server sets TMPDIR; libraries remember it when they are imported, AutoGraph among them
    monkeypatch.setenv("TMPDIR", str(tmp_path))
    template = new_template("tensorflow")
    control = template.control()
    try:
        text = "import os, tempfile\ndef here():\n    return tempfile.gettempdir(), os.getcwd()\n"
        source = Source([{"name": "x.py", "text": text}])
        session = Session(Setup(control, source, Limits(20.0, 60.0, 2000), user=student_user(), policy=SandboxPolicy()))
        session.begin("x")
        folder, home = call(session, "here")["value"]
        session.close()
    finally:
        control.close()
        template.close()
    assert folder == home
