"""A question whose groundwork is wrong is judged on the student's own groundwork, and nothing is had for nothing."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np
import pytest

from autograder.authoring.tables import read_table
from autograder.carrying.decoys import Decoys, NoDecoy
from autograder.carrying.elsewhere import lost_elsewhere
from autograder.defaults import DEFAULT_SEED
from autograder.explain.costs import costs_of

from .conftest import CASES

pytestmark = pytest.mark.turns(4)
# a mistake, what its own question loses, and who builds on it: the marks there are carried
CARRIED = [
    ("missing_mean", "03.5", {"03.7"}, "backward"),
    ("mse_mean_over_outputs", "03.4", {"03.7"}, "mse_loss"),
    ("forward_missing_b1", "03.3", {"03.5", "03.7"}, "forward"),
    ("step_ascent", "03.6", {"03.7"}, "gradient_step"),
    ("slope_of_tanh", "03.5", {"03.7"}, "backward"),
]


def lost(result):
    return {row.id for row in result.questions if row.points < row.max_points}


def case_of(name):
    return next(case for case in read_table(CASES / "mistakes" / "03_numpy_net.txt") if case.name == name)


@pytest.fixture
def no_decoys(monkeypatch):
    """As where nothing can stand in, such as for a function that returns a model."""

    def none(decoys, name, *_):
        raise NoDecoy(name)

    monkeypatch.setattr(Decoys, "answer", none)


@pytest.mark.parametrize("name, question, carried, told", CARRIED)
def test_one_mistake_costs_once(room03, name, question, carried, told):
    _costs_once(room03, name, question, carried, f"Judged with a stand-in for your `{told}`")


@pytest.mark.parametrize("name, question, carried, told", CARRIED[:2])
def test_one_mistake_costs_once_where_nothing_can_stand_in(room03, no_decoys, name, question, carried, told):
    _costs_once(room03, name, question, carried, f"Judged with your own `{told}`")


def _costs_once(room03, name, question, carried, told):
    text = f"{room03.solution}\n\n{case_of(name).code}"
    alone, result = room03.grade(text), room03.grade(text, carrier=room03.carrier())
    assert question in lost(result)
    rows = {row.id: row for row in result.questions}
    assert carried <= {id for id, row in rows.items() if row.carried > 0}
    for id in carried:
        assert rows[id].points == rows[id].max_points and rows[id].outcome == "passed"
        assert rows[id].message == f"{told}: {rows[id].points:g} of {rows[id].max_points:g}."
    # the second number is what it was without carrying, and no mark is lost by it
    assert result.without_carrying == alone.score <= result.score and result.status == "graded"
    assert result.score - alone.score == pytest.approx(sum(row.carried for row in rows.values()))
    assert result.is_carried == bool(carried)


def test_a_mistake_of_its_own_is_found_on_wrong_groundwork(room03):
    """A wrong `backward`, and a `train` that forgets to average over all examples: both cost."""
    text = f"{room03.solution}\n\n{case_of('missing_mean').code}\n\n" + re.sub(
        r"losses\.append\(.*\)", "losses.append(0.0)", _function(room03.solution, "train")
    )
    result = room03.grade(text, carrier=room03.carrier())
    row = next(row for row in result.questions if row.id == "03.7")
    assert 0 < row.points < row.max_points and "Judged with your own `backward`" in row.message


def _function(text, name):
    return re.search(rf"^def {name}\(.*?(?=^# %%)", text, re.S | re.M)[0]


# groundwork that agrees with everything, and a `train` that does nothing: nothing of it is carried
EMPTY = {
    "zeros": "def backward(cache, Y, params):\n    return {name: 0 * value for name, value in params.items()}",
    "no step": "def gradient_step(params, grads, learning_rate):\n    return {k: v.copy() for k, v in params.items()}",
}
DOES_NOTHING = """
def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    loss = mse_loss(forward(X, params)["Y_hat"], Y)
    return {name: value.copy() for name, value in params.items()}, [loss] * epochs
"""


@pytest.mark.parametrize("text", EMPTY.values(), ids=EMPTY)
def test_nothing_is_carried_where_everything_agrees(room03, text):
    result = room03.grade(f"{room03.solution}\n\n{text}\n\n{DOES_NOTHING}", carrier=room03.carrier())
    row = next(row for row in result.questions if row.id == "03.7")
    assert row.carried == 0 and row.points == 0
    told = ("wrong answers here look like right ones", "Judged with a stand-in for your `backward`: 0 of 6.")
    assert any(one in row.message for one in told)


# what cannot be used: others stand in for it, so that what is right besides earns its marks
CANNOT_BE_USED = {
    "raises": "def gradient_step(params, grads, learning_rate):\n    raise ValueError('no')",
    "returns nothing": "def gradient_step(params, grads, learning_rate):\n    params",
    "is not there": "del gradient_step",
    "gives another kind": "def gradient_step(params, grads, learning_rate):\n    return iter(params)",
    "gives zeros": EMPTY["no step"],
    "another shape": "def gradient_step(params, grads, learning_rate):\n    return {k: v.T for k, v in params.items()}",
    "differs from call to call": (
        "import itertools\ncounter = itertools.count()\n"
        "def mse_loss(Y_hat, Y):\n    return float(np.sum((Y_hat - Y) ** 2)) + next(counter)"
    ),
    "changes what it is given": (
        "def backward(cache, Y, params):\n    grads = _right(cache, Y, params)\n    cache['Y_hat'] += 1\n"
        "    return {name: 2 * value for name, value in grads.items()}"
    ),
}


@pytest.mark.parametrize("train", ["", DOES_NOTHING], ids=["right", "does nothing"])
@pytest.mark.parametrize("text", CANNOT_BE_USED.values(), ids=CANNOT_BE_USED)
def test_others_stand_in_for_groundwork_that_cannot_be_used(room03, text, train):
    right = room03.solution.replace("def backward(", "def _right(") if "_right" in text else room03.solution
    answer = f"{right}\n\n{text}\n\n{train}"
    alone, result = room03.grade(answer), room03.grade(answer, carrier=room03.carrier())
    for before, after in zip(alone.questions, result.questions, strict=True):
        assert before.points == after.points or (before.id, train) == ("03.7", "")
    row = next(row for row in result.questions if row.id == "03.7")
    if train:
        assert row.points == 0 and not result.is_carried
    else:
        assert row.points == row.max_points and "6 of 6" in row.message
    assert result.status == alone.status == "graded"


def test_groundwork_that_never_ends_costs_no_other_question(room03):
    """It ends for the tests, and not for whoever asks outside of its own `train`."""
    text = (
        "import sys\nasked = []\n"
        "def gradient_step(params, grads, learning_rate):\n"
        "    asked.append(1)\n"
        "    if len(asked) > 40 and sys._getframe(1).f_code.co_name != 'train':\n"
        "        while True: pass\n"
        "    return {name: value + learning_rate * grads[name] for name, value in params.items()}"
    )
    limits = type(room03.assignment.limits)(2.0, 30.0, 2000)
    answer = f"{room03.solution}\n\n{text}\n"
    result = room03.grade(answer, limits, carrier=room03.carrier(limits=limits))
    rows = {row.id: row for row in result.questions}
    assert result.status == "graded" and rows["03.6"].points == 0
    assert rows["03.7"].message == "Judged with a stand-in for your `gradient_step`: 6 of 6."


def test_a_function_that_never_ends_costs_its_own_question_alone(room04):
    text = "def mse_loss(Y_hat, Y):\n    while True: pass"
    limits = type(room04.assignment.limits)(5.0, 120.0, 3000)
    result = room04.grade(f"{room04.solution}\n\n{text}\n", limits, carrier=room04.carrier(limits=limits))
    lost = {row.id: (row.points, row.message) for row in result.questions if row.points < row.max_points}
    assert result.status == "timeout" and lost["04.3"][0] == 0, lost
    # compiling may take too long for these limits on a busy machine
    assert lost.keys() <= {"04.3", "04.8"}, lost


def test_a_stand_in_that_a_file_keeps_is_the_function_itself_afterwards(room03):
    """`train` reaches the step by another name, which is made when it is first read: while another one stands in."""
    text = room03.solution.replace("params = gradient_step(", "params = STEP(").replace(
        "def train(", "STEP = gradient_step\n\n\ndef train("
    )
    assert "STEP(" in text
    answer = f"{text}\n\n{case_of('gradient_is_none').code}"
    alone, result = room03.grade(answer), room03.grade(answer, carrier=room03.carrier())
    for before, after in zip(alone.questions, result.questions, strict=True):
        assert after.points >= before.points and after.outcome != "error"
    assert next(row for row in result.questions if row.id == "03.7").points == 6


def test_a_question_whose_groundwork_is_right_by_now_says_its_own_reason(room03):
    result = room03.grade(f"{room03.solution}\n\ndel forward, train\n", carrier=room03.carrier())
    rows = {row.id: row for row in result.questions}
    assert rows["03.5"].points == rows["03.5"].max_points and rows["03.5"].carried > 0
    assert (rows["03.7"].points, rows["03.7"].message) == (0, "train is not defined in your submission.")


TANH = """
import functools

def forward(X, params):
    H = tf.tanh(tf.matmul(X, params["W1"]) + params["b1"])
    return tf.matmul(H, params["W2"]) + params["b2"]
"""
NET = """
def gradients(X, Y, params{more}):
    with tf.GradientTape() as tape:
        loss = mse_loss({net}(X, params), Y)
    return tape.gradient(loss, params)
"""
# how students of a trial reached `forward`, by no name that is looked up when it is used
OTHER_NAMES = {
    "a name": "net = forward\n" + NET.format(net="net", more=""),
    "a dict": "parts = {'net': forward}\n" + NET.format(net="parts['net']", more=""),
    "partial": "net = functools.partial(forward)\n" + NET.format(net="net", more=""),
    "a class": "class Net:\n    forward = staticmethod(forward)\n" + NET.format(net="Net.forward", more=""),
    "a default": NET.format(net="net", more=", net=forward"),
    "tf.function": "net = tf.function(forward)\n" + NET.format(net="net", more=""),
    "a closure": (
        "def made(scale):\n    inside = forward\n    return lambda X, params: scale * inside(X, params)\n\n"
        "forward = made(2.0)\nnet = forward\n"
    )
    + NET.format(net="net", more=""),
    "a compiled caller": NET.format(net="forward", more="").replace("def ", "@tf.function\ndef "),
    "a decorator": (
        "def noted(f):\n    @functools.wraps(f)\n    def inner(*arguments):\n        return f(*arguments)\n"
        "    return inner\n\nforward = noted(forward)\nnet = forward\n"
    )
    + NET.format(net="net", more=""),
}


@pytest.mark.parametrize("text", OTHER_NAMES.values(), ids=OTHER_NAMES)
def test_others_stand_in_by_whatever_name_a_function_is_known(rooms, text):
    room = rooms("04_tape_net")
    result = room.grade(f"{room.solution}\n\n{TANH}\n{text}", carrier=room.carrier())
    rows = {row.id: row for row in result.questions}
    assert rows["04.2"].points == 0 and rows["04.4"].points == rows["04.4"].max_points, rows["04.4"].message


OFF_THE_TAPE = {
    "04.2": """
import numpy as np

def forward(X, params):
    W1, b1, W2, b2 = (params[name].numpy() for name in ("W1", "b1", "W2", "b2"))
    H = 1 / (1 + np.exp(-(X.numpy() @ W1 + b1)))
    return tf.constant(H @ W2 + b2)
""",
    "04.3": """
import numpy as np

def mse_loss(Y_hat, Y):
    return tf.constant(np.mean(np.sum(np.square(Y_hat - Y), axis=1)))
""",
}


@pytest.mark.parametrize("question, text", OFF_THE_TAPE.items(), ids=OFF_THE_TAPE)
def test_what_leaves_the_tape_costs_its_own_question_alone(rooms, question, text):
    """Its numbers are right, and what builds on it has no gradients."""
    room = rooms("04_tape_net")
    result = room.grade(f"{room.solution}\n\n{text}", carrier=room.carrier(), explainer=room.explainer())
    (row,) = (row for row in result.questions if row.points < row.max_points)
    assert row.id == question and row.points >= row.max_points / 4 and "No gradient comes through" in row.message


STEPS = {
    "loss afterwards": """
    with tf.GradientTape() as tape:
        loss = mse_loss(forward(X, params), Y)
    grads = tape.gradient(loss, params)
    optimizer.apply_gradients((grads[name], params[name]) for name in params)
    return mse_loss(forward(X, params), Y)
""",
    "nothing": "    return tf.constant(1.0)\n",
}
NOT_COMPILED = "    return train(dataset, params, optimizer, epochs)\n"


@pytest.mark.parametrize(
    "step, compiled, points",
    [("loss afterwards", "", 4), ("loss afterwards", NOT_COMPILED, 2), ("nothing", NOT_COMPILED, 2)],
)
def test_what_is_compiled_is_told_from_what_is_not_on_a_wrong_step(rooms, step, compiled, points):
    """Traces cannot be counted on a stand-in, which runs as Python: they are on the submission's own step."""
    room = rooms("04_tape_net")
    text = f"{room.solution}\n\ndef train_step(X, Y, params, optimizer):\n{STEPS[step]}\n"
    text += f"\ndef train_compiled(dataset, params, optimizer, epochs):\n{compiled}" if compiled else ""
    row = next(row for row in room.grade(text, carrier=room.carrier()).questions if row.id == "04.8")
    assert (row.points, row.max_points) == (points, 4), row.message


@pytest.mark.parametrize("carry, points", [({"others": 0.0}, 0.0), ({"others": 0.5}, 3.0), ({"03.7": 0.25}, 1.5)])
def test_an_author_decides_how_much_is_carried(room03, carry, points):
    text = f"{room03.solution}\n\n{case_of('missing_mean').code}"
    result = room03.grade(text, carrier=room03.carrier(carry=carry))
    assert next(row for row in result.questions if row.id == "03.7").points == pytest.approx(points)


def test_nothing_is_done_where_nothing_failed(room03):
    carrier = room03.carrier()
    assert room03.grade(room03.solution, carrier=carrier).is_perfect
    assert carrier._composed is None and carrier._bank is None


def test_no_value_of_the_reference_reaches_the_submission(room03, no_decoys):
    """What its functions are given is what tests give, or what its own functions gave: this one refuses all else."""
    spy = """
OWN, TRAINING = set(), []

def train(X, Y, params, learning_rate, epochs, batch_size, rng):
    TRAINING.append(1)
    return _train(X, Y, params, learning_rate, epochs, batch_size, rng)

def _noted(tree):
    OWN.update(value.tobytes() for value in tree.values())
    return tree

def backward(cache, Y, params):
    return _noted({name: 3 * value for name, value in _right(cache, Y, params).items()})

def gradient_step(params, grads, learning_rate):
    if TRAINING and any(value.tobytes() not in OWN for value in grads.values()):
        raise ValueError("nobody of mine gave this")
    return _noted({name: params[name] + learning_rate * grads[name] for name in params})
"""
    text = room03.solution.replace("def backward(", "def _right(").replace("def train(", "def _train(") + spy
    row = next(row for row in room03.grade(text, carrier=room03.carrier()).questions if row.id == "03.7")
    assert row.carried == row.max_points
    assert row.message == "Judged with your own `backward` and `gradient_step`: 6 of 6."


@pytest.mark.parametrize(
    "loss, gradients, earns",
    [
        # the mean over all entries, and a backward pass that is right for it
        ("float(np.mean((Y_hat - Y) ** 2))", "2 * (cache['Y_hat'] - Y) / Y.size", True),
        ("0.0 * float(np.sum(Y_hat))", "0 * (cache['Y_hat'] - Y)", False),
        ("float(np.sum(Y_hat))", "np.ones_like(Y)", False),
    ],
    ids=["mean over everything", "nothing", "without targets"],
)
def test_derivatives_of_the_own_loss_earn_where_they_are_derived(room03, loss, gradients, earns):
    backward = _function(room03.solution, "backward").replace('2 * (cache["Y_hat"] - Y) / len(Y)', gradients)
    assert gradients in backward
    text = f"{room03.solution}\n\ndef mse_loss(Y_hat, Y):\n    return {loss}\n\n\n{backward}"
    result = room03.grade(text, carrier=room03.carrier())
    row = next(row for row in result.questions if row.id == "03.5")
    assert (row.carried > 0) == earns, row.message
    if earns:
        assert "Judged with your own `mse_loss`" in row.message


def test_marks_are_added_exactly_and_rounded_once():
    from autograder.facts.result import QuestionResult, Result

    thirds = tuple(QuestionResult(f"1.{n}", "one third", "failed", 11 / 3, 11.0) for n in range(9))
    result = Result("ada", "01", "graded", thirds)
    assert result.score == 33.0 and np.isclose(result.percent, 33.3)


def test_an_audit_tells_what_mistakes_cost_elsewhere_with_carrying(room03):
    """The tests of `train` alone take six points for a mean that `backward` lacks; graded, it costs nothing there."""
    bank = room03.bank
    number = next(n for n, one in enumerate(bank.mutants) if (one.function, one.code) == ("backward", "missing-mean"))
    answers = {test: [one for one in found if one.mutant == number] for test, found in bank.answers.items()}
    few = replace(
        bank,
        mutants=[bank.mutants[number]],
        homes=[bank.homes[number]],
        answers={test: [replace(one, mutant=0) for one in found] for test, found in answers.items()},
    )
    (cost,) = costs_of(few, [0])
    assert cost.question == "03.5" and cost.elsewhere == 6.0 and cost.spreads
    few.elsewhere = lost_elsewhere(few, room03.assignment, room03.template, DEFAULT_SEED, 1)
    assert few.elsewhere == {0: 0.0}
    (cost,) = costs_of(few, [0])
    assert cost.elsewhere == 0 and not cost.spreads and cost.lost == cost.points


def fair_marks():
    text = (CASES / "carried" / "03_numpy_net.marks").read_text("utf-8")
    return [section.strip().split("\n") for section in text.split("\n=== ")[1:]]


@pytest.mark.parametrize("file, marks", fair_marks())
def test_marks_are_those_of_a_fair_marker(room03, file, marks):
    result = room03.grade(CASES / "carried" / "03_numpy_net" / file, carrier=room03.carrier())
    points = {row.id: row.points for row in result.questions}
    for question, sign, wanted in (mark.split() for mark in marks.split(", ")):
        came = round(points[question], 3)
        assert came >= float(wanted) if sign == ">=" else came <= float(wanted), (question, came)
