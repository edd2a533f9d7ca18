"""In a notebook: `check("03.5")` and `hint("03.5")`, or `%check 03.5` and `%hint 03.5`.

A check judges the functions as they stand in memory: nothing need be saved. It shows what `autograder check` says.
"""

from __future__ import annotations

from autograder.notebook.asking import check, hint, load_ipython_extension

__all__ = ["check", "hint", "load_ipython_extension"]

load_ipython_extension()
