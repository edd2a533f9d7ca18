"""Generating an assignment's files from its solution, and proving that the assignment holds together."""

from __future__ import annotations

import json
import tempfile
from dataclasses import asdict
from pathlib import Path

import numpy as np

from autograder.assignment.definition import Assignment
from autograder.authoring.starter import notebook_of, starter_of
from autograder.defaults import DEFAULT_SEED
from autograder.engine.grader import Grader
from autograder.engine.later import Later, later_of
from autograder.engine.recorded import recorded_text
from autograder.engine.reference import ReferenceStore
from autograder.engine.suite import Suite
from autograder.errors import UsageError
from autograder.explain.travelling import file, steps
from autograder.facts.result import Result
from autograder.handin.names import NOTEBOOK, SCRIPT
from autograder.handin.submissions import Submission
from autograder.isolation.host.choice import new_template
from autograder.isolation.host.users import student_user


def generated_files(assignment: Assignment) -> dict[Path, str]:
    """The text of every generated file of an assignment."""
    if not assignment.solution.is_file():
        raise UsageError(f"{assignment.folder} has no solution.py to build from")
    files = starters(assignment)
    return files | {assignment.expected: _recorded(assignment, files[assignment.starter()])}


def starters(assignment: Assignment) -> dict[Path, str]:
    """The text of the starter, as a script and as a notebook."""
    script = starter_of(assignment.solution.read_text("utf-8"), assignment.solution.name)
    return {assignment.starter(SCRIPT): script, assignment.starter(NOTEBOOK): notebook_of(script)}


def _recorded(assignment: Assignment, starter: str) -> str:
    """Runs all tests on solution and starter, then records the reference values that the public tests used."""
    template = new_template(assignment.framework)
    later: tuple[Later, ...] = ()
    try:
        versions = template.versions
        spawner = template.control()
        with tempfile.TemporaryDirectory() as folder:
            stub = Path(folder) / "starter.py"
            stub.write_text(starter, "utf-8")
            for hidden in (True, False):
                # computed anew, not read from the file that is about to be replaced
                store = ReferenceStore(assignment, spawner, DEFAULT_SEED, recorded=False)
                user = student_user()
                suite = Suite(assignment, hidden)
                later = later_of(suite.tests) if hidden else later
                grader = Grader(assignment, spawner, user=user, versions=versions, store=store, suite=suite)
                solved = grader.grade(Submission("solution", assignment.solution)).result
                untouched = grader.grade(Submission("starter", stub)).result
                grader.close()
                _demand(solved.is_perfect, f"the solution of {assignment.name} does not earn full marks", solved)
                _demand(untouched.score == 0, f"the starter of {assignment.name} earns points", untouched)
        return recorded_text(assignment, store.used, list(map(asdict, later)))
    finally:
        template.close()


def _demand(condition: bool, message: str, result: Result) -> None:
    if not condition:
        rows = "; ".join(f"{row.id} {row.points:g}/{row.max_points:g} {row.message}" for row in result.questions)
        raise UsageError(f"{message}: {result.message} {rows}")


def stale_travelling(assignment: Assignment) -> list[Path]:
    """Of the files that travel with a student's copy, those that belong to other tests, values or another solution."""
    kinds = {assignment.travelling_steps: steps, assignment.travelling_bank: file}
    return [path for path, kind in kinds.items() if not kind.is_up_to_date(assignment)]


def stale_files(files: dict[Path, str]) -> list[Path]:
    """Those whose text on disk is another; recorded numbers may differ in the last bits, as processors do."""
    return [path for path, text in files.items() if not (path.is_file() and _same(path.read_text("utf-8"), text))]


def _same(old: str, new: str) -> bool:
    if old == new:
        return True
    try:
        return _close(json.loads(old), json.loads(new))
    except ValueError:
        return False


def _close(old: object, new: object) -> bool:
    if isinstance(old, dict) and isinstance(new, dict):
        # a key is a hash of arguments, some of which are reference values: it moves with their last bits
        keys = old.keys() - {"key"}
        return keys == new.keys() - {"key"} and all(_close(old[key], new[key]) for key in keys)
    if isinstance(old, list) and isinstance(new, list):
        return len(old) == len(new) and all(_close(a, b) for a, b in zip(old, new, strict=True))
    if isinstance(old, float) and isinstance(new, float):
        return bool(np.isclose(old, new, rtol=1e-6, atol=1e-12))
    return type(old) is type(new) and old == new
