"""A mark is the same however busy the machine is: tried on one that is, and with processes that are held up."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
import time
from contextlib import contextmanager
from dataclasses import dataclass, field

import pytest

from autograder.assertions.failure import CheckFailed
from autograder.carrying.decoys import Decoys, NoDecoy
from autograder.engine.classes import LocalGraders, Plan, grade_class
from autograder.engine.grader import Graded
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.facts.fact import Fact
from autograder.facts.result import Result
from autograder.handin.sources import Source
from autograder.handin.submissions import Submission
from autograder.isolation.host.clock import TooBusy
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import Limits

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
LIMIT = 1.0
TEXT = """
import time

def works(seconds):
    end = time.process_time() + seconds
    while time.process_time() < end:
        pass
    return "done"

def sleeps(seconds):
    time.sleep(seconds)
    return "slept"
"""


@pytest.fixture
def opened(room03):
    def open_with(patience=10.0, of_submission=30.0):
        limits = Limits(LIMIT, of_submission, 600)
        source = Source([{"name": "x.py", "text": TEXT}])
        sessions.append(Session(Setup(room03.spawner, source, limits, user=student_user(), patience=patience)))
        sessions[-1].begin("a")
        assert call(sessions[-1], "works", 0.0) == "done"
        sessions[-1].begin("b")
        return sessions[-1]

    sessions: list[Session] = []
    yield open_with
    for session in sessions:
        session.close()


def call(session, name, *arguments):
    return session.request("call", name=name, arguments=arguments, options={})["value"]


@contextmanager
def burning(count):
    """So many processes that never rest, ended by their ids, which it gives."""
    burners = [subprocess.Popen([sys.executable, "-c", "while True: pass"]) for _ in range(count)]
    try:
        yield [one.pid for one in burners]
    finally:
        for one in burners:
            one.kill()
            one.wait()


@contextmanager
def held_up(session, seconds):
    """A process is stopped soon, and goes on after so many seconds."""
    pid = session.connection.process.pid

    def hold():
        time.sleep(0.1)
        os.kill(pid, signal.SIGSTOP)
        time.sleep(seconds)
        os.kill(pid, signal.SIGCONT)

    thread = threading.Thread(target=hold)
    thread.start()
    yield
    thread.join()


def test_what_is_within_its_limit_is_so_on_a_machine_that_others_use(opened):
    session = opened()
    with burning(4):
        assert call(session, "works", 0.8 * LIMIT) == "done"
    assert session.record.ends == []


def test_who_is_held_up_loses_nothing(opened):
    session = opened()
    with held_up(session, 1.8 * LIMIT):
        assert call(session, "works", 0.6 * LIMIT) == "done"


@pytest.mark.parametrize("asked, most", [(("works", 1e6), 1.0), (("sleeps", 1e6), 2.5)])
def test_what_does_not_end_is_stopped(opened, asked, most):
    session = opened()
    start = time.process_time()
    with pytest.raises(CheckFailed, match="longer than the time limit of 1 s"):
        call(session, *asked)
    assert time.process_time() - start < most
    assert [end.kind for end in session.record.ends] == ["time-limit"]


def test_what_others_took_of_the_machine_is_no_time_of_the_submission(opened):
    session = opened(of_submission=1.5 * LIMIT)
    for question in "cd":
        session.begin(question)
        with held_up(session, 1.2 * LIMIT):
            assert call(session, "works", 0.4 * LIMIT) == "done"


def test_what_it_slept_is_time_of_the_submission(opened):
    session = opened(of_submission=1.8 * LIMIT)
    for question, told in (
        ("c", "the time limit of 1 s"),
        ("d", "the time limit of 1 s"),
        ("e", "were used up before"),
    ):
        session.begin(question)
        with pytest.raises(CheckFailed, match=told):
            call(session, "sleeps", 1e6)


def test_where_nobody_can_tell_no_mark_is_lost(opened):
    session = opened(patience=0.5)
    with burning(4) as burners, pytest.raises(TooBusy):
        # all on one core: patience ends long before it has had its second
        for pid in (*burners, session.connection.process.pid):
            os.sched_setaffinity(pid, {min(os.sched_getaffinity(0))})
        call(session, "works", 1e6)
    # what is asked afterwards is not waited for once more
    with pytest.raises(TooBusy):
        session.begin("c")
        call(session, "works", 0.0)


@dataclass
class Hurried:
    """Grades as on a machine that is too busy for some: at first, or always."""

    busy: dict[str, int]
    seen: list[str] = field(default_factory=list)

    def do(self, submission):
        times = self.seen.count(submission.student)
        self.seen.append(submission.student)
        is_busy = times < self.busy.get(submission.student, 0)
        told = (Fact("too-busy"),) if is_busy else (Fact.said(f"look {times + 1}"),)
        status = "crashed" if is_busy else "graded"
        result = Result(submission.student, "03", status, facts=told)
        return Graded(submission, result, timed_out=is_busy, final=not is_busy)

    def close(self):
        pass


@dataclass(frozen=True)
class Busy(Plan):
    """A class of which some are graded on a machine that is too busy."""

    times: tuple[tuple[str, int], ...] = ()

    def begin(self, spawner, versions, number):
        return Hurried(dict(self.times))


@pytest.mark.parametrize("workers", [1, 2])
def test_who_could_not_be_judged_is_judged_once_more_and_then_not_at_all(room03, tmp_path, workers):
    files = [tmp_path / f"{name}.py" for name in ("ada", "bob", "cy")]
    submissions = [Submission(path.stem, path) for path in files]
    # each round has workers of its own, which have seen nobody
    plan = Busy(room03.assignment, 1, "cpu", times=(("bob", 9),))
    found = list(grade_class(plan, submissions, LocalGraders(room03.template, workers)))
    assert sorted((one.result.student, one.final) for one in found) == [("ada", True), ("bob", False), ("cy", True)]
    assert [one.result.student for one in found][-1] == "bob"


def test_forms_that_a_busy_machine_gives_late_are_given():
    taken = 0.0

    def form(name, arguments, options):
        nonlocal taken
        taken += options["cost"]
        return {"value": 1.0, "changed": []}

    decoys = Decoys({"t": frozenset({"f"})}, frozenset({"f"}), form, 0, taken=lambda: taken)
    decoys.begin("t")
    for number in range(1, 5):
        assert type(decoys.answer("f", ([0] * number,), {"cost": 0.001})["value"]) is float
    decoys.answer("f", ([0] * 5,), {"cost": 6.0})
    with pytest.raises(NoDecoy):
        decoys.answer("f", ([0] * 6,), {"cost": 0.001})


def test_no_room_while_a_question_is_carried_is_no_lower_mark(room03, monkeypatch):
    """A machine that cannot tell what the reference answers is no reason to refuse a decoy."""
    wrong = "\n\ndef forward(X, params):\n    raise ValueError\n"
    carrier = room03.carrier()
    before = room03.grade(room03.solution + wrong, carrier=carrier)
    assert any(row.carried for row in before.questions)

    def too_busy(self, requests):
        raise TooBusy

    monkeypatch.setattr("autograder.engine.reference.ReferenceStore.computed", too_busy)
    after = room03.grade(room03.solution + wrong, carrier=room03.carrier())
    assert [fact.kind for fact in after.facts] == ["too-busy"] and after.status == "crashed"
