"""A name that a question asks for and that is not there: what is there under a name that looks like it is told."""

from __future__ import annotations

from dataclasses import replace

import pytest

from autograder.assertions.failure import CheckFailed
from autograder.engine.open_questions import is_open, with_open
from autograder.engine.proxies import Student
from autograder.engine.session import Session
from autograder.engine.setup import Setup
from autograder.facts.fact import Fact
from autograder.facts.result import QuestionResult
from autograder.handin.sources import Source
from autograder.wire import Remote

STOPPING = """
class EarlyStopping:
    def __init__(self, patience):
        self.best_epcoh = patience

    def udpate(self, loss):
        return self.bets < loss

    @property
    def loss(self):
        return self.bets

def fit(net):
    return net
"""
STUB = 'def lr_range():\n    raise NotImplementedError("08.15: lr_range")\n'
GIVEN = frozenset({"lr_range", "linear_decay", "cosine_decay", "descend"})


def range_of(student):
    student.lr_range()


def decay_of(student):
    student.linear_decay()


def made(student):
    return student.make(Remote("submission.EarlyStopping", 3))


def updated(student):
    made(student).update(1.0)


def of_another(student):
    student.fit(Remote("submission.Net"))


NO_RANGE, NO_DECAY, NO_CLASS, NO_NET = (
    f"{name} is not defined in your submission." for name in ("lr_range", "linear_decay", "EarlyStopping", "Net")
)
OPEN = "lr_range is not implemented yet."
# what the submission is, what is asked of it, what is told, and which name is
TELLS = {
    "a function": ("def lr_rnage(): pass", range_of, NO_RANGE, "lr_rnage"),
    "none like it": ("def other(): pass", range_of, NO_RANGE, ""),
    "the function of another question": ("def cosine_decay(): pass", decay_of, NO_DECAY, ""),
    "one that is given": ("def descend(): pass", decay_of, NO_DECAY, ""),
    "its own beside another": (
        "def cosine_decay(): pass\ndef linear_decya(): pass",
        decay_of,
        NO_DECAY,
        "linear_decya",
    ),
    "a class": ("class EarlyStoping: pass", made, NO_CLASS, "EarlyStoping"),
    "no class": ("", made, NO_CLASS, ""),
    "a class that an argument is made of": (STOPPING, of_another, NO_NET, ""),
    "a method": (STOPPING, updated, "EarlyStopping has no `update`.", "`udpate`"),
    "no method": (STOPPING, lambda student: made(student).restore(), "EarlyStopping has no `restore`.", ""),
    "an attribute": (
        STOPPING,
        lambda student: made(student).read("best_epoch"),
        "EarlyStopping has no `best_epoch`.",
        "`best_epcoh`",
    ),
    "a stub beside it": (STUB + "def lr_rnage(): pass", range_of, OPEN, "lr_rnage"),
    "a stub": (STUB + "def descend(): pass\nrange_ = 3", range_of, OPEN, ""),
    "a stub beside one that is hardly like it": (STUB + "def range_of(): pass", range_of, OPEN, ""),
}


@pytest.fixture
def student(room03):
    opened = []

    def of(text):
        setup = Setup(room03.spawner, Source([{"name": "x.py", "text": text}]), room03.assignment.limits, given=GIVEN)
        opened.append(Session(setup))
        opened[-1].begin("x")
        return Student(opened[-1])

    yield of
    for session in opened:
        session.close()


@pytest.mark.parametrize("name", TELLS)
def test_what_is_there_is_told(student, name):
    text, asked, told, near = TELLS[name]
    with pytest.raises(CheckFailed) as failure:
        asked(student(text))
    assert str(failure.value) == (f"{told} There is {near}: is that it, misspelt?" if near else told)


OWN = {"a method": lambda one: one.udpate(1.0), "a property": lambda one: one.read("loss")}


@pytest.mark.parametrize("name", OWN)
def test_what_a_method_of_its_own_lacks_is_told_with_its_line(student, name):
    with pytest.raises(CheckFailed, match=r"has no attribute 'bets' \(line \d+, in \w+: return self.bets"):
        OWN[name](made(student(STOPPING)))


def test_who_has_written_it_under_another_name_has_begun():
    fact = Fact("not-implemented", values={"name": "lr_range", "question": "08.15"}, code="not-implemented")
    row = QuestionResult("08.15", "The sweep", "error", 0.0, 1.0, facts=(fact,))
    misspelt = replace(row, facts=(replace(fact, values={**fact.values, "near": "lr_rnage"}),))
    (first,), (second,) = (with_open([one], {"08.15"}) for one in (row, misspelt))
    assert is_open(first) and second == misspelt
