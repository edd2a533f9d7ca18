"""A time limit on a busy machine: what a process has had of the processor decides, and not the clock alone."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest

from autograder.isolation.host.clock import Clock, TooBusy, Use, use_of
from autograder.wire import ChannelTimeout

LIMIT = 2.0


def outcome(uses, patience=10.0):
    """What becomes of a process that is looked at when its limit has passed, and then every quarter of a second."""
    clock = Clock(LIMIT, 0.5, patience)
    for number, use in enumerate(uses):
        try:
            clock.extend(use, 0.0 if number == 0 else 0.25)
        except ChannelTimeout:
            return "passed", number
        except TooBusy:
            return "busy", number
        assert 0 < clock.deadline - time.monotonic() <= 0.25
    return "waits", len(uses)


def steps(*parts):
    """What it has used when it is looked at: of each part how often, how much each time, and how it is found."""
    cpu = 0.5
    for times, each, state in parts:
        for _ in range(times):
            cpu += each
            yield Use(cpu, state)


CASES = {
    "an endless loop, alone": (steps((1, 2.0, "runs")), ("passed", 0)),
    "nearly all of it": (steps((1, 1.875, "runs"), (1, 0.125, "runs")), ("passed", 1)),
    "a loop that got half of the processor": (steps((1, 1.0, "runs"), (20, 0.125, "runs")), ("passed", 8)),
    "one that got next to nothing": (steps((200, 0.001, "runs")), ("busy", 80)),
    "asleep": (steps((20, 0.0, "sleeps")), ("passed", 4)),
    "asleep for a moment, again and again": (steps(*[(2, 0.0, "sleeps"), (1, 0.25, "runs")] * 20), ("passed", 8)),
    "awake for no time": (steps(*[(2, 0.0, "sleeps"), (1, 0.001, "runs")] * 60), ("passed", 12)),
    "stopped by somebody": (steps((7, 0.0, "stopped"), (4, 0.25, "runs")), ("waits", 11)),
    "stopped for good": (steps((40, 0.0, "stopped")), ("passed", 8)),
    "threads on two cores": (steps((1, 3.9, "runs")), ("passed", 0)),
    "nobody knows": ([None], ("passed", 0)),
}


@pytest.mark.parametrize("name", CASES)
def test_who_has_had_what_is_allowed_is_stopped_and_who_has_not_is_waited_for(name):
    uses, expected = CASES[name]
    assert outcome(list(uses)) == expected


def test_what_only_words_need_is_not_waited_for():
    assert outcome([Use(0.5, "runs")], patience=0.0) == ("passed", 0)


def test_a_text_of_ours_is_waited_for_as_long_as_it_takes():
    assert outcome(list(steps((5000, 0.0001, "runs"))), patience=float("inf")) == ("waits", 5000)


def test_many_short_requests_are_no_sleep():
    clock = Clock(LIMIT, 0.0)
    for _ in range(100):
        # its process is asleep each time, because it waits for the next request
        clock.extend(Use(0.1, "sleeps"), 0.0)
        clock.forgive(0.25)


PROGRAMS = {
    "runs": "while True: pass",
    "sleeps": "import time; time.sleep(60)",
    "runs below": "import subprocess, sys; subprocess.run([sys.executable, '-c', 'while True: pass'])",
    "runs in a thread": """
import threading, time
threading.Thread(target=lambda: [0 for _ in iter(int, 1)], daemon=True).start()
time.sleep(60)
""",
}


@pytest.mark.skipif(sys.platform != "linux", reason="needs /proc")
@pytest.mark.parametrize("name", PROGRAMS)
def test_what_a_process_uses_is_read(name):
    process = subprocess.Popen([sys.executable, "-c", PROGRAMS[name]], start_new_session=True)
    try:
        states, first = [], use_of(process.pid)
        end = time.monotonic() + 60
        while time.monotonic() < end and states[-5:] != [name.split()[0]] * 5:
            time.sleep(0.1)
            states.append(use_of(process.pid).state)
        assert states[-5:] == [name.split()[0]] * 5
        assert name == "sleeps" or use_of(process.pid).cpu > first.cpu
        os.kill(process.pid, 19)
        while name in ("runs", "sleeps") and use_of(process.pid).state != "stopped" and time.monotonic() < end:
            time.sleep(0.05)
        assert name not in ("runs", "sleeps") or use_of(process.pid).state == "stopped"
    finally:
        os.killpg(process.pid, 9)
        process.wait()
    assert use_of(process.pid) is None
