"""From a solution in percent format to the starter: what stands between the markers becomes a stub."""

from __future__ import annotations

from typing import Any

from autograder.assignment.stubs import functions_of
from autograder.authoring.regions import regions_of
from autograder.errors import Mistakes

# a kernel may be another Python than the one that students have installed this package for
_IMPORTS = """\
try:
    from autograder.notebook import check, hint
except ModuleNotFoundError:
    import sys

    told = f"autograder is not installed in {sys.executable}, the Python of this notebook. Choose another kernel,"
    raise ImportError(f"{told} or install it here (%pip install …, as your course says) and restart it.") from None"""


def starter_of(solution: str, name: str) -> str:
    """The starter's text.

    A region inside a function becomes `raise NotImplementedError("03.4: mse_loss")`; one at the left margin, helpers
    of the solution alone, is removed.

    Example:

    >>> print(starter_of('''def half(x):
    ...     # BEGIN SOLUTION 01.1
    ...     return x / 2
    ...     # END SOLUTION
    ... ''', "solution.py"), end="")
    def half(x):
        raise NotImplementedError("01.1: half")

    Raises:
        Mistakes: When markers are out of place.
    """
    regions, wrong = regions_of(solution, name)
    if wrong:
        raise Mistakes(wrong)
    begun = {region.begin: region for region in regions}
    hidden = {number for region in regions for number in range(region.begin, region.end + 1)}
    kept: list[str] = []
    for number, line in enumerate(solution.splitlines(), 1):
        region = begun.get(number)
        if region and region.indent:
            kept.append(f'{region.indent}raise NotImplementedError("{region.id}: {region.function}")')
        if number not in hidden:
            kept.append(line)
    return "\n".join(kept) + "\n"


def notebook_of(script: str) -> str:
    """A starter in percent format as a Jupyter notebook; the same script gives the same bytes.

    Below the last cell of each question stands one that checks it, such as `check("03.5")`, and above all code the
    cell that imports `check` and `hint`. The script has none of them: it is checked from a terminal.
    """
    import jupytext
    from nbformat import NotebookNode

    notebook: NotebookNode = jupytext.reads(script, fmt="py:percent")
    notebook.metadata = {
        "kernelspec": {"display_name": "Python 3", "language": "python", "name": "python3"},
        "language_info": {"name": "python"},
    }
    for number, cell in enumerate(notebook.cells, 1):
        # jupytext draws ids at random
        cell["id"] = f"cell-{number}"
    notebook.cells = _with_checks(notebook.cells)
    text = jupytext.writes(notebook, fmt="ipynb")
    return text if text.endswith("\n") else text + "\n"


def _with_checks(cells: list[Any]) -> list[Any]:
    """The cells and, among them, those that check; of a text without questions the cells alone."""
    last: dict[int, list[str]] = {}
    for id, place in {
        id: place
        for place, cell in enumerate(cells)
        for id in (functions_of(cell.source) if cell.cell_type == "code" else ())
    }.items():
        last.setdefault(place, []).append(id)
    first = next((place for place, cell in enumerate(cells) if cell.cell_type == "code"), 0)
    found = []
    for place, cell in enumerate(cells):
        if place == first and last:
            found.append(_code("checks", _IMPORTS))
        found.append(cell)
        found += [_code(f"check-{id.replace('.', '-')}", f'check("{id}")') for id in last.get(place, ())]
    return found


def _code(id: str, source: str) -> Any:
    from nbformat.v4 import new_code_cell

    return new_code_cell(source, id=id)
