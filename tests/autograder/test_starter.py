"""Starter and notebook, made from a solution."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from autograder.authoring.build import stale_files
from autograder.authoring.starter import notebook_of, starter_of
from autograder.errors import UsageError
from tests.course import ASSIGNMENTS

SOLUTION = '''# %% [markdown]
# # Title

# %%
import math

# BEGIN SOLUTION
SECRET = 3
# END SOLUTION

# %%
def half(x):
    """Halves."""
    # BEGIN SOLUTION 01.1
    y = x / 2
    return y
    # END SOLUTION
'''
# a second cell of 01.1, then a cell of two questions, then one of none
MORE = """
# %%
class Half:
    def of(self, x):
        # BEGIN SOLUTION 01.1
        return half(x)
        # END SOLUTION

# %%
def third(x):
    # BEGIN SOLUTION 01.2
    return x / 3
    # END SOLUTION

def fourth(x):
    # BEGIN SOLUTION 01.10
    return x / 4
    # END SOLUTION

# %%
print("done")
"""


def test_answers_become_stubs_and_helpers_go():
    starter = starter_of(SOLUTION, "solution.py")
    assert '    """Halves."""\n    raise NotImplementedError("01.1: half")\n' in starter
    assert "SECRET" not in starter and "y = x" not in starter and "SOLUTION" not in starter


def test_a_method_is_left_open_in_the_name_of_its_class():
    """A question asks for the class: with it untouched, the question is not begun."""
    stub = starter_of(SOLUTION + MORE, "solution.py")
    assert 'raise NotImplementedError("01.1: Half")' in stub and "01.1: of" not in stub


@pytest.mark.parametrize(
    "text, line",
    [
        ("# BEGIN SOLUTION\nx = 1\n", ":1: # BEGIN SOLUTION without # END"),
        ("x = 1\n# END SOLUTION\n", ":2: # END SOLUTION without its partner"),
        ("# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION\n", ":2:"),
        ("def f():\n    # BEGIN SOLUTION\n    pass\n    # END SOLUTION\n", ":2: expected an id"),
    ],
)
def test_markers_out_of_place(text, line):
    with pytest.raises(UsageError, match=line):
        starter_of(text, "solution.py")


def cells_of(script):
    return [(cell["id"], "".join(cell["source"])) for cell in json.loads(notebook_of(script))["cells"]]


def test_notebook_has_the_same_code_and_the_same_bytes_each_time():
    starter = starter_of(SOLUTION, "solution.py")
    text = notebook_of(starter)
    assert text == notebook_of(starter)
    notebook = json.loads(text)
    nbformat.validate(notebook)
    assert notebook["nbformat"] == 4
    kinds = [cell["cell_type"] for cell in notebook["cells"]]
    assert kinds == ["markdown", "code", "code", "code", "code"]
    code = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert "import math" in code and 'raise NotImplementedError("01.1: half")' in code


def test_a_check_stands_below_the_last_cell_of_each_question():
    cells = cells_of(starter_of(SOLUTION + MORE, "solution.py"))
    assert [id for id, _ in cells] == [
        "cell-1", "checks", "cell-2", "cell-3", "cell-4", "check-01-1", "cell-5", "check-01-2", "check-01-10", "cell-6"
    ]  # fmt: skip
    sources = dict(cells)
    assert "\n    from autograder.notebook import check, hint\n" in sources["checks"]
    assert sources["check-01-10"] == 'check("01.10")'


def test_a_script_and_a_text_without_questions_have_no_checks():
    assert "check" not in starter_of(SOLUTION, "solution.py")
    assert cells_of("# %%\nx = 1\n") == [("cell-1", "x = 1")]


@pytest.mark.parametrize("name", ASSIGNMENTS)
def test_committed_starters_are_up_to_date(name):
    folder = Path(__file__).parents[2] / "assignments" / name
    starter = starter_of((folder / "solution.py").read_text("utf-8"), "solution.py")
    files = {folder / "starter.py": starter, folder / "starter.ipynb": notebook_of(starter)}
    assert stale_files(files) == []
