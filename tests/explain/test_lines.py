"""Lines of a submission: numbered as Python numbers them, and none that is no code."""

from __future__ import annotations

import pytest

from autograder.explain.diagnosis.clock import Clock, OutOfTime
from autograder.explain.diagnosis.lines import Lines

CODE = "return X.sum(axis=1)"


def place(text, function="f", code=CODE):
    return Lines([{"name": "a.py", "text": text}]).place(function, code)


@pytest.mark.parametrize(
    "text, line",
    [
        ("def f(X):\n    return X.sum(axis=1)\n", "line 2"),
        ("\f\ndef f(X):\n    return X.sum(axis=1)\n", "line 3"),
        ("# a\x0bb\x1cc\x85d\u2028e\ndef f(X):\n    return X.sum(axis=1)\n", "line 3"),
        ("def f(X):\r\n    return X.sum(axis=1)\r\n", "line 2"),
        ("def f(X):\r    return X.sum(axis=1)\r", "line 2"),
        ('def f(X):\n    """\n    return X.sum(axis=1)\n    """\n    return X.mean()\n', ""),
        ("def f(X):\n    # return X.sum(axis=1)\n    return 0\n", ""),
        ('text = """\ndef f(X):\n    return X.sum(axis=1)\n"""\n', ""),
        ("def g(X):\n    return X.sum(axis=1)\n\ndef f(X):\n    return 0\n", ""),
        ("def f(X):\n    return X.sum(axis=1)\n\ndef f(X):\n    pass\n    return X.sum(axis=1)\n", "line 6"),
        ("def f(X):\n    return (\n        X.sum(\n", ""),
        ("\0" * 10, ""),
        ("(" * 5000, ""),
    ],
)
def test_place(text, line):
    assert place(text) == line


def test_texts_without_end_are_not_read():
    assert place("def f(X):\n    return X.sum(axis=1)\n" + "x = 1\n" * 100_000) == ""
    assert place("def f(X):\n    return X.sum(axis=1)\n" + "x = " + "1 + " * 10_000 + "1\n") == ""


def test_time_that_is_used_up_ends_the_reading():
    clock = Clock(0.0)
    with pytest.raises(OutOfTime):
        Lines([{"name": "a.py", "text": "def f(X):\n    return X\n"}], clock).place("f", CODE)
