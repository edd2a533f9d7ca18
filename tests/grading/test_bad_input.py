"""Every way in which a submission can be broken: a clear line in that student's result, and the class goes on."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from autograder.isolation.settings import Limits
from autograder.submissions import find_submissions

BROKEN = Path(__file__).parents[1] / "broken" / "04_tape_net"
QUICK = Limits(seconds_per_question=4.0, seconds_per_submission=60.0, memory_mb=600)

# file: status, the line that tells, and whether the questions besides 04.4 earn their points all the same
CASES = {
    "empty.py": ("unreadable", r"empty\.py is empty", False),
    "latin1.py": ("unreadable", r"not UTF-8 text \(line \d+\); save it as UTF-8", False),
    "syntax_error.py": ("unreadable", r"syntax_error\.py, line \d+: SyntaxError", False),
    "not_json.ipynb": ("unreadable", r"not a notebook: not JSON", False),
    "two_candidates": ("unreadable", r"expected one \.py or \.ipynb in the folder, found 2", False),
    "no_file": ("unreadable", r"expected a \.py or \.ipynb in the folder, found notes\.txt", False),
    "missing_function.py": ("graded", r"gradients is not defined in the submission", True),
    "misspelt_function.py": (
        "graded",
        r"gradients is not defined .* there is a gradient, was it misspelt\?",
        True,
    ),
    "uncallable.py": ("graded", r"gradients is not a function: it is an int", True),
    "wrong_argument_count.py": ("graded", r"gradients raised TypeError: .*argument", True),
    "wrong_shape.py": ("graded", r"expected shape \(5, 4\), yours is \(20,\)", True),
    "wrong_dtype.py": ("graded", r"expected dtype float32, yours is", True),
    "nan.py": ("graded", r"20 of 20 entries are NaN", True),
    "returns_none.py": ("graded", r"expected a dict .* you return None", True),
    "list_for_array.py": ("graded", r"you return a list; make it an array", True),
    "exception_in_one.py": ("graded", r"gradients raised RuntimeError: .* line \d+, in gradients", True),
    "infinite_loop_at_import.py": (
        "timeout",
        r"running the file from top to bottom failed .* only its imports",
        True,
    ),
    "infinite_loop_in_call.py": ("timeout", r"took longer than the time limit of 4 s", True),
    "endless_output.py": ("timeout", r"took longer than the time limit of 4 s", True),
    "sys_exit.py": ("graded", r"line \d+: SystemExit", True),
    "sys_exit_in_call.py": ("graded", r"gradients raised SystemExit", True),
    "os_exit.py": ("crashed", r"left with exit status \d+ instead of answering", True),
    "os_exit_at_import.py": ("crashed", r"running the file from top to bottom failed .*exit status", True),
    "segfault.py": ("crashed", r"ended by a segmentation fault", True),
    "memory_hog.py": (
        "memory",
        r"(used more than the 600 MB of memory|MemoryError: 600 MB are allowed)",
        True,
    ),
}


def test_every_broken_submission_is_expected():
    assert {path.name for path in BROKEN.iterdir() if not path.name.startswith("_")} == set(CASES)


@pytest.mark.parametrize("name", CASES)
def test_broken_submission(room04, name):
    status, line, others = CASES[name]
    (submission,) = [one for one in find_submissions(BROKEN) if one.path.name == name or one.student == name]
    # touching 600 MB takes a busy machine longer than a loop needs to be known for one
    limits = replace(QUICK, seconds_per_question=30.0) if name == "memory_hog.py" else QUICK
    result = room04.grade_submission(submission, limits)
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


FORGED = "class __Forged:\n    raise SyntaxError('not Python')\n"


@pytest.mark.parametrize(
    "source, status",
    [
        (FORGED, "unreadable"),
        ("while True: pass\n" + FORGED, "timeout"),
        ("__import__('os')._exit(3)\n" + FORGED, "crashed"),
    ],
    ids=["nothing else", "timeout", "crashed"],
)
def test_unreadable_hides_nothing_graver(room03, source, status):
    # no name is left, and a line speaks of syntax: as of a file that is no Python, whatever came before
    result = room03.grade(source, replace(QUICK, seconds_per_question=2.0), only=("03.1",))
    assert (result.status, result.score) == (status, 0), result.message


def test_flood_of_output_is_cut(room04):
    source = room04.solution + '\nfor _ in range(3000):\n    print("x" * 1000)\n'
    result = room04.grade(source)
    assert result.score == result.max_score
    assert 1000 < len(result.output) <= Limits().output_bytes


def test_what_a_submission_prints_is_kept(room03):
    text = "print('while loading')\ndef sigmoid(Z):\n    print('inside', end='')\n    return Z"
    result = room03.grade(text, only=("03.1",))
    assert result.output.startswith("while loading\ninside")


def test_hostile_text_is_text(room03):
    source = "def sigmoid(Z):\n    raise ValueError('<script>\\x1b[31m=cmd|' + 'y' * 10**6)\n"
    row = room03.grade(source).questions[0]
    assert "<script>" in row.message and len(row.message) < 1000


@pytest.mark.parametrize(
    "source, line",
    [
        ("def sigmoid(Z): Z *= 2; return Z", r"sigmoid changes its argument number 1 in place"),
        ("def sigmoid(Z): return [1.0]", r"you return a list; make it an array"),
        ("def sigmoid(Z): return 3", r"expected an array of shape \(7, 3\), you return an int"),
        ("def sigmoid(Z): return (1 + 0j) * Z", r"expected dtype float64, yours is complex128"),
        ("def sigmoid(Z): return Z > 0", r"expected dtype float64, yours is bool"),
        ("def sigmoid(Z): return Z.astype('float16')", r"expected dtype float64, yours is float16"),
        ("def sigmoid(Z): return Z.astype(object)", r"dtype object cannot travel"),
        ("def sigmoid(Z): return Z.T", r"expected shape \(7, 3\), yours is \(3, 7\); is it transposed\?"),
        ("def sigmoid(Z): return Z / 0", r"21 of 21 entries are infinite"),
        (
            "class F(float): pass\ndef mse_loss(Y_hat, Y): return F(1)",
            r"expected one number, you return an object of type F",
        ),
        ("def mse_loss(Y_hat, Y): return True", r"expected one number, you return a bool"),
        ("def mse_loss(Y_hat, Y): return float('nan')", r"the loss: NaN"),
        (
            "import numpy as np\ndef mse_loss(Y_hat, Y): return np.ones(1)",
            r"expected one number, you return an array of shape \(1,\)",
        ),
        ("def forward(X, params): return {'X': X}", r"Z1, H, Y_hat: missing in the dict you return"),
        (
            "def backward(cache, Y, params): return {'W1': None}",
            r"W1: expected an array of shape \(5, 4\), you return None",
        ),
        ("import tensorflow", r"cannot be imported here: this assignment is solved with NumPy alone"),
        ("def sigmoid(Z):\n  import torch", r"torch cannot be imported here"),
        ("def sigmoid(Z): return sigmoid(Z)", r"RecursionError"),
        ("def sigmoid(Z): yield Z", r"you return an object of type generator"),
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
    # the relative error is given in two digits: too coarse to compute the answer from
    assert all(len(number.replace(".", "").lstrip("0")) <= 2 for number in numbers), row.message


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
