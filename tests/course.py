"""The assignments that the tests go through: every folder of the course that has a solution."""

from pathlib import Path

ASSIGNMENTS = tuple(sorted(path.parent.name for path in Path(__file__).parents[1].glob("assignments/*/solution.py")))
