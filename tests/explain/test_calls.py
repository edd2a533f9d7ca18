"""What a submission's functions use: told by the names in their code, and by nothing that is no code."""

from __future__ import annotations

import pytest

from autograder.explain.diagnosis.calls import Calls
from autograder.explain.diagnosis.clock import Clock, OutOfTime


def reached(text, name="f"):
    return Calls([{"name": "a.py", "text": text}]).reached(name)


@pytest.mark.parametrize(
    "text, found",
    [
        ("def g(X):\n    return X\n\ndef f(X):\n    return g(X)\n", {"f", "g"}),
        ("def h(X): return X\ndef g(X): return h(X)\ndef f(X): return g(X)\n", {"f", "g", "h"}),
        ("def f(X):\r    return g(X)\rdef g(X):\r    return f(X)\r", {"f", "g"}),
        (
            "class g:\n    def run(self):\n        return h()\ndef h(): pass\ndef f(X):\n    return g().run()\n",
            {"f", "g", "h"},
        ),
        ('def g(X): return X\ndef f(X):\n    """Calls g."""\n    # g(X)\n    return X\n', {"f"}),
        ("def g(X): return X\ndef f(X): return g(X)\ndef f(X): return X\n", {"f"}),
        (
            "%matplotlib inline\n!pip install x\ndef g(X): return X\ndef f(X):\n    !ls 'a\n    return g(X)\n",
            {"f", "g"},
        ),
        # names of its own are nobody's function
        ("def g(X): return X\ndef f(g, h=1):\n    return g + h\n", {"f"}),
        ("def g(X): return X\ndef f(\n    X: int = (1, 2)[0],\n    *g,\n):\n    return g\n", {"f"}),
        ("def g(X): return X\ndef f(X):\n    g = X - 1\n    return g\n", {"f"}),
        ("def g(X): return X\ndef f(X):\n    a, g = X\n    g += 1\n    return g\n", {"f"}),
        ("def g(X): return X\ndef f(X):\n    return sum(g for _, g in X)\n", {"f"}),
        ("def g(X): return X\ndef f(X):\n    g = g(X)\n    return g\n", {"f", "g"}),
        ("def g(X): return X\ndef f(X):\n    return list(map(g, X))\n", {"f", "g"}),
        ("def g(X): return X\ndef f(X):\n    X[g] = 1\n    return X == g\n", {"f", "g"}),
        ("\f\ndef g(X): return X\n\ndef f(X): return g(X)\n", {"f", "g"}),
        ("def f(X):\n    return (\n        g(\n", {"f"}),
        ("\0" * 10, {"f"}),
        ("(" * 5000, {"f"}),
        ("def g(X): return X\ndef f(X): return g(X)\n" + "x = 1\n" * 100_000, {"f"}),
    ],
)
def test_functions_that_a_function_uses(text, found):
    assert reached(text) == found


def test_time_that_is_used_up_ends_the_reading():
    clock = Clock(0.0)
    with pytest.raises(OutOfTime):
        Calls([{"name": "a.py", "text": "def f(X):\n    return X\n"}], clock).reached("f")
