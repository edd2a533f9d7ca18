"""Loading a submission: every definition that can be had, whatever else fails."""

from __future__ import annotations

import inspect

from autograder.isolation.inside.loading import load


def loaded(*texts, definitions_only=False):
    parts = [{"name": f"x, cell {number}", "text": text} for number, text in enumerate(texts, 1)]
    return load(parts, definitions_only)


def problem(kind, line, error, text):
    return {"kind": kind, "part": "x, cell 1", "line": line, "error": error, "text": text}


def test_functions_after_a_failing_line_are_defined():
    found = loaded("def one():\n    return 1\nboom\ndef two():\n    return 2\n")
    assert found.module.one() == 1 and found.module.two() == 2
    assert found.problems == [problem("statement", 3, "NameError", "name 'boom' is not defined")]


def test_exit_at_import_is_a_problem_not_an_end():
    found = loaded("import sys\nsys.exit(0)\ndef f():\n    return 1\n")
    assert found.module.f() == 1 and found.problems == [problem("statement", 2, "SystemExit", "0")]


def test_syntax_error_takes_its_cell_alone():
    found = loaded("def f(:\n", "def g():\n    return 1\n")
    assert found.module.g() == 1
    assert found.problems == [problem("syntax", 1, "SyntaxError", "invalid syntax")]


def test_definitions_only_skips_what_draws_and_trains():
    text = """
import math
RATE = 0.5
UNUSED = [1][3]
BASE = RATE * 2
def f(x):
    return helper(x) * BASE
def helper(x):
    return math.floor(x)
for _ in range(10**12):
    pass
print(f(3))
try:
    import no_such_module as extra
except ImportError:
    extra = None
if True:
    def inside():
        return extra
if __name__ == "__main__":
    raise SystemExit
"""
    found = loaded(text, definitions_only=True)
    assert found.problems == []
    assert found.module.f(3.5) == 3.0 and found.module.inside() is None
    # UNUSED, the loop and the print
    assert found.skipped == 4 and not hasattr(found.module, "UNUSED")


def test_main_guard_does_not_run():
    found = loaded('ran = False\nif __name__ == "__main__":\n    ran = True\n')
    assert found.module.ran is False


def test_future_annotations_hold_for_later_statements():
    found = loaded("from __future__ import annotations\ndef f(x: NotThere) -> Neither:\n    return x\n")
    assert found.problems == [] and found.module.f(1) == 1


def test_source_can_be_inspected():
    # AutoGraph needs it, of notebook cells too
    found = loaded("x = 1\n", "def f():\n    return 1\n")
    assert inspect.getsource(found.module.f) == "def f():\n    return 1\n"


def test_hostile_exception_text_is_bounded():
    found = loaded("class E(Exception):\n    def __str__(self):\n        return 'y' * 10**7\nraise E\n")
    assert len(found.problems[0]["text"]) < 700
    found = loaded("class E(Exception):\n    def __str__(self):\n        raise E\nraise E\n")
    assert found.problems == [problem("statement", 4, "E", "")]
