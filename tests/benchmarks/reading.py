"""How long the grader waits for the most expensive files of an allowed size, and for the layout of a class.

`python tests/benchmarks/reading.py`
"""

from __future__ import annotations

import tempfile
import time
from pathlib import Path

from autograder.handin.submissions import find_submissions
from tests.autograder.test_costs_of_reading import CASES, cost, written
from tests.autograder.test_layouts import class_of_canvas

for case in CASES:
    with tempfile.TemporaryDirectory() as folder:
        problem, seconds, megabytes = cost(written(case, Path(folder)))
        print(f"{case:45} {seconds:6.2f} s {megabytes:5.0f} MB  {problem[:80]}", flush=True)

with tempfile.TemporaryDirectory() as folder:
    downloaded = class_of_canvas(Path(folder) / "class", 600)
    start = time.perf_counter()
    line = find_submissions(downloaded, "04_tape_net.py").line()
    print(f"{line}: {time.perf_counter() - start:.2f} s")
