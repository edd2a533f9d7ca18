"""How long the grader waits for the most expensive files of an allowed size. `python tests/benchmarks/reading.py`."""

from __future__ import annotations

import tempfile
from pathlib import Path

from tests.autograder.test_costs_of_reading import CASES, cost, written

for case in CASES:
    with tempfile.TemporaryDirectory() as folder:
        problem, seconds, megabytes = cost(written(case, Path(folder)))
        print(f"{case:45} {seconds:6.2f} s {megabytes:5.0f} MB  {problem[:80]}", flush=True)
