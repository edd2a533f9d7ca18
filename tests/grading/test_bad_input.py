"""Every way in which a submission can be broken: a clear line in that student's result, and the class goes on."""

from __future__ import annotations

import json
import re
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.authoring.tables import read_table
from autograder.engine.connection import MOST_PRINTED
from autograder.facts.result import Result
from autograder.handin.submissions import Submission, find_submissions
from autograder.isolation.settings import Limits

pytestmark = pytest.mark.turns(4)
BROKEN = Path(__file__).parents[1] / "broken" / "04_tape_net"
QUICK = Limits(seconds_per_question=4.0, seconds_per_submission=60.0, memory_mb=600)

TABLE = {case.name: case for case in read_table(BROKEN.with_suffix(".txt"))}
# where the file itself is the point: the line that tells
FILES = {
    "empty.py": r"empty\.py is empty",
    "latin1.py": r"not UTF-8 text \(line \d+ looks like cp1252\); save it as UTF-8",
    "not_json.ipynb": r"is cut off in the middle, in line",
    "two_candidates": r"Expected one \.py or \.ipynb in the folder, found 2",
    "no_file": r"Expected a \.py or \.ipynb in the folder, found notes\.txt",
}


def test_every_broken_file_is_expected():
    assert {path.name for path in BROKEN.iterdir() if not path.name.startswith("_")} == set(FILES)


@pytest.mark.parametrize("name", FILES)
def test_broken_file(room04, name):
    (submission,) = [
        one for one in find_submissions(BROKEN).submissions if one.path.name == name or one.student == name
    ]
    result = room04.grade_submission(submission, QUICK)
    assert_told(result, "unreadable", FILES[name], others=False)


@pytest.mark.parametrize("name", TABLE)
def test_broken_submission(room04, tmp_path, name):
    case = TABLE[name]
    path = tmp_path / f"{name}.py"
    path.write_text(case.text, "utf-8")
    # touching 600 MB takes a busy machine longer than a loop needs to be known for one
    limits = replace(QUICK, seconds_per_question=30.0) if name == "memory_hog" else QUICK
    result = room04.grade_submission(Submission(name, path), limits)
    # a question that fails takes no other along, unless the table says so
    assert_told(result, case.facts["status"], case.facts["says"], others=case.facts.get("others") != "no")


def assert_told(result: Result, status: str, line: str, others: bool) -> None:
    """One clear line says what is wrong, and the other questions earn their points all the same, or none does."""
    said = "\n".join([result.message, *(row.message for row in result.questions)])
    assert result.status == status, said
    assert re.search(line, said), said
    assert len(result.questions) == 9 and result.max_score == 36
    earned = {row.id: row.points for row in result.questions}
    if others:
        assert earned["04.1"] == 3 and earned["04.6"] == 4 and earned["04.9"] == 3, said
    else:
        assert result.score == 0
    assert "Traceback" not in said and "autograder/" not in said
    assert result.seconds < QUICK.seconds_per_submission + 5


def test_cell_of_data_costs_nothing(room03, tmp_path):
    sources = ["data = [" + "1.5, " * 10**6 + "]", room03.solution]
    cells = [{"cell_type": "code", "source": source, "outputs": [{"text": "x" * 10**6}]} for source in sources]
    path = tmp_path / "ada.ipynb"
    path.write_text(json.dumps({"cells": cells, "nbformat": 4}))
    result = room03.grade_submission(Submission("ada", path))
    assert result.score == result.max_score
    assert result.message.startswith("In ada.ipynb, cell 1 was left out: your submission has more than 500 KB of code")


FORGED = "class __Forged:\n    raise SyntaxError('not Python')\n"


@pytest.mark.parametrize(
    "source, status",
    [
        (FORGED + "sigmoid = __Forged", "graded"),
        ("while True: sigmoid = 1\n" + FORGED, "timeout"),
        ("sigmoid = __import__('os')._exit(3)\n" + FORGED, "crashed"),
    ],
    ids=["nothing else", "timeout", "crashed"],
)
def test_forged_syntax_error_hides_nothing(room03, source, status):
    # no name is left, and a line speaks of syntax, but what happened is what counts
    result = room03.grade(source, replace(QUICK, seconds_per_question=2.0), only=("03.1",))
    assert (result.status, result.score) == (status, 0), result.message


def test_flood_of_output_is_cut(room03):
    source = room03.solution + '\nfor np in [np] * 3000:\n    print("x" * 1000)\n'
    result = room03.grade(source)
    assert result.score == result.max_score
    assert 1000 < len(result.questions[0].output) <= MOST_PRINTED + 100


def test_hostile_text_is_text(room03):
    source = "def sigmoid(Z):\n    raise ValueError('<script>\\x1b[31m=cmd|' + 'y' * 10**6)\n"
    row = room03.grade(source).questions[0]
    assert "<script>" in row.message and len(row.message) < 1000


@pytest.mark.parametrize(
    "source, line",
    [
        (
            "def sigmoid(Z): Z *= 2; return Z",
            r"sigmoid changes Z in place \(line 1, in sigmoid: def sigmoid.*\)\. Work on a copy",
        ),
        ("def sigmoid(Z): return [1.0]", r"The result is a list\. Expected an array of shape \(7, 3\): use np\.array"),
        ("def sigmoid(Z): return 3", r"The result is an int\. Expected an array of shape \(7, 3\)"),
        ("def sigmoid(Z): return (1 + 0j) * Z", r"dtype complex128\. Expected float64"),
        ("def sigmoid(Z): return Z > 0", r"dtype bool\. Expected float64"),
        ("def sigmoid(Z): return Z.astype('float16')", r"dtype float16\. Expected float64"),
        ("def sigmoid(Z): return Z.astype(object)", r"dtype object cannot travel"),
        ("def sigmoid(Z): return Z.T", r"shape \(3, 7\)\. Expected \(7, 3\)\. Is it transposed\?"),
        ("def sigmoid(Z): return Z / 0", r"The result is infinite in 21 of 21 entries"),
        (
            "class F(complex): pass\ndef mse_loss(Y_hat, Y): return F(1)",
            r"The loss is an object of type F\. Expected one number",
        ),
        ("def mse_loss(Y_hat, Y): return True", r"The loss is a bool\. Expected one number"),
        ("def mse_loss(Y_hat, Y): return float('nan')", r"The loss is NaN"),
        (
            "import numpy as np\ndef mse_loss(Y_hat, Y): return np.ones(1)",
            r"The loss is an array of shape \(1,\)\. Expected one number",
        ),
        ("def forward(X, params): return {'X': X}", r"Z1, H and Y_hat are missing in the dict you return"),
        (
            "def backward(cache, Y, params): return {'W1': None}",
            r"W1 is None\. Expected an array of shape \(5, 4\)",
        ),
        (
            "import tensorflow as tf\ndef sigmoid(Z): return tf.sigmoid(Z)",
            r"cannot be imported here: this assignment is solved with NumPy alone",
        ),
        ("def sigmoid(Z):\n  import torch", r"torch cannot be imported here"),
        ("def sigmoid(Z): return sigmoid(Z)", r"RecursionError"),
        ("def sigmoid(Z): yield Z", r"is an object of type generator"),
    ],
)
def test_wrong_kind_of_value(room03, source, line):
    result = room03.grade(source)
    said = "\n".join([result.message, *(row.message for row in result.questions)])
    assert re.search(line, said), said
    assert result.status == "graded" and result.score == 0


def test_expected_value_is_never_printed(room03):
    # a constant, so that every number in the message that is not the constant could only be ours
    result = room03.grade("import numpy as np\ndef mse_loss(Y_hat, Y): return 123.25\n")
    row = next(row for row in result.questions if row.id == "03.4")
    numbers = set(re.findall(r"\d+\.\d+(?:e-?\d+)?", row.message)) - {"123.25"}
    # how far off it is, in the public test, is rounded
    assert all(len(number.replace(".", "").lstrip("0")) <= 4 for number in numbers), row.message


def test_same_submission_twice_gives_the_same_bytes(room04):
    source = room04.solution + "\nimport random\ndef forward(X, params):\n    return X * random.random()\n"
    one, two = (room04.grade(source).to_json() for _ in range(2))
    without_seconds = [re.sub(r'"seconds": [\d.]+', "", text) for text in (one, two)]
    assert without_seconds[0] == without_seconds[1]


LOOP_BY_KERAS = """

import keras
from keras import Sequential
FIT = Sequential.fit

def train(dataset, params, optimizer, epochs):
    model = sequential_twin(params)
    model.compile(optimizer, "mse")
    return FIT(model, dataset, epochs=epochs, verbose=0).history["loss"]
"""


def test_call_that_a_question_forbids(room04):
    rows = {row.id: row for row in room04.grade(room04.solution + LOOP_BY_KERAS).questions}
    assert rows["04.7"].points == 0
    assert "keras.Model.fit is not allowed here: write what it does yourself" in rows["04.7"].message
    assert rows["04.6"].points == 4


def test_modules_that_are_to_be_written_cannot_be_imported(room03, room04):
    for room, name in ((room03, "sigmoid"), (room04, "forward")):
        said = room.grade(f"def {name}(*arguments):\n    from tfkit import NumpyNet\n").questions[
            0 if name == "sigmoid" else 1
        ]
        assert "tfkit.nets cannot be imported here: what it holds is what you are asked to write" in said.message
    digging = """
def sigmoid(Z):
    import sys
    sys.meta_path[:] = [finder for finder in sys.meta_path if type(finder).__name__ != "ImportBlocker"]
    from tfkit.nets.activations import sigmoid
    return sigmoid(Z)
"""
    row = room03.grade(digging).questions[0]
    assert row.points == 0 and "No module named 'tfkit.nets.activations'" in row.message
