"""What a submission prints is shown under the question that printed it, and costs neither time nor marks."""

from __future__ import annotations

import json
import socket
import threading
import time
from dataclasses import replace

import pytest

from autograder.engine.connection import MOST_PRINTED
from autograder.engine.proxies import StudentFunction
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.handin.sources import Source
from autograder.isolation.host.forking import _Keeper
from autograder.isolation.host.users import student_user
from autograder.isolation.settings import Limits

pytestmark = pytest.mark.turns(3)
QUICK = Limits(seconds_per_question=4.0, seconds_per_submission=60.0, memory_mb=600)
ONE, TWO = "03.1", "03.8"  # sigmoid and softmax, which build on nothing
WRAP = """
import os, sys, threading, time
def printing(function, text, **options):
    def wrapper(*arguments):
        print(text, **options)
        return function(*arguments)
    return wrapper
"""


def graded(room, source, only=(ONE, TWO), **options):
    """The result, and what each question printed."""
    result = room.grade(room.solution + WRAP + source, QUICK, only=only, **options)
    return result, {row.id: row.output for row in result.questions}


def test_what_is_printed_belongs_to_its_question(room03):
    source = """
print("never: no function needs it")
N = print("while it is loaded")
sigmoid = printing(sigmoid, "in sigmoid", end="")
softmax = printing(softmax, "in softmax", file=sys.stderr)
"""
    result, printed = graded(room03, source)
    assert result.score == result.max_score
    assert "in sigmoid" in printed[ONE] and not printed[ONE].replace("in sigmoid", "").strip()
    assert set(printed[TWO].splitlines()) == {"in softmax"}
    assert result.output == ""


def test_what_is_printed_while_it_is_loaded_belongs_to_no_question(room03):
    source = Source([{"name": "net.py", "text": "print('at the top')\ndef f():\n    print('in f')\n"}], whole=True)
    opened = Session(Setup(room03.spawner, source, QUICK, user=student_user()))
    found = []
    for question in ("a", "b"):
        opened.begin(question)
        StudentFunction(opened, "f")()
        found.append(opened.printed())
    opened.close()
    assert found == ["in f\n"] * 2 and opened.connection.output == "at the top\n"


def test_explaining_prints_nothing_more(room03):
    source = "\nsigmoid = printing(lambda Z: 2 / (1 + np.exp(-Z)), 'in sigmoid')\n"
    _, alone = graded(room03, source)
    result, explained = graded(room03, source, explainer=room03.explainer())
    assert result.questions[0].outcome == "failed" and explained == alone


@pytest.mark.parametrize(
    "print_it",
    ["print('x' * 5_000_000)", "[print('x' * 99) for _ in range(20_000)]", "os.write(1, b'\\xff' * 60_000)"],
)
def test_a_flood_is_cut_and_the_next_question_has_its_own(room03, print_it):
    source = (
        f"\ndef sigmoid(Z, right=sigmoid):\n    {print_it}\n    return right(Z)\nsoftmax = printing(softmax, 'mine')\n"
    )
    limits = replace(QUICK, seconds_per_question=20.0)
    result = room03.grade(room03.solution + WRAP + source, limits, only=(ONE, TWO))
    flood, mine = (row.output for row in result.questions)
    assert result.score == result.max_score, result.message
    assert MOST_PRINTED < len(flood) < MOST_PRINTED + 100 and "More was printed" in flood
    assert set(mine.split()) == {"mine"}


def test_threads_that_print_end_with_their_submission(room03):
    source = """
def chatter():
    while True:
        print("chatter")
        time.sleep(0.0005)
def sigmoid(Z, right=sigmoid, begun=[]):
    if not begun:
        begun.append(threading.Thread(target=chatter, daemon=True))
        begun[0].start()
    time.sleep(0.01)
    return right(Z)
"""
    result, printed = graded(room03, source)
    assert result.score == result.max_score and "chatter" in printed[ONE]
    assert len(printed[TWO]) < MOST_PRINTED + 100


@pytest.mark.parametrize(
    "silence", ["os.close(1); os.close(2)", "sys.stdout.close()", "sys.stdout = None", "os.dup2(0, 1)"]
)
def test_who_closes_the_output_is_graded_all_the_same(room03, silence):
    source = (
        f"\ndef sigmoid(Z, right=sigmoid):\n    print('before', file=sys.stderr)\n    {silence}\n    return right(Z)\n"
    )
    result, printed = graded(room03, source, only=(TWO, ONE))
    assert result.questions[1].points == result.questions[1].max_points, result.questions[1].message
    assert printed[TWO] == ""


@pytest.mark.parametrize(
    "ending, status",
    [("os._exit(3)", "crashed"), ("__import__('ctypes').string_at(0)", "crashed"), ("while True: pass", "timeout")],
)
def test_what_was_printed_before_an_end_is_its_questions(room03, ending, status):
    source = f"""
def sigmoid(Z):
    print("the last words")
    {ending}
softmax = printing(softmax, "goes on")
"""
    result, printed = graded(room03, source)
    assert result.status == status and "the last words" in printed[ONE]
    assert set(printed[TWO].split("\n")) == {"goes on"}
    assert result.questions[1].points == result.questions[1].max_points


def test_a_keeper_that_answers_late_is_asked_no_more_and_loses_nothing():
    ours, theirs = socket.socketpair()
    keeper = _Keeper(ours, control=None)

    def answer():
        assert theirs.recv(16) == b"?"
        time.sleep(0.7)
        theirs.sendall(json.dumps({"printed": "late, "}).encode() + b"\n")
        assert theirs.recv(16) == b""
        theirs.sendall(json.dumps({"signal": 9, "output": "at the end"}).encode() + b"\n")

    thread = threading.Thread(target=answer)
    thread.start()
    start = time.monotonic()
    assert [keeper.printed() for _ in range(20)] == [""] * 20
    assert time.monotonic() - start < 2
    assert keeper.end().output == "late, at the end"
    thread.join()
    theirs.close()
