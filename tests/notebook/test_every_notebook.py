"""Every notebook of the course runs from top to bottom: the starter before anything is written, and the solution."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from autograder.authoring.starter import notebook_of
from tests.course import ASSIGNMENTS
from tests.notebook.kernels import ROOT, Kernel, Ran
from tests.slices import part_of


def code_of(cells: list[dict]) -> list[str]:
    return ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]


def starter_of(name: str) -> list[dict]:
    return json.loads((ROOT / "assignments" / name / "starter.ipynb").read_text("utf-8"))["cells"]


def solved(name: str) -> list[str]:
    """The starter's notebook, as somebody has filled it in who has it all right."""
    text = (ROOT / "assignments" / name / "solution.py").read_text("utf-8")
    written = iter(json.loads(notebook_of(text))["cells"])
    return code_of([cell if cell["id"].startswith("check") else next(written) for cell in starter_of(name)])


SHOWS = re.compile(r"^(?:if __name__ .*\n\s+)?show_\w+\(.*\)$", re.MULTILINE)


def run_all(cells: list[str], folder: Path, name: str) -> Iterator[tuple[str, Ran]]:
    """Runs a notebook, as Jupyter does with one of that name."""
    kernel = Kernel(folder, JPY_SESSION_NAME=str(folder / f"{name}.ipynb"))
    try:
        for cell in cells:
            ran = kernel.run(cell, timeout=300)
            assert ran.status == "ok", f"{cell}\n{ran.errors}"
            yield cell, ran
    finally:
        kernel.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", part_of(ASSIGNMENTS, few=4))
def test_the_starter_runs_to_its_end_before_anything_is_written(name, tmp_path):
    checks = pictures = 0
    for cell, ran in run_all(code_of(starter_of(name)), tmp_path, name):
        if found := re.match(r'check\("(.*)"\)', cell):
            checks += 1
            assert ran.card.startswith(f"Not begun: {found[1]}.\n0 of "), ran.card
        elif SHOWS.search(cell):
            pictures += 1
            assert re.fullmatch(r"After \d\d\.\d+ \(\w.*\) this cell draws your picture\.\n", ran.printed), cell
    assert checks and pictures


@pytest.mark.slow
@pytest.mark.parametrize("name", part_of(ASSIGNMENTS, few=1))
def test_the_solution_is_right_and_draws_its_pictures(name, tmp_path):
    cells = solved(name)
    drawing = set(re.findall(r"def (show_\w+)(?:(?!\ndef ).)*?(?:plt|axes|plot_)", "\n".join(cells), re.DOTALL))
    drawn = set()
    for cell, ran in run_all(cells, tmp_path, name):
        if cell.startswith("check("):
            signs = re.findall(r"^([✓✗!–]|Not begun)", ran.card, re.MULTILINE)
            assert signs and set(signs) == {"✓"}, ran.card
        elif SHOWS.search(cell):
            assert "your picture" not in ran.printed and ran.printed.strip(), ran.printed
            drawn |= {show for show in drawing if show in cell and any("<Figure" in text for text in ran.shown)}
    assert drawn == drawing != set()
