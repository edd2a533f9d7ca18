"""Globals that are first read where TensorFlow traces, or watches; and values that libraries have wrapped."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.turns(3)
# each stands below the solution of 04 and gives the same answers through globals
THROUGH_GLOBALS = {
    "a variable, a loss and an initializer are made inside of a traced function": """
import keras

SCALE = tf.Variable(1.0, dtype=tf.float64)
LOSS = keras.losses.MeanSquaredError()
_plain_train_step = train_step


def scaled(loss):
    return loss * tf.cast(SCALE, loss.dtype)


def train_step(X, Y, params, optimizer):
    assert LOSS is not None
    return scaled(_plain_train_step(X, Y, params, optimizer))
""",
    "a net that is trained at top level, and read where a tape watches": """
net = {"w": tf.Variable(1.0)}
with tf.GradientTape() as tape:
    worth = net["w"] ** 2
net["w"].assign_sub(0.5 * tape.gradient(worth, net["w"]))
ONE = 1.0 + net["w"]
_plain_loss = mse_loss


def mse_loss(Y_hat, Y):
    return _plain_loss(Y_hat, Y) * tf.cast(ONE, Y_hat.dtype)
""",
    "dicts and lists of a tf.Module": """
class Kept(tf.Module):
    pass


_plain_init, _plain_forward, _plain_gradients, _plain_train = init_params, forward, gradients, train


def kept(value):
    module = Kept()
    module.value = value
    return module.value


def init_params(*arguments, **options):
    return kept(_plain_init(*arguments, **options))


def gradients(*arguments):
    return kept(dict(_plain_gradients(*arguments)))


def train(*arguments):
    return kept(list(_plain_train(*arguments)))
""",
    "the first call of a compiled step makes the optimizer's variables, and is traced twice": """
def train_compiled(dataset, params, optimizer, epochs):
    @tf.function(reduce_retracing=True)
    def step(X, Y):
        return train_step(X, Y, params, optimizer)

    losses = []
    for _ in range(epochs):
        total, count = 0.0, 0
        for X, Y in dataset:
            total += float(step(X, Y)) * X.shape[0]
            count += X.shape[0]
        losses.append(total / count)
    return losses
""",
    "subclasses of plain types": """
import collections
import enum

_plain_init, _plain_loss, _plain_train = init_params, mse_loss, train


class Number(float):
    pass


def init_params(*arguments, **options):
    return collections.OrderedDict(_plain_init(*arguments, **options))


def train(*arguments):
    return type("History", (list,), {})(map(Number, _plain_train(*arguments)))
""",
}


@pytest.mark.parametrize("name", THROUGH_GLOBALS)
def test_right_through_globals(room04, name):
    result = room04.grade(room04.solution + THROUGH_GLOBALS[name])
    assert result.score == result.max_score, "\n".join(row.message for row in result.questions)
    assert result.message == ""


@pytest.mark.parametrize(
    "text, line",
    [
        ("SLOW = max(iter(int, 1))\ndef sigmoid(Z): return SLOW", "took longer than the time limit"),
        ("import tqdm_not\ndef sigmoid(Z): return tqdm_not.tqdm(Z)", "No module named 'tqdm_not'"),
        ("RATE = open('weights.csv')\ndef sigmoid(Z): return RATE * Z", "FileNotFoundError.*line 1"),
        ("def sigmoid(Z:\n    return Z", "sigmoid is missing because line 1 is not Python"),
    ],
)
def test_what_cannot_be_had_is_told_where_it_is_needed(room03, text, line):
    import re

    result = room03.grade(text + "\n\n\ndef mse_loss(Y_hat, Y):\n    return float(((Y_hat - Y) ** 2).sum() / len(Y))\n")
    rows = {row.id: row for row in result.questions}
    assert re.search(line, rows["03.1"].message), rows["03.1"].message
    assert rows["03.4"].points == rows["03.4"].max_points, rows["03.4"].message


def test_a_cell_that_is_half_read_has_no_cause(room03, tmp_path):
    import json

    wrong = room03.solution.replace("/ len(Y)", "/ (2 * len(Y))")
    assert wrong != room03.solution

    def graded(*sources):
        path = tmp_path / "net.ipynb"
        cells = [{"cell_type": "code", "source": source} for source in sources]
        path.write_text(json.dumps({"cells": cells, "nbformat": 4}))
        return room03.grade(path, explainer=room03.explainer(), hidden=False)

    told, half = graded(wrong), graded(f"%run helpers.py\n{wrong}")
    assert any(row.diagnosis for row in told.questions)
    assert not any(row.diagnosis for row in half.questions)
    assert "`%run helpers.py` does nothing here" in half.message
