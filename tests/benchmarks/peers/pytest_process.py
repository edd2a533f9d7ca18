"""One pytest process a submission, in which it is imported, and TensorFlow with it."""

from __future__ import annotations

import shutil
import xml.etree.ElementTree as ElementTree
from pathlib import Path

from tests.benchmarks.peers.environment import run
from tests.benchmarks.peers.peer import CHECKS, Graded, Peer, points

_TESTS = """
import checks
import pytest
import submission


@pytest.mark.parametrize("name", checks.CHECKS)
def test(name):
    checks.run(name, vars(submission))
"""


class PytestProcess(Peer):
    """One pytest process a submission."""

    name = "one pytest process a submission"
    package = "pytest"
    packages = ("pytest",)
    lacks = (
        "The submission runs in the process that holds the tests, and can change both; there is no limit of time "
        "or memory, no record of a class and no cause beside the message of an assertion."
    )

    def prepare(self, folder: Path) -> None:
        """Writes the tests."""
        self._folder = folder
        shutil.copyfile(CHECKS, folder / "checks.py")
        (folder / "test_submission.py").write_text(_TESTS, "utf-8")

    def grade(self, submissions: list[Path]) -> Graded:
        """`python -m pytest` for each."""
        graded = Graded()
        report = self._folder / "report.xml"
        command = [str(self.environment.python), "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}"]
        for path in submissions:
            shutil.copyfile(path, self._folder / "submission.py")
            report.unlink(missing_ok=True)
            ran = run([*command, "test_submission.py"], cwd=self._folder, check=False)
            graded.add(path, ran, _score(report))
        return graded


def _score(report: Path) -> float:
    worth = points()
    total = 0.0
    for case in ElementTree.parse(report).iter("testcase"):
        name = case.get("name", "").partition("[")[2].rstrip("]")
        if not len(case) and name in worth:
            total += worth[name][1]
    return total
