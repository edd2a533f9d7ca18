"""How long a check takes in a notebook, beside `autograder check` in a terminal, in turn.

`python tests/benchmarks/notebook.py [--pairs N] [ID …]`: for each question the first check of a kernel, and then pairs.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from autograder.assignment.definition import find_question  # noqa: E402
from autograder.authoring.starter import notebook_of  # noqa: E402
from tests.notebook.kernels import Kernel  # noqa: E402


def seconds(what) -> float:
    began = time.perf_counter()
    what()
    return time.perf_counter() - began


def measure(id: str, pairs: int) -> None:
    assignment, id = find_question(id)
    solution = assignment.folder / "solution.py"
    cells = json.loads(notebook_of(solution.read_text("utf-8")))["cells"]
    code = ["".join(cell["source"]) for cell in cells if cell["cell_type"] == "code"]
    command = [sys.executable, "-m", "autograder", "check", str(assignment.folder), str(solution), "-q", id]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}

    def terminal() -> None:
        done = subprocess.run(command, capture_output=True, text=True, env=environment)
        assert done.returncode == 0, done.stderr

    with tempfile.TemporaryDirectory() as folder:
        for name in ("", f"{assignment.name}.ipynb"):
            kernel = Kernel(Path(folder), JPY_SESSION_NAME=name)
            try:
                kernel.run("from autograder.notebook import check")
                for cell in code:
                    if "show_" not in cell:
                        kernel.run(cell)

                def notebook(kernel: Kernel = kernel) -> None:
                    assert kernel.run(f'check("{id}")').card.startswith("✓")

                known = "known by the notebook's name" if name else "not known before"
                print(f"{id}: first check of a kernel {seconds(notebook):.1f} s; the assignment was {known}")
                if name:
                    found = [(seconds(notebook), seconds(terminal)) for _ in range(pairs)]
                    here, there = (statistics.median(each) for each in zip(*found, strict=True))
                    ratio = statistics.median(one / two for one, two in found)
                    print(f"{id}: then {here:.2f} s, `autograder check -q {id}` {there:.2f} s; ratio {ratio:.2f}")
            finally:
                kernel.close()


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*", default=["03.5", "04.4"])
    parser.add_argument("--pairs", type=int, default=7)
    options = parser.parse_args()
    for one in options.ids:
        measure(one, options.pairs)
