"""Lines of a submission: numbered as Python numbers them, and none that is no code."""

from __future__ import annotations

import pytest

from autograder.explain.diagnosis.clock import Clock, OutOfTime
from autograder.explain.diagnosis.lines import Lines

CODE = "return X.sum(axis=1)"


def place(text, function="f", code=CODE):
    return Lines([{"name": "a.py", "text": text}]).place(function, code)[1]


@pytest.mark.parametrize(
    "text, line",
    [
        ("def f(X):\n    return X.sum(axis=1)\n", 2),
        ("\f\ndef f(X):\n    return X.sum(axis=1)\n", 3),
        ("# a\x0bb\x1cc\x85d\u2028e\ndef f(X):\n    return X.sum(axis=1)\n", 3),
        ("def f(X):\r\n    return X.sum(axis=1)\r\n", 2),
        ("def f(X):\r    return X.sum(axis=1)\r", 2),
        ('def f(X):\n    """\n    return X.sum(axis=1)\n    """\n    return X.mean()\n', 0),
        ("def f(X):\n    # return X.sum(axis=1)\n    return 0\n", 0),
        ('text = """\ndef f(X):\n    return X.sum(axis=1)\n"""\n', 0),
        ("def g(X):\n    return X.sum(axis=1)\n\ndef f(X):\n    return 0\n", 0),
        ("def f(X):\n    return X.sum(axis=1)\n\ndef f(X):\n    pass\n    return X.sum(axis=1)\n", 6),
        ("def f(X):\n    return (\n        X.sum(\n", 0),
        ("%matplotlib inline\n!pip install x\ndef f(X):\n    !ls 'a\n    return X.sum(axis=1)\n", 5),
        ("\0" * 10, 0),
        ("(" * 5000, 0),
    ],
)
def test_place(text, line):
    assert place(text) == line


def test_texts_without_end_are_not_read():
    assert place("def f(X):\n    return X.sum(axis=1)\n" + "x = 1\n" * 100_000) == 0
    assert place("def f(X):\n    return X.sum(axis=1)\n" + "x = " + "1 + " * 10_000 + "1\n") == 0


def test_time_that_is_used_up_ends_the_reading():
    clock = Clock(0.0)
    with pytest.raises(OutOfTime):
        Lines([{"name": "a.py", "text": "def f(X):\n    return X\n"}], clock).place("f", CODE)
