"""gradescope-utils: unittest with `@weight`, run once a submission as `run_tests.py` of Gradescope's template does."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from tests.benchmarks.peers.environment import run
from tests.benchmarks.peers.peer import CHECKS, Graded, Peer, points

_TESTS = """import unittest

from gradescope_utils.autograder_utils.decorators import number, weight

import checks
import submission


class TestNet(unittest.TestCase):
"""
_TEST = """    @weight({points})
    @number("{question}")
    def {name}(self):
        checks.run("{name}", vars(submission))

"""
_RUN = """import unittest

from gradescope_utils.autograder_utils.json_test_runner import JSONTestRunner

if __name__ == "__main__":
    suite = unittest.defaultTestLoader.discover("tests")
    with open("results.json", "w") as file:
        JSONTestRunner(visibility="visible", stream=file).run(suite)
"""


class GradescopeUtils(Peer):
    """gradescope-utils."""

    name = "gradescope-utils"
    package = "gradescope-utils"
    packages = ("gradescope-utils",)
    lacks = (
        "The submission runs in the process that holds the tests, and can change both. Gradescope starts a container "
        "for each submission, which keeps it from others and is not counted here; it names no cause beside the "
        "message of an assertion."
    )

    def prepare(self, folder: Path) -> None:
        """Writes the tests, and the program that runs them."""
        self._folder = folder
        (folder / "tests").mkdir()
        cases = [_TEST.format(name=name, question=one[0], points=one[1]) for name, one in points().items()]
        (folder / "tests" / "test_net.py").write_text(_TESTS + "".join(cases), "utf-8")
        (folder / "run_tests.py").write_text(_RUN, "utf-8")
        shutil.copyfile(CHECKS, folder / "checks.py")

    def grade(self, submissions: list[Path]) -> Graded:
        """`python run_tests.py` for each."""
        graded = Graded()
        results = self._folder / "results.json"
        for path in submissions:
            shutil.copyfile(path, self._folder / "submission.py")
            results.unlink(missing_ok=True)
            ran = run([str(self.environment.python), "run_tests.py"], cwd=self._folder)
            graded.add(path, ran, float(json.loads(results.read_text("utf-8"))["score"]))
        return graded
