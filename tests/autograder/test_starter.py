"""Starter and notebook, made from a solution."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from autograder.authoring.build import stale_files
from autograder.authoring.starter import notebook_of, starter_of
from autograder.errors import UsageError

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


def test_answers_become_stubs_and_helpers_go():
    starter = starter_of(SOLUTION, "solution.py")
    assert '    """Halves."""\n    raise NotImplementedError("01.1: half")\n' in starter
    assert "SECRET" not in starter and "y = x" not in starter and "SOLUTION" not in starter


@pytest.mark.parametrize(
    "text, line",
    [
        ("# BEGIN SOLUTION\nx = 1\n", "line 1: # BEGIN SOLUTION without # END"),
        ("x = 1\n# END SOLUTION\n", "line 2: # END SOLUTION without its partner"),
        ("# BEGIN SOLUTION\n# BEGIN SOLUTION\n# END SOLUTION\n", "line 2"),
        ("def f():\n    # BEGIN SOLUTION\n    pass\n    # END SOLUTION\n", "line 2: expected an id"),
    ],
)
def test_markers_out_of_place(text, line):
    with pytest.raises(UsageError, match=line):
        starter_of(text, "solution.py")


def test_notebook_has_the_same_code_and_the_same_bytes_each_time():
    starter = starter_of(SOLUTION, "solution.py")
    text = notebook_of(starter)
    assert text == notebook_of(starter)
    notebook = json.loads(text)
    assert notebook["nbformat"] == 4
    kinds = [cell["cell_type"] for cell in notebook["cells"]]
    assert kinds == ["markdown", "code", "code"]
    code = "".join("".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code")
    assert "import math" in code and 'raise NotImplementedError("01.1: half")' in code


@pytest.mark.parametrize("name", ["03_numpy_net", "04_tape_net"])
def test_committed_starters_are_up_to_date(name):
    folder = Path(__file__).parents[2] / "assignments" / name
    starter = starter_of((folder / "solution.py").read_text("utf-8"), "solution.py")
    files = {folder / "starter.py": starter, folder / "starter.ipynb": notebook_of(starter)}
    assert stale_files(files) == []
