"""nbgrader: a source notebook with a cell a check, released once, and `nbgrader autograde` over all submissions."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import Any

from tests.benchmarks.peers.environment import run
from tests.benchmarks.peers.peer import CHECKS, Graded, Peer, points

_ASSIGNMENT = "net"
_CONFIGURATION = """c = get_config()
c.CourseDirectory.course_id = "course"
c.ExecutePreprocessor.timeout = 300
"""
_SCORES = """import json
from nbgrader.api import Gradebook

with Gradebook("sqlite:///gradebook.db") as book:
    print(json.dumps({one.student.id: one.score for one in book.assignment_submissions("net")}))
"""


class Nbgrader(Peer):
    """nbgrader."""

    name = "nbgrader, `nbgrader autograde`"
    package = "nbgrader"
    packages = ("nbgrader",)
    lacks = (
        "The submission runs in a kernel that holds the tests as well, as the user who grades, and can change both, "
        "and read others' work; it names no cause beside the traceback. It keeps a gradebook, and has pages for "
        "grading by hand, which ours has not."
    )

    def prepare(self, folder: Path) -> None:
        """Makes a course with the assignment, released."""
        self._folder = folder
        self._program = str(self.environment.program("nbgrader"))
        (folder / "nbgrader_config.py").write_text(_CONFIGURATION, "utf-8")
        source = folder / "source" / _ASSIGNMENT
        source.mkdir(parents=True)
        shutil.copyfile(CHECKS, source / "checks.py")
        (source / "net.ipynb").write_text(json.dumps(_notebook("### BEGIN SOLUTION\n### END SOLUTION")), "utf-8")
        run([self._program, "generate_assignment", _ASSIGNMENT], folder, folder)

    def grade(self, submissions: list[Path]) -> Graded:
        """`nbgrader autograde` for all of them at once; what the command takes to find nothing to do is left out."""
        submitted = self._folder / "submitted"
        for folder in (submitted, self._folder / "autograded"):
            shutil.rmtree(folder, ignore_errors=True)
        for path in submissions:
            target = submitted / path.stem / _ASSIGNMENT
            target.mkdir(parents=True)
            (target / "net.ipynb").write_text(json.dumps(_notebook(path.read_text("utf-8"))), "utf-8")
        command = [self._program, "autograde", _ASSIGNMENT]
        done = run(command, self._folder, self._folder)
        start = run(command, self._folder, self._folder)
        scores = run([str(self.environment.python), "-c", _SCORES], self._folder, self._folder).printed
        each = (done.seconds - start.seconds) / len(submissions)
        processor = (done.processor - start.processor) / len(submissions)
        names = {path.stem for path in submissions}
        graded = {name: score for name, score in json.loads(scores).items() if name in names}
        return Graded([each] * len(submissions), [processor] * len(submissions), graded)


def _notebook(answer: str) -> dict[str, Any]:
    """The notebook with an answer in its cell, and a cell for each check."""
    cells = [_cell("answer", answer, solution=True)]
    cells += [
        _cell(name, f'import checks\nchecks.run("{name}", globals())', points=one[1]) for name, one in points().items()
    ]
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    return {"nbformat": 4, "nbformat_minor": 5, "metadata": {"kernelspec": kernel}, "cells": cells}


def _cell(grade_id: str, source: str, solution: bool = False, points: float | None = None) -> dict[str, Any]:
    about: dict[str, Any] = {"schema_version": 3, "grade_id": grade_id, "solution": solution, "task": False}
    about |= {"grade": points is not None, "locked": points is not None}
    if points is not None:
        about["points"] = points
    metadata = {"nbgrader": about}
    base = {"cell_type": "code", "execution_count": None, "outputs": [], "source": source}
    return {**base, "id": grade_id.replace("_", "-"), "metadata": metadata}
