"""Grades the solutions of the whole course in one run, and says what each took.

    python assignments/solutions.py              # `make course`: prints the table
    python assignments/solutions.py --write      # and puts it into the README of the repository
    python assignments/solutions.py --workers 4

Exit status 1 if a solution does not earn all its points.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import platform
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from course import HERE, assignments, replaced

from autograder.assignment.definition import Assignment
from autograder.defaults import DEFAULT_SEED
from autograder.engine.classes import Plan
from autograder.engine.workers import TaskBounds, work_through
from autograder.facts.result import Result
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import Template, new_template

PAGE = HERE.parent / "README.md"
FRAMEWORKS = ("numpy", "tensorflow")


@dataclass(frozen=True)
class Course:
    """What the workers do: each task is an assignment, and its solution the submission."""

    framework: str

    @property
    def bounds(self) -> TaskBounds:
        """The solution is trusted: none."""
        return TaskBounds()

    def begin(self, spawner: Any, versions: dict[str, str], number: int) -> Worker:
        """In a worker process."""
        return Worker(spawner, versions, number)


@dataclass
class Worker:
    """Grades one solution after the other."""

    spawner: Any
    versions: dict[str, str]
    number: int

    def do(self, assignment: Assignment) -> tuple[Result, float]:
        """The result, and the seconds that it took: the reference's values and the tests' collection included."""
        start = time.monotonic()
        plan = Plan(assignment, DEFAULT_SEED, "cpu")
        with contextlib.closing(plan.begin(self.spawner, self.versions, self.number)) as grading:
            result = grading.do(Submission("solution", assignment.solution)).result
        return result, time.monotonic() - start

    def close(self) -> None:
        """Nothing is kept."""


def graded(folder: Path, workers: int) -> Iterator[tuple[str, Result | None, float, str]]:
    """Each assignment's name with the result of its solution, the seconds, and why there is no result."""
    found = [Assignment.load(path.parent) for path in sorted(folder.glob("*/assignment.toml"))]
    for framework in FRAMEWORKS:
        # the last ones take longest, and so begin first
        tasks = [one for one in reversed(found) if one.framework == framework]
        template: Template = new_template(framework, warm=True)
        try:
            for assignment, done, reason in work_through(Course(framework), tasks, template, workers):
                result, seconds = done or (None, 0.0)
                yield assignment.name, result, seconds, reason
        finally:
            template.close()


def row(entry: Any, result: Result | None, seconds: float) -> str:
    """An assignment's line of the table."""
    points = f"{result.score:g} of {result.max_score:g}" if result else "none"
    return f"| [{entry.name}](assignments/{entry.name}/README.md) | {len(entry.points)} | {points} | {seconds:.1f} |"


def main(arguments: list[str]) -> int:
    """Grades, prints, and says whether all is right."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1, help="how many are graded at a time")
    parser.add_argument("--write", action="store_true", help="put the table into README.md")
    options = parser.parse_args(arguments)
    start, results, complaints = time.monotonic(), {}, []
    for name, result, seconds, reason in graded(HERE, options.workers):
        results[name] = result, seconds
        print(f"{name}: {seconds:.1f} s", file=sys.stderr)
        if result is None:
            complaints.append(f"{name}: {reason}")
        elif result.score < result.max_score:
            complaints += [f"{name}: {one.id}: {one.message}" for one in result.questions if one.message]
            complaints += [f"{name}: {result.message}"] if result.message else []
    seconds = time.monotonic() - start
    entries = assignments()
    score, most = (sum(getattr(one, what) for one, _ in results.values() if one) for what in ("score", "max_score"))
    count = sum(len(entry.points) for entry in entries)
    lines = ["| assignment | questions | points of the solution | seconds |", "|---|---|---|---|"]
    lines += [row(entry, *results.get(entry.name, (None, 0.0))) for entry in entries]
    all_of_them = f"all, by {options.workers} workers, from a cold start"
    lines.append(f"| {all_of_them} | {count} | {score:g} of {most:g} | {seconds:.1f} |")
    table = "\n".join(lines)
    print(table)
    if options.write:
        machine = f"{os.cpu_count()} cores, Python {platform.python_version()}, {time.strftime('%Y-%m-%d')}"
        text = replaced(PAGE.read_text("utf-8"), "course", f"{table}\n\n{machine}.", "assignments/solutions.py --write")
        PAGE.write_text(text, "utf-8")
    for line in complaints:
        print(line, file=sys.stderr)
    return int(bool(complaints) or len(results) < len(entries))


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))
