"""Copies of an assignment as students have them, and the program run on them."""

from __future__ import annotations

import io
import json
import os
import shutil
import subprocess
import sys
import zipfile
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment.definition import Assignment, find_assignment
from autograder.authoring.kit import files_of_kit, packed

ROOT = Path(__file__).parents[2]
# two wrong answers to 03.5: each a text of the solution, and what stands in its place
WITHOUT_MEAN = ('D2 = 2 * (cache["Y_hat"] - Y) / len(Y)', 'D2 = 2 * (cache["Y_hat"] - Y)')
OTHER_DERIVATIVE = ('params["W2"].T * H * (1 - H)', 'params["W2"].T * cache["Z1"] * (1 - cache["Z1"])')


@dataclass
class Kit:
    """A copy in a folder of its own, with an empty cache.

    Attributes:
        assignment: The copy.
        folder: Where submissions are written to.
    """

    assignment: Assignment
    folder: Path

    @classmethod
    def of(cls, name: str, folder: Path, solution: bool = False) -> Kit:
        """What students get of an assignment, unpacked; or a copy of all of it, where the solution is asked for."""
        source = find_assignment(name)
        copy = folder / "kit" / source.name
        if solution:
            for one in (source.folder, source.folder.parent / "common"):
                shutil.copytree(one, copy.parent / one.name, ignore=shutil.ignore_patterns("__pycache__"))
            return cls(Assignment.load(copy), folder)
        with zipfile.ZipFile(io.BytesIO(packed(files_of_kit(source)))) as archive:
            archive.extractall(copy.parent)
        return cls(Assignment.load(copy / "assignments" / source.name), folder)

    @property
    def bank(self) -> Path:
        """The bank that travels."""
        return self.assignment.travelling_bank

    @property
    def cache(self) -> Path:
        """Where something that is learned would be kept."""
        return self.folder / "cache"

    def submission(self, *changes: tuple[str, str]) -> Path:
        """The solution with some texts changed where they first stand."""
        text = find_assignment(self.assignment.name).solution.read_text("utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after, 1)
        path = self.folder / "mine.py"
        path.write_text(text, "utf-8")
        return path

    def run(self, *arguments: object) -> tuple[int, str]:
        """Runs the program; gives its exit status and what it wrote."""
        environment = os.environ | {"AUTOGRADER_CACHE": str(self.cache), "PYTHONPATH": str(ROOT), "COLUMNS": "300"}
        command = [sys.executable, "-m", "autograder", *map(str, arguments)]
        done = subprocess.run(command, capture_output=True, text=True, cwd=self.folder, env=environment, timeout=120)
        assert "Traceback" not in done.stdout + done.stderr, done.stderr
        return done.returncode, done.stdout + done.stderr

    def check(self, submission: Path, *options: str) -> dict[str, object]:
        """The result of `autograder check`."""
        status, out = self.run("check", self.assignment.folder, submission, "--json", *options)
        assert status in (0, 1), out
        return json.loads(out)
